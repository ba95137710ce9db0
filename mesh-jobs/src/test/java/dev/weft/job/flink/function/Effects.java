package dev.weft.job.flink.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.scenario.Seen;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What there is to see of a scenario, to be compared: as text, so that numbers are equal by how they are written, and
 * in no order, as instances do not wait for others.
 */
record Effects(
        List<String> instances,
        List<String> calls,
        List<String> events,
        List<String> lifecycle,
        List<String> replies,
        List<String> lost) {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");

    private static final Pattern LENGTH = Pattern.compile(",?\"content-length\":\"\\d+\"");

    static Effects of(Seen seen) {
        return new Effects(
                texts(seen.instances()),
                texts(seen.calls()),
                texts(seen.events()),
                texts(seen.lifecycle()),
                texts(seen.replies()),
                texts(seen.lost()));
    }

    /** Returns the same without what only a real clock and a real server add: moments, and how long an answer is. */
    Effects anywhere() {
        return new Effects(
                anywhere(instances),
                anywhere(calls),
                anywhere(events),
                anywhere(lifecycle),
                anywhere(replies),
                anywhere(lost));
    }

    private static List<String> anywhere(List<String> texts) {
        return texts.stream()
                .map(text -> TIME.matcher(text).replaceAll("(time)"))
                .map(text -> LENGTH.matcher(text).replaceAll(""))
                .sorted()
                .toList();
    }

    private static List<String> texts(List<ObjectNode> nodes) {
        return nodes.stream().map(Effects::text).sorted().toList();
    }

    /** The members of an event come in the order of its reader. */
    private static String text(ObjectNode node) {
        Map<String, JsonNode> members = new TreeMap<>();
        node.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
        return members.toString();
    }
}
