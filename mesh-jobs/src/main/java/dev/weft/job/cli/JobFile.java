package dev.weft.job.cli;

import static java.util.Objects.requireNonNull;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.job.JobConfig;
import dev.weft.job.ModuleJob;
import dev.weft.job.NamedFiles;
import dev.weft.job.WorkflowFiles;
import dev.weft.job.rules.RulesText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job config that is right, with the text it was read from. A module.yaml of Apache StateFun is one, too.
 *
 * @param name the file as it was named on the command line
 * @param rules the text, as it travels to a job
 */
record JobFile(String name, RulesText rules, JobConfig config) {

    private static final int LONGEST_NAME = 50;

    /** Reads and checks a file; a file with mistakes fails the command with all of them. */
    static JobFile read(Shell shell, String file) throws CommandFailure {
        return read(shell, file, Map.of());
    }

    /** As {@link #read(Shell, String)}, with variables that go before those of the environment. */
    static JobFile read(Shell shell, String file, Map<String, String> variables) throws CommandFailure {
        RulesText rules = text(shell, file, variables);
        return new JobFile(file, rules, checked(rules));
    }

    /** Says what may be a mistake in the workflows of the file. */
    void warn(Shell shell) {
        WorkflowFiles.warnings(config, rules.variables())
                .forEach(warning -> shell.note("warning: " + warning.message()));
    }

    /** Returns the config of a text; a text with mistakes fails the command with all of them. */
    static JobConfig checked(RulesText rules) throws CommandFailure {
        Checked<JobConfig> checked = rules.read();
        return checked.value().orElseThrow(() -> CommandFailure.input(described(checked.problems())));
    }

    /** Reads a file, with the variables and the files that it names, and does not check it. */
    static RulesText text(Shell shell, String file, Map<String, String> variables) throws CommandFailure {
        String text = InputFile.text(shell, file);
        Map<String, String> environment = new TreeMap<>(shell.environment());
        environment.putAll(variables);
        if (ModuleJob.isModule(text)) {
            return module(file, text, environment);
        }
        return RulesText.withFiles(InputFile.named(file), text, environment, path -> InputFile.beside(file, path));
    }

    private static RulesText module(String file, String text, Map<String, String> environment) throws CommandFailure {
        Problems problems = new Problems();
        String named = InputFile.named(file);
        Optional<String> config = ModuleJob.of(named, moduleName(file), text, environment, problems);
        environment.put(NamedFiles.variable(named), text);
        return RulesText.of(
                named,
                config.orElseThrow(() -> CommandFailure.input(described(problems.inReadingOrder()))),
                environment);
    }

    /** A job's name: that of the file, or of its folder where it is called as all are. */
    private static String moduleName(String file) {
        Path path = Path.of(file).toAbsolutePath().normalize();
        String own = String.valueOf(path.getFileName()).replaceFirst("[.][^.]*$", "");
        Path folder = path.getParent();
        boolean usual = own.equals("module") && folder != null && folder.getFileName() != null;
        String name = (usual ? String.valueOf(requireNonNull(folder).getFileName()) : own)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "module" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** Returns one line for each problem, and one that says how many there are. */
    static String described(List<Problem> problems) {
        return Stream.concat(
                        problems.stream().map(Problem::message),
                        Stream.of(Counted.of(problems.size(), "problem") + ". Nothing was started."))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
