package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is known of an instance of a workflow, for people. */
final class InstanceText {

    private static final Set<String> LAST = Set.of("completed", "faulted", "cancelled");

    private InstanceText() {}

    static boolean hasEnded(JsonNode row) {
        return LAST.contains(row.path("status").asText());
    }

    /** Returns {@code namespace/name:version}. */
    static String definition(JsonNode row) {
        return "%s/%s:%s"
                .formatted(
                        row.path("namespace").asText(),
                        row.path("name").asText(),
                        row.path("version").asText());
    }

    /** Returns where it is, as far as it is anywhere. */
    static String tasks(JsonNode row) {
        return StreamSupport.stream(row.path("tasks").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
    }

    static List<String> lines(ObjectNode row) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s".formatted(row.path("id").asText(), row.path("status").asText()));
        lines.add("  workflow " + definition(row));
        add("started", row.path("startedAt"), lines);
        add("changed", row.path("updatedAt"), lines);
        if (!tasks(row).isEmpty()) {
            lines.add("  at " + tasks(row));
        }
        row.path("search")
                .properties()
                .forEach(found -> lines.add("  %s: %s".formatted(found.getKey(), found.getValue())));
        add("context", row.path("context"), lines);
        add("output", row.path("output"), lines);
        JsonNode error = row.path("error");
        if (!error.isMissingNode()) {
            lines.add("  error %s (%d) at %s%s"
                    .formatted(
                            error.path("type").asText(),
                            error.path("status").asInt(),
                            error.path("instance").asText(),
                            error.path("detail").isTextual()
                                    ? ": " + error.path("detail").asText()
                                    : ""));
        }
        return lines;
    }

    private static void add(String name, JsonNode value, List<String> lines) {
        if (!value.isMissingNode() && !value.isNull()) {
            lines.add("  %s %s".formatted(name, value.isTextual() ? value.asText() : Json.line(value)));
        }
    }
}
