package dev.weft.job.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param out what was asked for; UTF-8, whatever the system's locale
 * @param err what went wrong, and what is being done meanwhile
 * @param live whether a person sees the output on a terminal that can be repainted
 * @param environment the variables a config may refer to
 * @param home the folder Weft itself is in: examples and the job jar are below it
 */
record Shell(
        InputStream in, PrintWriter out, PrintWriter err, boolean live, Map<String, String> environment, Path home) {

    /** The name of the system property that says where Weft is; the launcher sets it. */
    static final String HOME = "weft.home";

    /** The name of the system property that says how Weft was called, so that a hint can be typed as it is printed. */
    private static final String COMMAND = "weft.command";

    /** Returns the shell this process was started from. */
    static Shell ofThisProcess() {
        Map<String, String> environment = System.getenv();
        boolean live = System.console() != null && !"dumb".equals(environment.get("TERM"));
        Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize();
        return new Shell(System.in, writer(FileDescriptor.out), writer(FileDescriptor.err), live, environment, home);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    /** Returns what a person types to call Weft again: {@code ./weft} from a clone. */
    static String command() {
        return System.getProperty(COMMAND, "weft");
    }

    /** Prints one line of the answer. */
    void say(String line) {
        out.println(line);
    }

    /** Prints one line beside the answer. */
    void note(String line) {
        err.println(line);
    }
}
