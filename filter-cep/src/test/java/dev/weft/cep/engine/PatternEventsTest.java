package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import dev.weft.cep.emit.UnfilledException;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternEventsTest {

    private static final Pattern PATTERN = WrittenPatterns.one("""
            id: guessed
            version: 7
            partitionBy: [data.tenant, data.user]
            within: 10m
            sequence:
              - { step: failed, where: { type: [denied] }, times: 2 }
              - { step: entered, where: { type: [granted] } }
            emit:
              type: risk.guessed
              subject: ${key}
              data:
                tries: ${count(failed)}
                addresses: ${distinct(failed.data.ip)}
                user: user ${entered.data.user} of ${pattern.id}@${string(pattern.version)}
                none: ${entered.data.none}
                span: ["${start}", "${end}"]
                fixed: 1.50
            onTimeout:
              emit: { type: risk.tried, source: "/risk/${failed[0].data.ip}", data: { missing: "${waitingFor}", at: "${deadline}" } }
            """);

    private static final Key KEY =
            Key.of(List.of(JsonNodeFactory.instance.textNode("acme"), JsonNodeFactory.instance.textNode("ann")));

    @Test
    void makesAnEventOfAMatch() throws UnfilledException {
        MeshEvent event = PatternEvents.of(PATTERN).of(match(), KEY).orElseThrow();
        assertThat(event.getType()).isEqualTo("risk.guessed");
        assertThat(event.attribute("source")).isEqualTo("/weft/patterns/guessed");
        assertThat(event.getSubject()).isEqualTo("acme/ann");
        assertThat(event.attribute("time")).isEqualTo("1970-01-01T00:00:03Z");
        assertThat(event.attribute("cepattern")).isEqualTo("guessed");
        assertThat(event.attribute("cepatternversion")).isEqualTo("7");
        assertThat(event.data())
                .hasToString("{\"tries\":2,\"addresses\":[\"10.0.0.1\"],\"user\":\"user ann of guessed@7\","
                        + "\"span\":[\"1970-01-01T00:00:01Z\",\"1970-01-01T00:00:03Z\"],\"fixed\":1.50}");
    }

    @Test
    void makesAnEventOfATimeoutWithTheTimeOfItsDeadline() throws UnfilledException {
        Map<String, List<KeptEvent>> taken = Map.of("failed", List.of(event("f1", 1_000)));
        MeshEvent event = PatternEvents.of(PATTERN)
                .of(new Outcomes.Timeout(taken, 601_000, "failed"), KEY)
                .orElseThrow();
        assertThat(event.attribute("time")).isEqualTo("1970-01-01T00:10:01Z");
        assertThat(event.attribute("source")).isEqualTo("/risk/10.0.0.1");
        assertThat(event.data()).hasToString("{\"missing\":\"failed\",\"at\":\"1970-01-01T00:10:01Z\"}");
    }

    @Test
    void givesTheSameMatchTheSameIdAndOthersAnother() throws UnfilledException {
        PatternEvents events = PatternEvents.of(PATTERN);
        String id = events.of(match(), KEY).orElseThrow().getId();
        assertThat(events.of(match(), KEY).orElseThrow().getId()).isEqualTo(id).hasSize(32);
        Map<String, List<KeptEvent>> other = new LinkedHashMap<>(match().taken());
        other.put("entered", List.of(event("e2", 3_000)));
        assertThat(events.of(new Outcomes.Match(other, 3_000), KEY)
                        .orElseThrow()
                        .getId())
                .isNotEqualTo(id);
    }

    @Test
    void saysWhyAMatchBecomesNoEvent() {
        Pattern pattern = WrittenPatterns.one("""
                id: p
                partitionBy: source
                within: 1m
                sequence: [{ step: a, where: { type: [A] } }]
                emit: { type: "${a.data.kind}" }
                """);
        Outcomes.Match match = new Outcomes.Match(Map.of("a", List.of(event("a", 1))), 1);
        assertThatThrownBy(() -> PatternEvents.of(pattern).of(match, KEY))
                .isInstanceOf(UnfilledException.class)
                .hasMessage("the type of the event is missing; it is made of ${a.data.kind}");
    }

    private static Outcomes.Match match() {
        Map<String, List<KeptEvent>> taken = new LinkedHashMap<>();
        taken.put("failed", List.of(event("f1", 1_000), event("f2", 2_000)));
        taken.put("entered", List.of(event("e1", 3_000)));
        return new Outcomes.Match(taken, 3_000);
    }

    private static KeptEvent event(String id, long time) {
        return new KeptEvent(
                time,
                Origin.NONE,
                Map.of("id", id, "source", "/s"),
                JsonNodeFactory.instance.objectNode().put("ip", "10.0.0.1").put("user", "ann"));
    }
}
