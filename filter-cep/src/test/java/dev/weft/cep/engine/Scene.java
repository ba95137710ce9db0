package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Events;
import dev.weft.filter.Matches;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One pattern, and events of one key that come in their order: {@code A@5} is of the type A, 5 ms after 1970. What the
 * pattern's own engine finds, the general engine finds too.
 */
final class Scene {

    private final Lookout lookout;
    private final List<Side> sides;
    private final Matches matches = new Matches();
    private int events;

    /** One engine, and what it tells. */
    private record Side(Progress<?> progress, Told told) {

        static Side of(PatternEngine<?> engine) {
            return new Side(Progress.begin(engine), new Told());
        }
    }

    private Scene(Pattern pattern) {
        this.lookout = Lookout.of(List.of(pattern));
        this.sides = List.of(Side.of(PatternEngine.of(pattern)), Side.of(new GeneralEngine(pattern)));
    }

    /** Returns the scene of a pattern with these keys beside the usual. */
    static Scene of(String... keys) {
        return new Scene(pattern(keys));
    }

    static Pattern pattern(String... keys) {
        return WrittenPatterns.one("id: p\npartitionBy: source\nemit: { type: found }\n" + String.join("\n", keys));
    }

    /** Lets events happen, {@code A:n=1@5} with a payload, and time pass: {@code W@9} is a watermark. */
    Scene with(String... happenings) {
        for (String happening : happenings) {
            String[] parts = happening.split("@", 2);
            long time = Long.parseLong(parts[1]);
            if (parts[0].equals("W")) {
                sides.forEach(side -> side.progress().onTime(key(), time + 1, side.told()));
            } else {
                take(parts[0], time);
            }
        }
        return this;
    }

    private void take(String what, long time) {
        String[] parts = what.split(":n=", 2);
        events++;
        Map<String, String> attributes = Map.of(
                "id",
                parts[0] + events,
                "type",
                parts[0],
                "time",
                Instant.ofEpochMilli(time).toString());
        MeshEvent event = parts.length == 1
                ? Events.of("t", attributes, null, null)
                : Events.of("t", attributes, "application/json", "{\"n\": " + parts[1] + "}");
        lookout.look(event, time, matches, new Lookout.Sightings() {
            @Override
            public void seen(int pattern, Key key, Sighting sighting) {
                sides.forEach(side -> side.progress().onEvent(key, sighting, side.told()));
            }

            @Override
            public void withoutKey(int pattern) {
                throw new AssertionError("every event has a source");
            }

            @Override
            public void failed(int pattern) {
                sides.forEach(side -> side.told().noted(Outcomes.Note.CONDITION_FAILED, ""));
            }
        });
    }

    private static Key key() {
        return new Key("[\"/tests\"]", "/tests");
    }

    List<String> told() {
        return same(side -> side.told().lines);
    }

    int count(Outcomes.Note note) {
        return same(side -> side.told().notes.getOrDefault(note, 0));
    }

    boolean isForgotten() {
        return same(side -> side.progress().isEmpty());
    }

    int open() {
        return same(side -> side.progress().size());
    }

    private <T> T same(Function<Side, T> question) {
        T answer = question.apply(sides.get(0));
        assertThat(question.apply(sides.get(1))).as("the general engine").isEqualTo(answer);
        return answer;
    }
}
