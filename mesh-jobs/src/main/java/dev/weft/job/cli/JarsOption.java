package dev.weft.job.cli;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.job.FunctionJars;
import dev.weft.job.FunctionProvider;
import dev.weft.job.JarFunctions;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.RulesText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which jars hold the functions of a job. */
final class JarsOption {

    @Option(
            names = "--jar",
            arity = "1..*",
            paramLabel = "JAR",
            description = "jars with functions that the file names; several may follow")
    private List<Path> jars = new ArrayList<>();

    private @Nullable List<Path> there;

    /** Returns the jars, which are there. They are looked for once. */
    List<Path> paths() throws CommandFailure {
        if (there == null) {
            there = found();
        }
        return there;
    }

    private List<Path> found() throws CommandFailure {
        Map<String, Path> byName = new HashMap<>();
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw CommandFailure.input("--jar: found no file " + jar + ", expected a jar with functions");
            }
            Path other = byName.put(jar.getFileName().toString(), jar);
            if (other != null) {
                throw CommandFailure.input(
                        "--jar: found %s and %s, expected a name of its own for each".formatted(other, jar));
            }
            if (!jar.getFileName().toString().matches("[^,]+[.]jar")) {
                throw CommandFailure.input(
                        "--jar: found " + jar + ", expected a name that ends in .jar, without commas");
            }
        }
        return List.copyOf(jars);
    }

    /** Returns the jars as a job on this machine has them. */
    FunctionJars onThisMachine() throws CommandFailure {
        return new FunctionJars.Files(
                paths().stream().map(path -> path.toAbsolutePath().toString()).toList());
    }

    /** Reads a config, and checks it against the jars if there are any. */
    Checked<JobConfig> read(RulesText text) throws CommandFailure {
        return jars.isEmpty() ? text.read() : readWithJars(text);
    }

    private Checked<JobConfig> readWithJars(RulesText text) throws CommandFailure {
        try (JarFunctions found = JarFunctions.in(onThisMachine())) {
            return text.read(found);
        } catch (IOException e) {
            throw CommandFailure.input("--jar: " + e.getMessage());
        }
    }

    /**
     * Reads a config that is to run: its classes must be in the jars. A file with mistakes fails the command with all
     * of them.
     */
    JobFile read(Shell shell, String file) throws CommandFailure {
        RulesText text = JobFile.text(shell, file, Map.of());
        Checked<JobConfig> checked = text.read();
        if (checked.value().filter(JarsOption::needsJars).isPresent()) {
            checked = readWithJars(text);
        }
        List<Problem> problems = checked.problems();
        return new JobFile(
                file, text, checked.value().orElseThrow(() -> CommandFailure.input(JobFile.described(problems))));
    }

    private static boolean needsJars(JobConfig config) {
        return config.functions().providers().stream()
                .anyMatch(provider -> provider instanceof FunctionProvider.OfClass
                        || provider instanceof FunctionProvider.Discovered);
    }
}
