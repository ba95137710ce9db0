package dev.weft.config;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text that names its secrets instead of holding them: {@code ${env:NAME}} stands for an environment variable,
 * {@code ${file:/path}} for a file's content without its last line end. The secrets are fetched each time they are
 * asked for and are kept nowhere, so this may be printed, compared and sent over the wire.
 *
 * @param written the text as the file has it, references and all
 */
public record SecretText(String written) implements Serializable {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    /** Returns whether the text refers to a secret at all. */
    public boolean hasReference() {
        return REFERENCE.matcher(written).find();
    }

    /** Returns the names of the environment variables the text refers to. */
    public Set<String> variables() {
        return REFERENCE
                .matcher(written)
                .results()
                .filter(reference -> reference.group(1).equals("env"))
                .map(reference -> reference.group(2))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the text with every reference replaced by its secret.
     *
     * @throws SecretUnavailable if a variable is not set or a file cannot be read
     */
    public String resolve(Map<String, String> environment) {
        return REFERENCE
                .matcher(written)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        reference.group(1).equals("env")
                                ? variable(reference.group(2), environment)
                                : content(reference.group(2))));
    }

    /** Returns the text as written: references, not secrets. */
    @Override
    public String toString() {
        return written;
    }

    private static String variable(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null) {
            throw new SecretUnavailable("${env:" + name + "}: the environment variable " + name + " is not set");
        }
        return value;
    }

    private static String content(String path) {
        try {
            String content = Files.readString(Path.of(path));
            return content.replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new SecretUnavailable(
                    "${file:" + path + "}: cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
