package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of scenarios, for people and for programs. Of those that failed it tells what was expected and where that
 * is written, what was found, and how things were then.
 */
public record ScenarioReport(List<ScenarioResult> results) {

    public ScenarioReport {
        results = List.copyOf(results);
    }

    /** Returns whether all was as expected. */
    public boolean isPassed() {
        return results.stream().allMatch(ScenarioResult::isPassed);
    }

    private long failed() {
        return results.stream().filter(result -> !result.isPassed()).count();
    }

    /** Returns the report as lines of text. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ScenarioResult result : results) {
            Scenario scenario = result.scenario();
            String outcome = result.isPassed() ? "ok    " : "FAILED";
            lines.add("%s  %s  %s".formatted(outcome, place(scenario.at()), scenario.name()));
            for (Difference difference : result.differences()) {
                lines.add("  %s  %s: expected %s, found %s"
                        .formatted(
                                place(difference.at()), difference.what(), difference.expected(), difference.found()));
            }
            if (!result.isPassed()) {
                seen(result.seen(), lines);
            }
        }
        lines.add("");
        String scenarios = results.size() == 1 ? "1 scenario" : results.size() + " scenarios";
        lines.add(isPassed() ? "passed: " + scenarios : "FAILED: %d of %s".formatted(failed(), scenarios));
        return lines;
    }

    private static void seen(Seen seen, List<String> lines) {
        lines.add("  what there was:");
        seen.instances().forEach(it -> lines.add("    instance " + Comparison.shown(it)));
        seen.events().forEach(it -> lines.add("    event    " + Comparison.shown(it)));
        seen.calls().forEach(it -> lines.add("    call     " + Comparison.shown(it)));
        seen.replies().forEach(it -> lines.add("    reply    " + Comparison.shown(it)));
        seen.lost().forEach(it -> lines.add("    lost     " + Comparison.shown(it)));
    }

    private static String place(Location at) {
        return at.file() + ":" + at.line();
    }

    /** Returns the report as JSON. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("passed", isPassed());
        json.put("scenarios", results.size()).put("failed", failed());
        ArrayNode all = json.putArray("results");
        for (ScenarioResult result : results) {
            ObjectNode one = located(all.addObject(), result.scenario().at())
                    .put("name", result.scenario().name())
                    .put("passed", result.isPassed());
            ArrayNode differences = one.putArray("differences");
            for (Difference difference : result.differences()) {
                located(differences.addObject(), difference.at())
                        .put("what", difference.what())
                        .put("expected", difference.expected())
                        .put("found", difference.found());
            }
            if (!result.isPassed()) {
                one.set("seen", json(result.seen()));
            }
        }
        return json;
    }

    private static ObjectNode located(ObjectNode json, Location at) {
        return json.put("file", at.file()).put("line", at.line());
    }

    private static ObjectNode json(Seen seen) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("instances").addAll(seen.instances());
        json.putArray("events").addAll(seen.events());
        json.putArray("calls").addAll(seen.calls());
        json.putArray("replies").addAll(seen.replies());
        json.putArray("lost").addAll(seen.lost());
        return json;
    }
}
