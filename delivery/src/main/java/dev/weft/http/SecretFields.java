package dev.weft.http;

import dev.weft.config.Field;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.SecretText;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads texts that may refer to secrets, and those that must. No problem repeats what may be a secret. */
public final class SecretFields {

    private static final String REFERENCE = "a reference: ${env:NAME} or ${file:/path}";
    private static final Pattern NO_REFERENCE = Pattern.compile("\\$\\{(?!env:[^}]+}|file:/[^}]+})");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

    private final Problems problems;

    public SecretFields(Problems problems) {
        this.problems = problems;
    }

    Optional<SecretText> read(Field field, boolean secret) {
        return field.node(secret ? REFERENCE : "text").flatMap(node -> read(node, secret));
    }

    /**
     * Reads a text; nothing if there was a problem.
     *
     * @param secret whether it must refer to a secret
     */
    public Optional<SecretText> read(Node node, boolean secret) {
        if (problems.concern(node)) {
            return Optional.empty();
        }
        if (!(node instanceof Scalar scalar)
                || scalar.value() == null
                || scalar.text().isBlank()) {
            problems.add(node, node.described(), secret ? REFERENCE : "text");
            return Optional.empty();
        }
        SecretText text = new SecretText(scalar.text());
        if (NO_REFERENCE.matcher(scalar.text()).find()) {
            problems.add(node, "${ without a name that can be looked up", "${NAME}, ${env:NAME} or ${file:/path}");
            return Optional.empty();
        }
        if (secret && !text.hasReference()) {
            problems.add(node, "a secret written out", REFERENCE);
            return Optional.empty();
        }
        if (CONTROL.matcher(scalar.text()).find()) {
            problems.add(node, "a control character", "text of one line");
            return Optional.empty();
        }
        return Optional.of(text);
    }
}
