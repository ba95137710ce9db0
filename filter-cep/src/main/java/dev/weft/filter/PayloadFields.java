package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of the payload that rules ask about, as a tree of names, with the number of each. */
final class PayloadFields {

    private static final int NOT_ASKED = -1;

    private final int number;
    private final String[] names;
    private final PayloadFields[] below;
    private final Map<String, PayloadFields> byName;

    private PayloadFields(int number, Map<String, PayloadFields> byName) {
        this.number = number;
        this.byName = byName;
        this.names = byName.keySet().toArray(String[]::new);
        this.below = byName.values().toArray(PayloadFields[]::new);
    }

    /** Returns the tree of these paths, each with its number. */
    static PayloadFields of(Map<List<String>, Integer> numbers) {
        Draft root = new Draft();
        numbers.forEach((path, number) -> {
            Draft at = root;
            for (String name : path) {
                at = at.below.computeIfAbsent(name, any -> new Draft());
            }
            at.number = number;
        });
        return root.finish();
    }

    /** Tells the walk each value that stands at one of the fields; arrays are transparent. */
    void collect(JsonNode value, Walk walk) {
        if (value.isObject()) {
            collectMembers(value, walk);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                JsonNode element = value.get(i);
                if (element.isObject()) {
                    walk.sawObjectInArray();
                }
                collect(element, walk);
            }
        } else if (number != NOT_ASKED && !value.isMissingNode()) {
            walk.addValue(number, value);
        }
    }

    /** Looks up the object's names or those asked for, whichever are fewer. */
    private void collectMembers(JsonNode object, Walk walk) {
        if (names.length <= object.size()) {
            for (int i = 0; i < names.length; i++) {
                JsonNode value = object.get(names[i]);
                if (value != null) {
                    below[i].collect(value, walk);
                }
            }
            return;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            PayloadFields asked = byName.get(member.getKey());
            if (asked != null) {
                asked.collect(member.getValue(), walk);
            }
        }
    }

    private static final class Draft {
        private final Map<String, Draft> below = new LinkedHashMap<>();
        private int number = NOT_ASKED;

        PayloadFields finish() {
            Map<String, PayloadFields> finished = new LinkedHashMap<>();
            below.forEach((name, draft) -> finished.put(name, draft.finish()));
            return new PayloadFields(number, finished);
        }
    }
}
