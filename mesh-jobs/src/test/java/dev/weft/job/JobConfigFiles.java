package dev.weft.job;

import dev.weft.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder {@code job-configs}, whose files tests read as a user would. */
final class JobConfigFiles {

    static final Path FOLDER = Path.of("..", "job-configs");

    private JobConfigFiles() {}

    /** Returns the names of the YAML files of one sub-folder, relative to {@code job-configs}, sorted. */
    static Stream<String> in(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            List<String> names = files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
            return names.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }

    /** Returns what {@code weft validate} says of a file with these problems. */
    static String report(List<Problem> problems) {
        return problems.stream().map(problem -> problem.message() + "\n").collect(Collectors.joining())
                + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + ". Nothing was started.\n";
    }
}
