package dev.weft.job.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.job.NamedFiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a job config that decide where events go, as they were written, variables filled in.
 *
 * @param routes by name, in the order of the file
 * @param patterns by id, in the order of the file
 * @param surroundings what these refer to: channels, targets, dead letter, limits and the schemas of payloads
 */
public record RoutingText(Map<String, JsonNode> routes, Map<String, JsonNode> patterns, JsonNode surroundings) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    public RoutingText {
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
        patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
    }

    /** Reads what can be read: of a config with mistakes, what is not a route or pattern with a name is left out. */
    static RoutingText of(RulesText rules) {
        Node root = YamlReader.read(rules.file(), rules.text(), Substitution.from(rules.variables()), new Problems())
                .orElse(null);
        Node spec = member(root, "spec");
        ObjectNode surroundings = JSON.objectNode();
        for (String part : new String[] {"channels", "targets", "deadLetter", "limits", "payloads"}) {
            Node node = member(spec, part);
            if (node != null) {
                surroundings.set(part, NodeJson.of(node));
            }
        }
        rules.variables().forEach((name, value) -> {
            if (NamedFiles.isVariable(name)) {
                surroundings.put(name, value);
            }
        });
        return new RoutingText(named(spec, "routes", "name"), named(spec, "patterns", "id"), surroundings);
    }

    private static Map<String, JsonNode> named(@Nullable Node spec, String list, String key) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        items(member(spec, list)).forEach(item -> {
            if (member(item, key) instanceof Scalar name) {
                named.put(name.text(), NodeJson.of(item));
            }
        });
        return named;
    }

    /** Returns what tells these parts from others. Comments, layout and all other parts of the file do not matter. */
    public String digest() {
        // A job without patterns has the digest it had before there were any.
        return patterns.isEmpty()
                ? Digest.of(routes.toString(), surroundings.toString())
                : Digest.of(routes.toString(), surroundings.toString(), patterns.toString());
    }

    private static @Nullable Node member(@Nullable Node node, String name) {
        return node instanceof Mapping mapping ? mapping.get(name) : null;
    }

    private static Stream<Node> items(@Nullable Node node) {
        return node instanceof Sequence sequence ? sequence.items().stream() : Stream.empty();
    }
}
