package dev.weft.scale.grpc;

import dev.weft.scale.control.Trigger.ScaledObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which ScaledObjects may ask.
 *
 * @param patterns {@code namespace/name}, where {@code *} stands for any characters; everybody may ask if there is none
 */
public record AllowList(List<Names> patterns) {

    /** What is accepted as a pattern, ready to stand after the word "expected". */
    public static final String EXPECTED = "a namespace and a name such as shop/orders, shop/* or */*";

    private static final Pattern FORM = Pattern.compile("([a-z0-9.*-]{1,253})/([a-z0-9.*-]{1,253})");

    public AllowList {
        patterns = List.copyOf(patterns);
    }

    /** One pattern. */
    public record Names(String namespace, String name) {

        /** Returns the pattern, or nothing if the text is not one. */
        public static Optional<Names> parse(String text) {
            var form = FORM.matcher(text);
            return form.matches() ? Optional.of(new Names(form.group(1), form.group(2))) : Optional.empty();
        }

        boolean matches(ScaledObjectKey key) {
            return matches(namespace, key.namespace()) && matches(name, key.name());
        }

        private static boolean matches(String pattern, String text) {
            String[] literals = pattern.split("\\*", -1);
            int at = literals[0].length();
            if (literals.length == 1) {
                return pattern.equals(text);
            }
            if (!text.startsWith(literals[0])) {
                return false;
            }
            for (int i = 1; i < literals.length - 1; i++) {
                int found = text.indexOf(literals[i], at);
                if (found < 0) {
                    return false;
                }
                at = found + literals[i].length();
            }
            String last = literals[literals.length - 1];
            return text.length() - last.length() >= at && text.endsWith(last);
        }
    }

    /** Returns whether the ScaledObject may ask. */
    public boolean allows(ScaledObjectKey key) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(key));
    }
}
