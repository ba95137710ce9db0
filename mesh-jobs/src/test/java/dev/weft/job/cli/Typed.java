package dev.weft.job.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What a command line did: its exit code and what it printed. */
public record Typed(int exitCode, String out, String err) {

    /** Runs a command with nothing around it. */
    public static Typed weft(String... args) {
        return in(Path.of("nowhere"), "", args);
    }

    /** Runs a command with that home folder and standard input. */
    static Typed in(Path home, String input, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false,
                Map.of(),
                home);
        int exitCode = Weft.run(shell, args);
        return new Typed(exitCode, out.toString(), err.toString());
    }

    /** Returns a shell with nothing around it. */
    static Shell shell() {
        PrintWriter nobody = new PrintWriter(new StringWriter());
        return new Shell(new ByteArrayInputStream(new byte[0]), nobody, nobody, false, Map.of(), Path.of("nowhere"));
    }

    /** Returns the path of a file next to this class, from the module's folder: messages begin with it. */
    static String file(String name) {
        URL url = Objects.requireNonNull(Typed.class.getResource(name), name);
        try {
            return Path.of("").toAbsolutePath().relativize(Path.of(url.toURI())).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything a person saw, as a golden file keeps it. */
    String seen() {
        return "exit code " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
    }
}
