package dev.weft.job.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differs between two configs.
 *
 * @param surroundings whether something differs that routes and patterns refer to, such as the schemas of payloads
 */
public record RulesDifference(Parts routes, Parts patterns, boolean surroundings) {

    /**
     * What differs between the routes, or the patterns, of two configs.
     *
     * @param added what is new, by name
     * @param removed names of what is gone
     * @param changed for each that is in both and not the same, its members that differ, by name
     * @param same how many are the same
     * @param reordered whether those that are in both stand in another order
     */
    public record Parts(
            Map<String, JsonNode> added,
            List<String> removed,
            Map<String, Map<String, Change>> changed,
            int same,
            boolean reordered) {

        static Parts between(Map<String, JsonNode> old, Map<String, JsonNode> now) {
            Map<String, JsonNode> added = new LinkedHashMap<>(now);
            added.keySet().removeAll(old.keySet());
            List<String> removed = new ArrayList<>(old.keySet());
            removed.removeAll(now.keySet());
            Map<String, Map<String, Change>> changed = new LinkedHashMap<>();
            int same = 0;
            for (Map.Entry<String, JsonNode> part : now.entrySet()) {
                JsonNode earlier = old.get(part.getKey());
                if (earlier != null && text(earlier).equals(text(part.getValue()))) {
                    same++;
                } else if (earlier != null) {
                    changed.put(part.getKey(), changes(earlier, part.getValue()));
                }
            }
            return new Parts(added, removed, changed, same, isReordered(old.keySet(), now.keySet()));
        }

        /** Returns whether there is none. */
        public boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && !reordered;
        }

        /** Returns whether neither config has any. */
        public boolean isOfNothing() {
            return isEmpty() && same == 0;
        }
    }

    /** One member before and after; a missing node where it is not there. */
    public record Change(JsonNode before, JsonNode after) {}

    /** Compares two configs. */
    public static RulesDifference between(RulesText before, RulesText after) {
        RoutingText was = before.routing();
        RoutingText is = after.routing();
        return new RulesDifference(
                Parts.between(was.routes(), is.routes()),
                Parts.between(was.patterns(), is.patterns()),
                !text(was.surroundings()).equals(text(is.surroundings())));
    }

    /** Returns whether there is none. */
    public boolean isEmpty() {
        return routes.isEmpty() && patterns.isEmpty() && !surroundings;
    }

    private static Map<String, Change> changes(JsonNode was, JsonNode is) {
        Set<String> names = new LinkedHashSet<>();
        was.fieldNames().forEachRemaining(names::add);
        is.fieldNames().forEachRemaining(names::add);
        Map<String, Change> changes = new LinkedHashMap<>();
        for (String name : names) {
            if (!text(was.path(name)).equals(text(is.path(name)))) {
                changes.put(name, new Change(was.path(name), is.path(name)));
            }
        }
        return changes;
    }

    /** By their texts, as the order of members matters in a template and 1.0 is not written as 1. */
    private static String text(JsonNode node) {
        return node instanceof MissingNode ? "" : node.toString();
    }

    private static boolean isReordered(Set<String> before, Set<String> after) {
        List<String> old = new ArrayList<>(before);
        old.retainAll(after);
        List<String> now = new ArrayList<>(after);
        now.retainAll(before);
        return !old.equals(now);
    }
}
