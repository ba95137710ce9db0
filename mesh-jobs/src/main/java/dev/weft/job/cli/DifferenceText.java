package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.rules.RulesDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The difference between two sets of routes, as people and scripts read it. */
final class DifferenceText {

    private DifferenceText() {}

    /** Returns a line for each route that is new or gone, and several for each that changed. */
    static List<String> lines(RulesDifference difference) {
        List<String> lines = new ArrayList<>();
        difference.added().forEach((name, route) -> lines.add("+ route " + name + ": " + route));
        difference.removed().forEach(name -> lines.add("- route " + name));
        for (Map.Entry<String, Map<String, RulesDifference.Change>> route :
                difference.changed().entrySet()) {
            lines.add("~ route " + route.getKey());
            route.getValue().forEach((member, change) -> {
                before(member, change.before(), lines);
                after(member, change.after(), lines);
            });
        }
        if (difference.reordered()) {
            lines.add("~ order of the routes");
        }
        if (difference.surroundings()) {
            lines.add("~ what the routes refer to: channels, limits or payloads");
        }
        lines.add("%d added, %d removed, %d changed, %d the same"
                .formatted(
                        difference.added().size(),
                        difference.removed().size(),
                        difference.changed().size(),
                        difference.same()));
        return lines;
    }

    private static void before(String member, JsonNode value, List<String> lines) {
        if (!value.isMissingNode()) {
            lines.add("    - " + member + ": " + value);
        }
    }

    private static void after(String member, JsonNode value, List<String> lines) {
        if (!value.isMissingNode()) {
            lines.add("    + " + member + ": " + value);
        }
    }

    static ObjectNode json(RulesDifference difference) {
        ObjectNode json = Json.object();
        ObjectNode added = json.putObject("added");
        difference.added().forEach(added::set);
        ArrayNode removed = json.putArray("removed");
        difference.removed().forEach(removed::add);
        ObjectNode changed = json.putObject("changed");
        difference.changed().forEach((name, members) -> {
            ObjectNode route = changed.putObject(name);
            members.forEach((member, change) -> {
                ObjectNode both = route.putObject(member);
                if (!change.before().isMissingNode()) {
                    both.set("before", change.before());
                }
                if (!change.after().isMissingNode()) {
                    both.set("after", change.after());
                }
            });
        });
        return json.put("same", difference.same())
                .put("reordered", difference.reordered())
                .put("surroundings", difference.surroundings());
    }
}
