package dev.weft.cep.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.event.EventView;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelAnswer;
import dev.weft.filter.cel.CelExpression;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What expressions of a template are worth. */
final class Gaps {

    /** Expressions of templates are asked of no event. */
    private static final EventView NO_EVENT = new EventView() {
        @Override
        public @Nullable String attribute(String name) {
            return null;
        }

        @Override
        public Set<String> attributeNames() {
            return Set.of();
        }

        @Override
        public JsonNode data() {
            return MissingNode.getInstance();
        }
    };

    private Gaps() {}

    /** Returns the value; a missing node where something that the expression names is not there. */
    static JsonNode value(CelExpression expression, Bindings bindings) throws UnfilledException {
        CelAnswer answer = expression.ask(NO_EVENT, MissingNode.getInstance(), bindings);
        if (answer.failure() != null && !answer.isMissing()) {
            throw new UnfilledException("${" + expression + "} fails: " + answer.failure());
        }
        return answer.value();
    }

    static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
    }
}
