package dev.weft.job.rules;

import dev.weft.config.Checked;
import dev.weft.job.FunctionTypes;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.NamedFiles;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A job config as it travels: its text, and the variables it refers to. Secrets are not among them: in the text they
 * are references, and nobody who reads the rules resolves them.
 *
 * @param file the name that problems give
 * @param variables the {@code ${NAME}} variables that were set where the text comes from, and {@link NamedFiles}; no
 *     others
 */
public record RulesText(String file, String text, SortedMap<String, String> variables) implements Serializable {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_][A-Z0-9_]*)(?::[^}]*)?}");

    public RulesText {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /** Returns the text with what it needs of {@code environment}. */
    public static RulesText of(String file, String text, Map<String, String> environment) {
        SortedMap<String, String> variables = new TreeMap<>();
        VARIABLE.matcher(text).results().map(found -> found.group(1)).forEach(name -> {
            String value = environment.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        });
        environment.forEach((name, value) -> {
            if (NamedFiles.isVariable(name)) {
                variables.put(name, value);
            }
        });
        return new RulesText(file, text, variables);
    }

    /**
     * As {@link #of(String, String, Map)}, with the files that the config, and what it names, name.
     *
     * @param beside the text of a file by its path from the config's folder; nothing if there is none, which whoever
     *     reads the config says
     */
    public static RulesText withFiles(
            String file, String text, Map<String, String> environment, Function<String, Optional<String>> beside) {
        Map<String, String> known = new TreeMap<>(environment);
        Consumer<String> fetch =
                path -> beside.apply(path).ifPresent(found -> known.put(NamedFiles.variable(path), found));
        NamedFiles.namedIn(text, known).forEach(fetch);
        NamedFiles.namedByWorkflows(text, known).forEach(fetch);
        return of(file, text, known);
    }

    /** Reads the config, or every mistake in it; the same wherever it is read. */
    public Checked<JobConfig> read() {
        return JobConfigReader.read(file, text, variables);
    }

    /** As {@link #read()}, where the config is also checked against what users' jars hold. */
    public Checked<JobConfig> read(FunctionTypes jars) {
        return JobConfigReader.read(file, text, variables, jars);
    }

    /** Returns what tells this text from others, whatever its file is called. */
    public String digest() {
        return Digest.of(text, variables.toString());
    }

    /** Returns the parts that decide where events go, by which a change of them is told from a change of others. */
    public RoutingText routing() {
        return RoutingText.of(this);
    }
}
