package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Output kept in a file. After an intended change, {@code -Dweft.golden=write} writes the files anew; what changed is
 * then to be read in the diff.
 */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/dev/weft/job/cli/golden");

    private Golden() {}

    static void matches(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        String text = actual.replace(System.lineSeparator(), "\n");
        if ("write".equals(System.getProperty("weft.golden"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
