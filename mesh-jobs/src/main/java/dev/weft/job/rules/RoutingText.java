package dev.weft.job.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.job.SchemaFiles;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a job config that decide where events go, as they were written, variables filled in.
 *
 * @param routes by name, in the order of the file
 * @param surroundings what the routes refer to: channels, targets, dead letter, limits and the schemas of payloads
 */
public record RoutingText(Map<String, JsonNode> routes, JsonNode surroundings) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    public RoutingText {
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    }

    /** Reads what can be read: of a config with mistakes, what is not a route with a name is left out. */
    static RoutingText of(RulesText rules) {
        Node root = YamlReader.read(rules.file(), rules.text(), Substitution.from(rules.variables()), new Problems())
                .orElse(null);
        Node spec = member(root, "spec");
        Map<String, JsonNode> routes = new LinkedHashMap<>();
        items(member(spec, "routes")).forEach(route -> {
            if (member(route, "name") instanceof Scalar name) {
                routes.put(name.text(), json(route));
            }
        });
        ObjectNode surroundings = JSON.objectNode();
        for (String part : new String[] {"channels", "targets", "deadLetter", "limits", "payloads"}) {
            Node node = member(spec, part);
            if (node != null) {
                surroundings.set(part, json(node));
            }
        }
        rules.variables().forEach((name, value) -> {
            if (SchemaFiles.isVariable(name)) {
                surroundings.put(name, value);
            }
        });
        return new RoutingText(routes, surroundings);
    }

    /** Returns what tells these parts from others. Comments, layout and all other parts of the file do not matter. */
    public String digest() {
        return Digest.of(routes.toString(), surroundings.toString());
    }

    private static @Nullable Node member(@Nullable Node node, String name) {
        return node instanceof Mapping mapping ? mapping.get(name) : null;
    }

    private static Stream<Node> items(@Nullable Node node) {
        return node instanceof Sequence sequence ? sequence.items().stream() : Stream.empty();
    }

    private static JsonNode json(Node node) {
        if (node instanceof Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.members().forEach((name, member) -> object.set(name, json(member)));
            return object;
        }
        if (node instanceof Sequence sequence) {
            return JSON.arrayNode()
                    .addAll(sequence.items().stream().map(RoutingText::json).toList());
        }
        Object value = ((Scalar) node).value();
        if (value instanceof BigDecimal number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        return value == null ? JSON.nullNode() : JSON.textNode((String) value);
    }
}
