package dev.weft.cep.expect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.cep.offline.Told;
import dev.weft.config.Location;
import dev.weft.event.MeshEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What is known beforehand of an event that a pattern makes. What is left out may be anything.
 *
 * @param at where it is written
 * @param pattern the pattern's id
 * @param time milliseconds since 1970
 * @param data of objects, the members that are named; lists whole, member by member; numbers by value
 * @param events the ids of the events that the match took, by step, in their order; of the steps that are named
 */
public record ExpectedEvent(
        Location at,
        String pattern,
        @Nullable String type,
        @Nullable String subject,
        @Nullable Long time,
        @Nullable JsonNode data,
        Map<String, List<String>> events) {

    public ExpectedEvent {
        events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    }

    /** Returns whether this is what came. */
    public boolean isMetBy(Told told) {
        return pattern.equals(told.pattern()) && differences(told).isEmpty();
    }

    /** Returns what is otherwise in an event of the same pattern. */
    public List<Difference> differences(Told told) {
        MeshEvent event = told.event();
        List<Difference> differences = new ArrayList<>();
        if (event == null) {
            String fault = Objects.requireNonNullElse(told.fault(), Difference.NOTHING);
            return List.of(new Difference("event", "one", fault));
        }
        text("type", type, event.getType(), differences);
        text("subject", subject, event.getSubject(), differences);
        if (time != null && time != told.time()) {
            text("time", Instant.ofEpochMilli(time).toString(), told.at(), differences);
        }
        if (data != null) {
            compare("data", data, event.data(), differences);
        }
        Map<String, List<String>> came = told.ids();
        events.forEach((step, ids) -> {
            List<String> taken = came.getOrDefault(step, List.of());
            if (!ids.equals(taken)) {
                differences.add(new Difference("events." + step, list(ids), list(taken)));
            }
        });
        return differences;
    }

    /** Returns the expectation for people: {@code unpaid-order: subject "o-2", placed [e2]}. */
    public String text() {
        StringJoiner known = new StringJoiner(", ", pattern + ": ", "").setEmptyValue(pattern + ": any event");
        if (type != null) {
            known.add("type " + quoted(type));
        }
        if (subject != null) {
            known.add("subject " + quoted(subject));
        }
        if (time != null) {
            known.add("time " + Instant.ofEpochMilli(time));
        }
        if (data != null) {
            known.add("data " + data);
        }
        events.forEach((step, ids) -> known.add(step + " " + list(ids)));
        return known.toString();
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static String list(List<String> ids) {
        return "[" + String.join(", ", ids) + "]";
    }

    private static void text(
            String member, @Nullable String expected, @Nullable String found, List<Difference> differences) {
        if (expected != null && !expected.equals(found)) {
            differences.add(
                    new Difference(member, quoted(expected), found == null ? Difference.NOTHING : quoted(found)));
        }
    }

    private static void compare(String member, JsonNode expected, JsonNode found, List<Difference> differences) {
        if (expected.isObject() && found.isObject()) {
            expected.properties()
                    .forEach(each -> compare(
                            member + "." + each.getKey(), each.getValue(), found.path(each.getKey()), differences));
        } else if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(member + "[" + i + "]", expected.get(i), found.get(i), differences);
            }
        } else if (!isSame(expected, found)) {
            differences.add(new Difference(member, shown(expected), shown(found)));
        }
    }

    private static boolean isSame(JsonNode expected, JsonNode found) {
        return expected.isNumber() && found.isNumber()
                ? expected.decimalValue().compareTo(found.decimalValue()) == 0
                : expected.equals(found);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? Difference.NOTHING : value.toString();
    }
}
