package dev.weft.workflow.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios by which workflows are judged, in whatever way they run. */
public final class Suite {

    private static final Path FOLDER = Path.of("src/test/resources/scenarios");

    /** What scenarios refer to. */
    private static final Path DOCUMENTS = FOLDER.resolve("documents");

    private Suite() {}

    /** Returns all files of scenarios, in the order of their names. */
    public static List<ScenarioFile> files() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(DOCUMENTS))
                    .sorted()
                    .map(Suite::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScenarioFile read(Path file) {
        try {
            String shown = FOLDER.relativize(file).toString();
            return ScenarioFiles.read(file, shown, Files.readString(file)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
