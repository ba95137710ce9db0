package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * True where another residual is not, also where that one fails: in the Subscriptions API an expression that fails is
 * false, and its {@code not} true.
 */
record Negation(Residual of) implements Residual {

    @Override
    public String language() {
        return "not " + of.language();
    }

    @Override
    public String text() {
        return of.text();
    }

    @Override
    public List<List<String>> wantedPaths() {
        return of.wantedPaths();
    }

    @Override
    public List<String> attributes() {
        return of.attributes();
    }

    @Override
    public Answer answer(MeshEvent event, @Nullable JsonNode root) {
        Answer answer = of.answer(event, root);
        return switch (answer.outcome()) {
            case MATCHED -> Answer.FALSE;
            case UNDECIDED -> answer;
            case REFUSED -> answer.failed() ? new Answer(Outcome.MATCHED, false, answer.words()) : Answer.TRUE;
        };
    }
}
