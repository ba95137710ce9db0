package dev.weft.job.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder to start from: where it is made, and what it is made of. */
final class NewFolder {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** The longest name that a job may have. */
    private static final int LONGEST = 63;

    private NewFolder() {}

    /** Whether a job may be called so. */
    static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /**
     * Refuses what is no name.
     *
     * @param which of what the command takes
     * @param example of a name
     */
    static void refuseUnlessName(String command, String which, String text, String example) throws CommandFailure {
        if (!isName(text)) {
            throw CommandFailure.input(("%s: %s: found \"%s\", expected lower-case letters and digits"
                            + " with single hyphens between them, up to 63, such as %s")
                    .formatted(command, which, text, example));
        }
    }

    /** Returns a template with its places filled: <code>{{name}}</code> by the value of {@code name}. */
    static String filled(String template, Map<String, String> values) {
        try (InputStream in = NewFolder.class.getResourceAsStream(template)) {
            if (in == null) {
                throw new IllegalStateException("no template " + template);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("{{" + value.getKey() + "}}", value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the files into a folder that is new or empty.
     *
     * @param files the text of each, by its path with slashes
     */
    static void write(String command, Path target, Map<String, String> files) throws CommandFailure {
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw CommandFailure.input(command + ": found something at " + target
                        + " already, expected a folder that is new or empty. Choose another by --dir");
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = target.resolve(file.getKey());
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw CommandFailure.input(command + ": " + target + " cannot be written: "
                    + e.getClass().getSimpleName());
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }
}
