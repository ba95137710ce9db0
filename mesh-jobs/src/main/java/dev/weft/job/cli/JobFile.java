package dev.weft.job.cli;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.job.JobConfig;
import dev.weft.job.SchemaFiles;
import dev.weft.job.rules.RulesText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job config that is right, with the text it was read from.
 *
 * @param name the file as it was named on the command line
 * @param rules the text, as it travels to a job
 */
record JobFile(String name, RulesText rules, JobConfig config) {

    /** Reads and checks a file; a file with mistakes fails the command with all of them. */
    static JobFile read(Shell shell, String file) throws CommandFailure {
        return read(shell, file, Map.of());
    }

    /** As {@link #read(Shell, String)}, with variables that go before those of the environment. */
    static JobFile read(Shell shell, String file, Map<String, String> variables) throws CommandFailure {
        RulesText rules = text(shell, file, variables);
        return new JobFile(file, rules, checked(rules));
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
        for (String path : SchemaFiles.namedIn(text, environment)) {
            InputFile.beside(file, path).ifPresent(schema -> environment.put(SchemaFiles.variable(path), schema));
        }
        return RulesText.of(InputFile.named(file), text, environment);
    }

    /** Returns one line for each problem, and one that says how many there are. */
    static String described(List<Problem> problems) {
        return Stream.concat(
                        problems.stream().map(Problem::message),
                        Stream.of(Counted.of(problems.size(), "problem") + ". Nothing was started."))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
