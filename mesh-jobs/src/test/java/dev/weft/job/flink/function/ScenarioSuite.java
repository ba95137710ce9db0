package dev.weft.job.flink.function;

import dev.weft.workflow.scenario.ScenarioFile;
import dev.weft.workflow.scenario.ScenarioFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The scenarios by which workflows are judged, which are those of the module {@code workflows}. */
final class ScenarioSuite {

    private static final Path FOLDER = Path.of("..", "workflows/src/test/resources/scenarios");

    /** What scenarios refer to. */
    private static final Path DOCUMENTS = FOLDER.resolve("documents");

    private ScenarioSuite() {}

    /** Returns all files, read as they are after an edit of their text. */
    static List<ScenarioFile> all(UnaryOperator<String> edit) {
        return names().stream().map(name -> file(name, edit)).toList();
    }

    /** Returns one of the files. */
    static ScenarioFile file(String name, UnaryOperator<String> edit) {
        try {
            Path file = FOLDER.resolve(name);
            return ScenarioFiles.read(file, name, edit.apply(Files.readString(file)))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(DOCUMENTS))
                    .map(file -> FOLDER.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
