package dev.weft.cep;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.event.EventDraft;
import dev.weft.event.MeshEvent;
import dev.weft.filter.CelRules;
import dev.weft.filter.Rule;
import dev.weft.filter.cel.CelExpression;
import dev.weft.filter.cel.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code when} of a step: a rule if it speaks of the event alone, and otherwise an expression of its own. */
final class CorrelatedReading {

    private final Scope scope;
    private final Problems problems;
    private @Nullable CelExpression correlated;

    CorrelatedReading(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    /** Returns what can be said of the event alone. */
    Rule read(Node at) {
        Optional<CelExpression> expression = CelExpression.condition(at, scope, problems);
        if (expression.isEmpty()) {
            return Rule.nothing();
        }
        if (isConstant(expression.get())) {
            MeshEvent any = EventDraft.ofNew("1", "/", "any").finish();
            boolean holds = expression.get().ask(any, MissingNode.getInstance()).isYes();
            return holds ? Rule.everything() : Rule.nothing();
        }
        if (expression.get().wantedOfNames().isEmpty()) {
            return CelRules.parse(at, problems);
        }
        correlated = expression.get();
        return CelRules.necessary(correlated);
    }

    /** What takes the map of all attributes to pieces does not say which it looks at. */
    private static boolean isConstant(CelExpression expression) {
        return expression.wantedPaths().isEmpty()
                && expression.attributes().isEmpty()
                && expression.wantedOfNames().isEmpty()
                && !expression.text().contains("event");
    }

    @Nullable
    CelExpression correlated() {
        return correlated;
    }

    /** Reports a condition that no event can meet. */
    void refuseNever(Fields fields, Rule constant) {
        if (constant.combinations() == 0) {
            problems.add(fields.node(), "a condition that no event meets", "one that some event can meet");
        }
    }
}
