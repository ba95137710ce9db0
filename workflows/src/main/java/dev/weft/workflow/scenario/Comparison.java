package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.config.Sequence;
import dev.weft.workflow.jq.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what is written with what is found, down to where they differ. Numbers are equal by value, lists are
 * compared whole.
 */
final class Comparison {

    private static final String NOTHING = "nothing";
    private static final int LONGEST = 300;

    private final boolean whole;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(boolean whole) {
        this.whole = whole;
    }

    /** Returns how they differ. */
    static List<Difference> whole(String what, Node expected, JsonNode found) {
        return compared(true, what, expected, found);
    }

    /** Returns how they differ; of objects, only members that are written count. */
    static List<Difference> part(String what, Node expected, JsonNode found) {
        return compared(false, what, expected, found);
    }

    /** Returns whether what is written is a part of what is found. */
    static boolean isPart(Node expected, JsonNode found) {
        return part("", expected, found).isEmpty();
    }

    private static List<Difference> compared(boolean whole, String what, Node expected, JsonNode found) {
        Comparison comparison = new Comparison(whole);
        comparison.compare(what, expected, found);
        return comparison.differences;
    }

    private void compare(String what, Node expected, JsonNode found) {
        if (expected instanceof Mapping mapping && found.isObject()) {
            members(what, mapping, found);
        } else if (expected instanceof Sequence sequence && found.isArray()) {
            items(what, sequence, found);
        } else {
            JsonNode json = NodeJson.of(expected);
            if (!CanonicalJson.areEqual(json, found)) {
                differences.add(new Difference(expected.at(), what, shown(json), shown(found)));
            }
        }
    }

    private void members(String what, Mapping expected, JsonNode found) {
        for (Map.Entry<String, Node> member : expected.members().entrySet()) {
            compare(Mapping.memberPath(what, member.getKey()), member.getValue(), found.path(member.getKey()));
        }
        if (whole) {
            found.properties().stream()
                    .filter(member -> expected.get(member.getKey()) == null)
                    .forEach(member -> differences.add(new Difference(
                            expected.at(),
                            Mapping.memberPath(what, member.getKey()),
                            NOTHING,
                            shown(member.getValue()))));
        }
    }

    private void items(String what, Sequence expected, JsonNode found) {
        for (int i = 0; i < Math.max(expected.items().size(), found.size()); i++) {
            String item = what + "[" + i + "]";
            if (i < expected.items().size()) {
                compare(item, expected.items().get(i), found.path(i));
            } else {
                differences.add(new Difference(expected.at(), item, NOTHING, shown(found.get(i))));
            }
        }
    }

    /** Returns a value as messages show it. */
    static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return NOTHING;
        }
        String text = value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** Returns how messages show that nothing is there. */
    static String nothing() {
        return shown(MissingNode.getInstance());
    }
}
