package dev.weft.cep.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelExpression;
import dev.weft.filter.cel.Scope;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text in which expressions stand.
 *
 * @param written the text as the file says it
 * @param parts {@code String}s and {@link CelExpression}s
 */
record GapText(String written, List<Serializable> parts) implements Serializable {

    GapText {
        parts = List.copyOf(parts);
    }

    static Optional<GapText> read(Scalar scalar, Scope scope, Problems problems) {
        int before = problems.count();
        List<Serializable> parts = new GapReader(scalar, scope, problems).parts();
        return problems.count() > before ? Optional.empty() : Optional.of(new GapText(scalar.text(), parts));
    }

    Optional<String> constant() {
        if (parts.stream().anyMatch(CelExpression.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(
                String.join("", parts.stream().map(String.class::cast).toList()));
    }

    /** Returns the finished text; or, where an expression is all there is of it, that expression's value. */
    JsonNode json(Bindings bindings) throws UnfilledException {
        JsonNode alone = alone(bindings);
        return alone == null ? TextNode.valueOf(text(bindings)) : alone;
    }

    /** Returns the value of the expression that is all there is of the text; null if it is not like that. */
    private @Nullable JsonNode alone(Bindings bindings) throws UnfilledException {
        return parts.size() == 1 && parts.get(0) instanceof CelExpression only ? Gaps.value(only, bindings) : null;
    }

    /** Returns the finished text; null if it is one expression and that has no value. */
    @Nullable
    String fill(Bindings bindings) throws UnfilledException {
        JsonNode alone = alone(bindings);
        if (alone != null && (alone.isMissingNode() || alone.isNull())) {
            return null;
        }
        return alone == null ? text(bindings) : Gaps.text(alone);
    }

    private String text(Bindings bindings) throws UnfilledException {
        StringBuilder text = new StringBuilder();
        for (Serializable part : parts) {
            if (part instanceof CelExpression expression) {
                text.append(Gaps.text(Gaps.value(expression, bindings)));
            } else {
                text.append(part);
            }
        }
        return text.toString();
    }

    void eachExpression(Consumer<CelExpression> consumer) {
        for (Serializable part : parts) {
            if (part instanceof CelExpression expression) {
                consumer.accept(expression);
            }
        }
    }
}
