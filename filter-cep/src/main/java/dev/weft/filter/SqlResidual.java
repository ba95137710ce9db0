package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.filter.sql.Failure;
import dev.weft.filter.sql.SqlExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CESQL expression that must be true. Where it fails it is refused, as section 1.2 of the specification demands. */
record SqlResidual(SqlExpression expression) implements Residual {

    @Override
    public String language() {
        return "sql";
    }

    @Override
    public String text() {
        return expression.toString();
    }

    @Override
    public List<List<String>> wantedPaths() {
        return List.of();
    }

    @Override
    public List<String> attributes() {
        return List.copyOf(expression.attributes());
    }

    @Override
    public Answer answer(MeshEvent event, @Nullable JsonNode root) {
        Object value = expression.evaluate(event::attribute);
        if (value instanceof Boolean holds) {
            return Answer.of(holds);
        }
        return Answer.failure(value instanceof Failure ? value : "no condition: " + value);
    }
}
