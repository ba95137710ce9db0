package dev.weft.function.module;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.function.FunctionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what ingresses and egresses of Kafka have in common, and sees to it that all mean one cluster. */
final class KafkaFields {

    private static final String SERVERS = "host:port, or several with commas between them";
    private static final Pattern SERVER = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");
    private static final String PROPERTIES = "a list of properties, each with a text, a number or a boolean";

    private final Problems problems;
    private final Map<String, Set<FunctionType>> ids = new LinkedHashMap<>();
    private @Nullable Scalar cluster;

    KafkaFields(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads the name of an ingress or an egress.
     *
     * @param what of which each has a name of its own
     */
    Optional<FunctionType> id(Component component, String what) {
        Node beside = component.id();
        Optional<Node> at = beside != null
                ? Optional.of(beside)
                : component.spec().required("id").node(TypeNames.EXPECTED);
        return at.flatMap(node -> {
            Optional<FunctionType> id = TypeNames.read(node, problems);
            if (id.isPresent()
                    && !ids.computeIfAbsent(what, key -> new HashSet<>()).add(id.get())) {
                problems.add(node, node.described() + " a second time", "an id of its own for each " + what);
            }
            return id;
        });
    }

    /** Reads the servers, at least one. */
    Optional<List<String>> address(Field field) {
        return field.node(SERVERS).flatMap(at -> {
            List<String> servers =
                    at instanceof Scalar scalar && scalar.value() instanceof String text ? servers(text) : List.of();
            if (!(at instanceof Scalar scalar) || servers.isEmpty()) {
                problems.add(at, at.described(), SERVERS);
                return Optional.empty();
            }
            Scalar first = cluster;
            if (first == null) {
                cluster = scalar;
            } else if (!Set.copyOf(servers(first.text())).equals(Set.copyOf(servers))) {
                problems.add(
                        at,
                        at.described(),
                        first.described() + " as on line " + first.at().line() + ": a job has one Kafka cluster");
            }
            return Optional.of(servers);
        });
    }

    /** Returns none where one of them is none. */
    private static List<String> servers(String text) {
        List<String> servers =
                Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
        return servers.stream().allMatch(server -> SERVER.matcher(server).matches()) ? servers : List.of();
    }

    /** Reads {@code - name: value}, one after the other. */
    Map<String, Scalar> properties(Field field) {
        Map<String, Scalar> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : members(field, PROPERTIES)) {
            String name = member.getKey();
            Node value = member.getValue();
            if (!(value instanceof Scalar scalar) || scalar.value() == null) {
                problems.add(value, value.described(), "text, a number or a boolean");
            } else if (properties.putIfAbsent(name, scalar) != null) {
                problems.add(value, "the property " + name + " a second time", "each once");
            }
        }
        return properties;
    }

    /** Reads a list of mappings as one. */
    List<Map.Entry<String, Node>> members(Field field, String expected) {
        List<Map.Entry<String, Node>> members = new ArrayList<>();
        field.node(expected).ifPresent(at -> {
            if (!(at instanceof Sequence sequence)) {
                problems.add(at, at.described(), expected);
                return;
            }
            for (Node item : sequence.items()) {
                if (item instanceof Mapping) {
                    members.addAll(Fields.of(item, problems).members());
                } else {
                    problems.add(item, item.described(), "a name with a value, as in name: value");
                }
            }
        });
        return members;
    }
}
