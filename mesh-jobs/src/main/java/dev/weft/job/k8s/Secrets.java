package dev.weft.job.k8s;

import dev.weft.config.SecretText;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in Secrets, by whoever runs a mesh: a config only refers to it.
 *
 * @param variables the names of environment variables
 * @param paths the absolute paths of files
 */
public record Secrets(SortedSet<String> variables, SortedSet<String> paths) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#.*$");

    /** Returns those that a text of YAML refers to, but for its comments. */
    public static Secrets in(String text) {
        Secrets secrets = new Secrets(new TreeSet<>(), new TreeSet<>());
        for (MatchResult reference : REFERENCE
                .matcher(COMMENT.matcher(text).replaceAll(""))
                .results()
                .toList()) {
            (reference.group(1).equals("env") ? secrets.variables : secrets.paths).add(reference.group(2));
        }
        return secrets;
    }

    /** Returns those of a property of Kafka's clients: a {@code .location} is a file that must be there, too. */
    public static Secrets ofKafka(String key, SecretText value) {
        Secrets secrets = in(value.written());
        if (key.endsWith(".location") && value.written().startsWith("/")) {
            secrets.paths.add(value.written());
        }
        return secrets;
    }

    /** Returns these and files. */
    public Secrets and(@Nullable String... files) {
        Secrets all = and(in(""));
        Stream.of(files).filter(Objects::nonNull).forEach(all.paths::add);
        return all;
    }

    /** Returns these and others. */
    public Secrets and(Secrets others) {
        Secrets all = new Secrets(new TreeSet<>(variables), new TreeSet<>(paths));
        all.variables.addAll(others.variables);
        all.paths.addAll(others.paths);
        return all;
    }
}
