package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.Errors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares what is to be seen with what there is to see. What is not written may be anything. */
final class Judgement {

    /** Judges one thing of a list. */
    private interface Judge {
        void judge(String what, Node expected, ObjectNode found);
    }

    private final Seen seen;
    private final Map<String, String> keys = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();

    private Judgement(Seen seen) {
        this.seen = seen;
    }

    /** Returns what is not as expected. */
    static List<Difference> of(Expectation expectation, Seen seen) {
        Judgement judgement = new Judgement(seen);
        judgement.judge(expectation.written());
        return judgement.differences;
    }

    private void judge(Mapping expected) {
        expected.members().forEach((key, value) -> {
            switch (key) {
                case "instances" -> list(key, value, seen.instances(), this::instance);
                case "events" -> list(key, value, seen.events(), this::event);
                case "calls" -> list(key, value, seen.calls(), this::call);
                case "lifecycle" -> list(key, value, seen.lifecycle(), this::told);
                case "replies" -> list(key, value, seen.replies(), this::reply);
                case "lost" -> list(key, value, seen.lost(), this::lost);
                default -> {
                    ObjectNode nobody = JsonNodeFactory.instance.objectNode();
                    member(
                            "",
                            key,
                            value,
                            seen.instances().isEmpty()
                                    ? nobody
                                    : seen.instances().get(0));
                }
            }
        });
    }

    private void list(String what, Node expected, List<ObjectNode> found, Judge judge) {
        List<Node> items = ((Sequence) expected).items();
        for (int i = 0; i < Math.max(items.size(), found.size()); i++) {
            String item = what + "[" + i + "]";
            if (i >= items.size()) {
                differ(expected, item, Comparison.nothing(), Comparison.shown(found.get(i)));
            } else if (i >= found.size()) {
                differ(items.get(i), item, Comparison.shown(NodeJson.of(items.get(i))), Comparison.nothing());
            } else {
                judge.judge(item, items.get(i), found.get(i));
            }
        }
    }

    private void instance(String what, Node expected, ObjectNode found) {
        ((Mapping) expected).members().forEach((key, value) -> member(what + ".", key, value, found));
    }

    private void member(String of, String key, Node expected, ObjectNode found) {
        String what = of + key;
        switch (key) {
            case "output" -> differences.addAll(Comparison.whole(what, expected, found.path("output")));
            case "outputHas" -> differences.addAll(Comparison.part(of + "output", expected, found.path("output")));
            case "error" -> error(what, expected, found.path("error"));
            case "tasks" -> tasks(what, expected, found.path("tasks"));
            default -> differences.addAll(Comparison.part(what, expected, found.path(key)));
        }
    }

    private void error(String what, Node expected, JsonNode found) {
        if (expected instanceof Mapping mapping) {
            mapping.members().forEach((key, value) -> errorMember(what + "." + key, key, value, found.path(key)));
        } else if (((Scalar) expected).value() != null) {
            errorMember(what + ".type", "type", expected, found.path("type"));
        } else if (!found.isMissingNode()) {
            differ(expected, what, Comparison.nothing(), Comparison.shown(found));
        }
    }

    private void errorMember(String what, String key, Node expected, JsonNode found) {
        String text = expected instanceof Scalar scalar ? scalar.text() : "";
        boolean holds = switch (key) {
            case "type" -> type(text).equals(type(found.asText()));
            case "title", "detail" -> found.asText().contains(text);
            default -> Comparison.isPart(expected, found);
        };
        if (!holds) {
            differ(expected, what, Comparison.shown(NodeJson.of(expected)), Comparison.shown(found));
        }
    }

    /** Types of the specification are known by their last part. */
    private static String type(String type) {
        return Errors.BASES.stream()
                .filter(type::startsWith)
                .map(base -> type.substring(base.length()))
                .findFirst()
                .orElse(type);
    }

    private void tasks(String what, Node expected, JsonNode found) {
        TreeSet<String> wanted = new TreeSet<>();
        ((Sequence) expected).items().forEach(it -> wanted.add(((Scalar) it).text()));
        TreeSet<String> actual = new TreeSet<>();
        found.forEach(it -> actual.add(it.asText()));
        if (!wanted.equals(actual)) {
            differ(expected, what, wanted.toString(), actual.toString());
        }
    }

    private void event(String what, Node expected, ObjectNode found) {
        if (expected instanceof Scalar type) {
            differences.addAll(Comparison.part(what + ".type", type, found.path("type")));
        } else {
            differences.addAll(Comparison.part(what, expected, found));
        }
    }

    private void call(String what, Node expected, ObjectNode found) {
        ((Mapping) expected).members().forEach((key, value) -> {
            switch (key) {
                case "key" ->
                    key(what + ".key", (Scalar) value, found.path("key").asText());
                case "uri" -> uri(what + ".uri", (Scalar) value, found.path("uri"));
                default -> differences.addAll(Comparison.part(what + "." + key, value, found.path(key)));
            }
        });
    }

    private void uri(String what, Scalar expected, JsonNode found) {
        boolean isPattern = expected.text().contains("*");
        if (isPattern
                && CallPattern.uri(expected.text()).matcher(found.asText()).matches()) {
            return;
        }
        differences.addAll(Comparison.part(what, expected, found));
    }

    /** Calls with the same name for their key have the same key, others have others. */
    private void key(String what, Scalar expected, String found) {
        String name = expected.text();
        String known = keys.putIfAbsent(name, found);
        boolean isOfAnother = keys.entrySet().stream()
                .anyMatch(it -> !it.getKey().equals(name) && it.getValue().equals(found));
        if (isOfAnother || (known != null && !known.equals(found))) {
            differ(expected, what, "the key of " + name, (isOfAnother ? "that of another: " : "another: ") + found);
        }
    }

    private void told(String what, Node expected, ObjectNode found) {
        String type = found.path("type").asText();
        String task = found.path("data").path("task").asText();
        if (expected instanceof Scalar scalar) {
            if (!scalar.text().equals(type)) {
                differ(expected, what, scalar.text(), (type + " " + task).strip());
            }
            return;
        }
        Map.Entry<String, Node> pair =
                ((Mapping) expected).members().entrySet().iterator().next();
        String pointer = ((Scalar) pair.getValue()).text();
        if (!pair.getKey().equals(type) || !pointer.equals(task)) {
            differ(expected, what, pair.getKey() + " " + pointer, (type + " " + task).strip());
        }
    }

    private void reply(String what, Node expected, ObjectNode found) {
        ((Mapping) expected).members().forEach((key, value) -> {
            if (key.equals("detail")) {
                contained(what + ".detail", value, found.path("detail"));
            } else {
                differences.addAll(Comparison.part(what + "." + key, value, found.path(key)));
            }
        });
    }

    private void lost(String what, Node expected, ObjectNode found) {
        contained(what, expected, found.path("detail"));
    }

    private void contained(String what, Node expected, JsonNode found) {
        if (!found.asText().contains(((Scalar) expected).text())) {
            differ(expected, what, ((Scalar) expected).text(), Comparison.shown(found));
        }
    }

    private void differ(Node at, String what, String expected, String found) {
        differences.add(new Difference(at.at(), what, expected, found));
    }
}
