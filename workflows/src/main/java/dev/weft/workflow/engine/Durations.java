package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Errors;
import dev.weft.workflow.IsoDuration;
import java.util.Map;

/** Durations that are known only when they are needed: ISO 8601, or an object such as {@code {minutes: 5}}. */
final class Durations {

    private static final double LONGEST = 1e18;

    private static final Map<String, Long> MILLIS =
            Map.of("days", 86_400_000L, "hours", 3_600_000L, "minutes", 60_000L, "seconds", 1000L, "milliseconds", 1L);

    private Durations() {}

    /** Returns milliseconds, none where it is negative. */
    static long millis(JsonNode node, String pointer) throws Failed {
        try {
            if (node.isTextual()) {
                return textMillis(node.textValue());
            }
            if (node.isObject() && !node.isEmpty()) {
                return Math.max(0, sum(node));
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            // Said below, as what is no duration in other ways is.
        }
        throw new Failed(
                Errors.EXPRESSION,
                pointer,
                "found " + Shown.briefly(node)
                        + " as a duration, expected ISO 8601 such as PT5M, or an object such as {\"minutes\":5}");
    }

    /** A span that is computed may be negative, as the time between two moments may be: then it is none. */
    private static long textMillis(String text) {
        boolean negative = text.startsWith("-");
        long millis = IsoDuration.parse(negative ? text.substring(1) : text)
                .orElseThrow(() -> new IllegalArgumentException("no duration"))
                .toMillis();
        return negative ? 0 : millis;
    }

    private static long sum(JsonNode node) {
        long sum = 0;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Long unit = MILLIS.get(field.getKey());
            if (unit == null || !field.getValue().isNumber()) {
                throw new IllegalArgumentException("no duration");
            }
            double millis = field.getValue().doubleValue() * unit;
            if (Math.abs(millis) > LONGEST) {
                throw new ArithmeticException("too long");
            }
            sum += Math.round(millis);
        }
        return sum;
    }
}
