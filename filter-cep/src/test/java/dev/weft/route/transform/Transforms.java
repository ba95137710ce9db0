package dev.weft.route.transform;

import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Events;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transforms for tests, written as a person writes them. */
final class Transforms {

    static final int MOST_BYTES = 100_000;

    private Transforms() {}

    /** Returns what the transform makes of an order with this payload, and the attributes region and empty. */
    static Transformed of(String transform, String payload) {
        return of(transform, event(payload));
    }

    static Transformed of(String transform, MeshEvent event) {
        return new Transformer(read(transform), MOST_BYTES).apply(event);
    }

    static MeshEvent event(String payload) {
        return Events.of("orders", Map.of("region", "eu", "empty", ""), "application/json", payload);
    }

    static Transform read(String transform) {
        Problems problems = new Problems();
        return parse(transform, problems)
                .orElseThrow(() -> new IllegalArgumentException(
                        transform + messages(problems.inReadingOrder()).toString()));
    }

    static List<String> mistakes(String transform) {
        Problems problems = new Problems();
        parse(transform, problems);
        return messages(problems.inReadingOrder());
    }

    private static Optional<Transform> parse(String transform, Problems problems) {
        Optional<Node> root = YamlReader.read("t.yaml", transform, Substitution.none(), problems);
        return root.flatMap(at -> TransformParser.parse(at, problems));
    }

    private static List<String> messages(List<Problem> problems) {
        return problems.stream().map(Problem::message).toList();
    }
}
