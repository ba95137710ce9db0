package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Key;
import dev.weft.cep.offline.Happening;
import dev.weft.cep.offline.KeyHistory;
import dev.weft.cep.offline.KeyedEvents;
import dev.weft.cep.offline.Moment;
import dev.weft.cep.offline.OpenMatch;
import dev.weft.cep.offline.TimedEvent;
import dev.weft.config.Nearest;
import dev.weft.event.MeshEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one pattern made of the events of one key, as a command shows it.
 *
 * @param histories one, or several where different keys have the same text
 * @param end when time ended, milliseconds since 1970
 */
record KeyStory(Pattern pattern, KeyedEvents events, List<KeyHistory> histories, long end) {

    /**
     * Tells the story.
     *
     * @param end null to end with the last event
     */
    static KeyStory of(Pattern pattern, String key, List<TimedEvent> events, @Nullable Long end) throws CommandFailure {
        KeyedEvents keyed = KeyedEvents.of(pattern, events);
        List<Key> keys =
                keyed.keys().stream().filter(each -> each.text().equals(key)).toList();
        if (keys.isEmpty()) {
            throw CommandFailure.input(noSuchKey(pattern, key, keyed));
        }
        long last = end != null
                ? end
                : events.stream().mapToLong(TimedEvent::time).max().orElse(0);
        List<KeyHistory> histories =
                keys.stream().map(each -> keyed.history(each, last)).toList();
        return new KeyStory(pattern, keyed, histories, last);
    }

    private static String noSuchKey(Pattern pattern, String key, KeyedEvents keyed) {
        List<String> known = keyed.keys().stream().map(Key::text).distinct().toList();
        String without = keyed.withoutKey().isEmpty()
                ? ""
                : "; " + Counted.of(keyed.withoutKey().size(), "event") + " without a key";
        return "weft explain: --key: found \"%s\", expected a key of pattern %s: %s%s%s"
                .formatted(
                        key,
                        pattern.id(),
                        known.isEmpty() ? "no event has one" : Nearest.list(known),
                        without,
                        Nearest.to(key, known)
                                .map(near -> ". Did you mean \"" + near + "\"?")
                                .orElse(""));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (KeyHistory history : histories) {
            lines.add("pattern %s, key %s"
                    .formatted(
                            pattern.id(),
                            histories.size() == 1
                                    ? history.key().text()
                                    : history.key().json()));
            history.moments().forEach(moment -> lines.add("  " + line(moment)));
            lines.add(open(history));
            history.open().forEach(each -> lines.add("  " + each.text()));
        }
        if (!events.withoutKey().isEmpty()) {
            lines.add("%s without a key: %s"
                    .formatted(
                            Counted.of(events.withoutKey().size(), "event"),
                            numbers().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        return lines;
    }

    private String open(KeyHistory history) {
        String at = Instant.ofEpochMilli(end).toString();
        return history.open().isEmpty()
                ? "nothing is open at " + at
                : "open at %s, if nothing more comes:".formatted(at);
    }

    private static String line(Moment moment) {
        String said = moment.happenings().stream().map(Happening::text).collect(Collectors.joining("; "));
        return "%s  %s: %s".formatted(Instant.ofEpochMilli(moment.time()), what(moment.event()), said);
    }

    private static String what(@Nullable TimedEvent timed) {
        if (timed == null) {
            return "no event";
        }
        MeshEvent event = timed.event();
        return "event %d, %s %s".formatted(timed.number(), event.getType(), event.getId());
    }

    private List<Integer> numbers() {
        return events.withoutKey().stream().map(TimedEvent::number).toList();
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("pattern", pattern.id())
                .put("until", Instant.ofEpochMilli(end).toString());
        ArrayNode keys = json.putArray("keys");
        histories.forEach(each -> keys.add(json(each)));
        numbers().forEach(json.putArray("withoutKey")::add);
        return json;
    }

    private static ObjectNode json(KeyHistory history) {
        ObjectNode json = Json.object().put("key", history.key().text());
        ArrayNode moments = json.putArray("moments");
        for (Moment moment : history.moments()) {
            ObjectNode each = moments.addObject()
                    .put("time", Instant.ofEpochMilli(moment.time()).toString());
            TimedEvent timed = moment.event();
            if (timed != null) {
                each.put("number", timed.number())
                        .put("id", timed.event().getId())
                        .put("type", timed.event().getType());
            }
            ArrayNode happened = each.putArray("happened");
            moment.happenings().forEach(happening -> happened.add(json(happening)));
        }
        ArrayNode open = json.putArray("open");
        history.open().forEach(each -> open.add(json(each)));
        return json;
    }

    private static ObjectNode json(Happening happening) {
        ObjectNode json = Json.object()
                .put("what", happening.what().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (!happening.step().isEmpty()) {
            json.put("step", happening.step());
        }
        json.put("said", happening.said());
        if (!happening.values().isEmpty()) {
            ObjectNode values = json.putObject("values");
            happening.values().forEach((name, value) -> {
                if (!value.isMissingNode()) {
                    values.set(name, value);
                }
            });
        }
        return json;
    }

    private static ObjectNode json(OpenMatch open) {
        ObjectNode json =
                Json.object().put("until", Instant.ofEpochMilli(open.until()).toString());
        if (open.waitingFor() != null) {
            json.put("waitingFor", open.waitingFor());
        }
        json.set("events", FoundJson.ids(open.ids()));
        return json;
    }
}
