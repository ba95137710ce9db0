package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.rules.RulesDifference;
import java.util.ArrayList;
import java.util.List;

/** The difference between two sets of routes, as people and scripts read it. */
final class DifferenceText {

    private DifferenceText() {}

    /** Returns a line for each route or pattern that is new or gone, and several for each that changed. */
    static List<String> lines(RulesDifference difference) {
        List<String> lines = new ArrayList<>();
        boolean patterns = !difference.patterns().isOfNothing();
        parts("route", difference.routes(), lines);
        parts("pattern", difference.patterns(), lines);
        if (difference.surroundings()) {
            lines.add("~ what the routes refer to: channels, limits or payloads");
        }
        lines.add((patterns ? "routes: " : "") + counts(difference.routes()));
        if (patterns) {
            lines.add("patterns: " + counts(difference.patterns()));
        }
        return lines;
    }

    private static void parts(String kind, RulesDifference.Parts parts, List<String> lines) {
        parts.added().forEach((name, part) -> lines.add("+ " + kind + " " + name + ": " + part));
        parts.removed().forEach(name -> lines.add("- " + kind + " " + name));
        parts.changed().forEach((name, members) -> {
            lines.add("~ " + kind + " " + name);
            members.forEach((member, change) -> {
                before(member, change.before(), lines);
                after(member, change.after(), lines);
            });
        });
        if (parts.reordered()) {
            lines.add("~ order of the " + kind + "s");
        }
    }

    private static String counts(RulesDifference.Parts parts) {
        return "%d added, %d removed, %d changed, %d the same"
                .formatted(
                        parts.added().size(),
                        parts.removed().size(),
                        parts.changed().size(),
                        parts.same());
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
        ObjectNode json = json(difference.routes());
        if (!difference.patterns().isOfNothing()) {
            json.set("patterns", json(difference.patterns()));
        }
        return json.put("surroundings", difference.surroundings());
    }

    private static ObjectNode json(RulesDifference.Parts parts) {
        ObjectNode json = Json.object();
        ObjectNode added = json.putObject("added");
        parts.added().forEach(added::set);
        ArrayNode removed = json.putArray("removed");
        parts.removed().forEach(removed::add);
        ObjectNode changed = json.putObject("changed");
        parts.changed().forEach((name, members) -> {
            ObjectNode part = changed.putObject(name);
            members.forEach((member, change) -> {
                ObjectNode both = part.putObject(member);
                if (!change.before().isMissingNode()) {
                    both.set("before", change.before());
                }
                if (!change.after().isMissingNode()) {
                    both.set("after", change.after());
                }
            });
        });
        return json.put("same", parts.same()).put("reordered", parts.reordered());
    }
}
