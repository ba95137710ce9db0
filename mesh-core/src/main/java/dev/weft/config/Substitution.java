package dev.weft.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:default}} in a file's values from the environment. Names are upper case
 * ({@code [A-Z_][A-Z0-9_]*}); everything else that looks alike, such as {@code ${data.x}}, {@code ${$.x}} or the secret
 * reference {@code ${env:NAME}}, is left as it is. {@code $${NAME}} stands for the text {@code ${NAME}}. A variable
 * that is set to nothing is set. What is filled in is not looked at again.
 */
public final class Substitution {

    private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([A-Z_][A-Z0-9_]*)(?::([^}]*))?}");

    private final @Nullable Map<String, String> environment;

    private Substitution(@Nullable Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns a substitution from these variables. */
    public static Substitution from(Map<String, String> environment) {
        return new Substitution(Map.copyOf(environment));
    }

    /** Returns the substitution that leaves every text as it is, escapes too: for files that are data. */
    public static Substitution none() {
        return new Substitution(null);
    }

    /** Returns {@code text} with every reference filled in. */
    Filled in(String text) {
        if (environment == null || !text.contains("${")) {
            return new Filled(text, false, List.of());
        }
        List<String> unset = new ArrayList<>();
        Matcher references = REFERENCE.matcher(text);
        boolean whole = references.matches() && references.group(1).isEmpty();
        references.reset();
        String filled = references.replaceAll(found -> Matcher.quoteReplacement(
                found.group(1).isEmpty() ? value(environment, found.group(2), found.group(3), unset) : escaped(found)));
        return new Filled(filled, whole, unset);
    }

    private static String escaped(MatchResult reference) {
        return reference.group().substring(1);
    }

    private static String value(
            Map<String, String> environment, String name, @Nullable String otherwise, List<String> unset) {
        String value = environment.getOrDefault(name, otherwise);
        if (value == null) {
            unset.add(name);
            return "${" + name + "}";
        }
        return value;
    }

    /**
     * A text after substitution.
     *
     * @param whole whether the text was one reference and nothing else
     * @param unset variables without a value and without a default
     */
    record Filled(String text, boolean whole, List<String> unset) {}
}
