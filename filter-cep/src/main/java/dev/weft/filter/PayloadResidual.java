package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second question about the payload's fields, beside a conjunction's own: its fields may be found in other objects of
 * an array than the first one's.
 *
 * @param asked what is asked
 * @param wholes as {@link Conjunction} has them
 */
record PayloadResidual(FieldTree asked, List<FieldTree.Leaf> wholes) implements Residual {

    PayloadResidual {
        wholes = List.copyOf(wholes);
    }

    private Conjunction alone() {
        return new Conjunction(List.of(), asked, wholes, List.of());
    }

    @Override
    public String language() {
        return "where";
    }

    @Override
    public String text() {
        return alone().pattern().toString();
    }

    @Override
    public List<List<String>> wantedPaths() {
        List<List<String>> paths = new ArrayList<>();
        alone().leaves().forEach(leaf -> paths.add(leaf.path()));
        return paths;
    }

    @Override
    public List<String> attributes() {
        return List.of();
    }

    @Override
    public Answer answer(MeshEvent event, @Nullable JsonNode root) {
        return root == null
                ? Answer.UNREADABLE
                : Answer.of(alone().outcome(event, root, Observer.NONE) == Outcome.MATCHED);
    }
}
