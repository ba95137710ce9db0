package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.filter.cel.CelAnswer;
import dev.weft.filter.cel.CelExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression in CEL, asked by a rule. */
record CelResidual(CelExpression expression) implements Residual {

    @Override
    public String language() {
        return "when";
    }

    @Override
    public String text() {
        return expression.text();
    }

    @Override
    public List<List<String>> wantedPaths() {
        return expression.wantedPaths();
    }

    @Override
    public List<String> attributes() {
        return expression.attributes();
    }

    @Override
    public Answer answer(MeshEvent event, @Nullable JsonNode root) {
        CelAnswer answer = expression.ask(event, root);
        String failure = answer.failure();
        if (answer.isOpen()) {
            return Answer.UNREADABLE;
        }
        return failure == null ? Answer.of(answer.isYes()) : Answer.failure(failure);
    }
}
