package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Events;
import dev.weft.filter.Matches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookoutTest {

    private static final List<Pattern> PATTERNS = WrittenPatterns.all("""
            - id: logins
              partitionBy: [data.tenant, data.user]
              within: 10m
              until: { where: { type: [changed] } }
              sequence:
                - { step: failed, where: { type: [login], data: { result: [denied] } }, times: 3 }
                - { step: entered, where: { type: [login] }, when: "data.ip != failed[last].data.ip" }
              emit: { type: found, subject: "${failed[0].subject}", data: { at: "${entered.data.place.city}", of: "${key}" } }
            - id: readings
              events: { where: { type: [reading] } }
              partitionBy: source
              within: 10m
              sequence:
                - { step: base }
                - { step: rise, contiguity: next, when: data.c > prev.data.c }
              emit: { type: found }
            - id: alarms
              events: { where: { source: [/tests] } }
              until: { where: { type: [reset] } }
              partitionBy: source
              within: 10m
              sequence: [{ step: a, where: { type: [reading] }, times: 3 }]
              emit: { type: found }
            """);

    @Test
    void tellsWhichConditionsAnEventMeets() {
        assertThat(seen(login("denied"))).containsExactly("0 acme/ann %s".formatted(Bits.step(0) | Bits.step(1)));
        assertThat(seen(login("granted"))).containsExactly("0 acme/ann " + Bits.step(1));
    }

    @Test
    void asksEveryPatternAndKeysEachByItsOwnValues() {
        MeshEvent reading = Events.of("t", Map.of("type", "reading"), "application/json", "{\"c\": 3}");
        assertThat(seen(reading))
                .containsExactly(
                        "1 /tests " + (Bits.step(0) | Bits.step(1) | Bits.EVENTS),
                        "2 /tests " + (Bits.step(0) | Bits.EVENTS));
    }

    @Test
    void leavesOutWhatNoStepWants() {
        assertThat(seen(Events.of("t", Map.of("type", "other"), null, null))).isEmpty();
    }

    @Test
    void asksForTheEndAmongAllEvents() {
        assertThat(seen(Events.of("t", Map.of("type", "reset", "source", "/elsewhere"), null, null)))
                .containsExactly("2 /elsewhere " + Bits.UNTIL);
    }

    @Test
    void leavesOutAnEventWithoutItsKeyAndSaysSo() {
        assertThat(seen(Events.of("t", Map.of("type", "changed"), "application/json", "{\"tenant\": \"acme\"}")))
                .containsExactly("0 without key");
    }

    @Test
    void saysThatAPayloadCannotBeRead() {
        assertThat(seen(Events.of("t", Map.of("type", "login"), "application/json", "{")))
                .containsExactly("0 failed", "0 without key");
    }

    @Test
    void keepsJustWhatThePatternAsksFor() {
        List<KeptEvent> kept = new ArrayList<>();
        MeshEvent event = Events.of(
                "t",
                Map.of("type", "login", "subject", "s", "region", "eu", "time", "2026-01-05T09:00:00Z"),
                "application/json",
                "{\"tenant\":\"acme\",\"user\":\"ann\",\"ip\":\"10.0.0.1\",\"place\":{\"city\":\"Bonn\",\"zip\":1}}");
        Lookout.of(PATTERNS).look(event, 5, new Matches(), new Collected(new ArrayList<>(), kept));
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).attributeNames()).containsExactlyInAnyOrder("id", "source", "type", "time", "subject");
        assertThat(kept.get(0).data()).hasToString("{\"ip\":\"10.0.0.1\",\"place\":{\"city\":\"Bonn\"}}");
    }

    private static MeshEvent login(String result) {
        String payload = "{\"tenant\": \"acme\", \"user\": \"ann\", \"result\": \"%s\"}".formatted(result);
        return Events.of("t", Map.of("type", "login"), "application/json", payload);
    }

    private static List<String> seen(MeshEvent event) {
        List<String> lines = new ArrayList<>();
        Lookout.of(PATTERNS).look(event, 5, new Matches(), new Collected(lines, new ArrayList<>()));
        return lines;
    }

    private record Collected(List<String> lines, List<KeptEvent> kept) implements Lookout.Sightings {

        @Override
        public void seen(int pattern, Key key, Sighting sighting) {
            lines.add(pattern + " " + key.text() + " " + sighting.holds());
            kept.add(sighting.event());
        }

        @Override
        public void withoutKey(int pattern) {
            lines.add(pattern + " without key");
        }

        @Override
        public void failed(int pattern) {
            lines.add(pattern + " failed");
        }
    }
}
