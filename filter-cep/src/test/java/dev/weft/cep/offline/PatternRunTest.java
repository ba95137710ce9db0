package dev.weft.cep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.event.PayloadReaders;
import dev.weft.filter.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternRunTest {

    private static final Pattern PAIR = WrittenPatterns.one("""
            id: pair
            partitionBy: subject
            within: 10ms
            sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] } }]
            emit: { type: pair, subject: "${key}" }
            onTimeout: { emit: { type: alone, subject: "${key}" } }
            """);

    private static final Pattern SILENCE = WrittenPatterns.one("""
            id: silence
            partitionBy: subject
            within: 5ms
            sequence: [{ step: a, where: { type: [A] } }, { step: none, where: { type: [B] }, absent: true }]
            emit: { type: silence, subject: "${key}" }
            """);

    @Test
    void tellsWhatAllPatternsFindInTheOrderOfTime() {
        assertThat(told("A:x@0", "B:x@7", "A:y@1"))
                .containsExactly(
                        "silence @5 silence of x: a [A1]",
                        "silence @6 silence of y: a [A3]",
                        "pair @7 pair of x: a [A1], b [B2]",
                        "alone @11 pair of y: a [A3]");
    }

    @Test
    void findsTheSameInWhateverOrderTheEventsAreGiven() {
        List<TimedEvent> events =
                Happened.events("A:x@0", "B:x@7", "A:y@1", "B:y@2", "A:x@7", "A:z@7", "B:z@9", "B:x@30");
        PatternRun run = PatternRun.of(List.of(PAIR, SILENCE));
        RunResult expected = run.run(events, 100);
        List<TimedEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(5));

        assertThat(lines(run.run(shuffled, 100))).isEqualTo(lines(expected)).hasSize(6);
    }

    @Test
    void eventsOfOneMillisecondHappenAsTheyWereGiven() {
        assertThat(told("B:x@3", "A:x@3")).doesNotContain("pair @3 pair of x: a [A2], b [B1]");
        assertThat(told("A:x@3", "B:x@3")).contains("pair @3 pair of x: a [A1], b [B2]");
    }

    @Test
    void timeUsuallyEndsWhenAllIsDecided() {
        PatternRun run = PatternRun.of(List.of(PAIR, SILENCE));
        assertThat(run.usualEnd(Happened.events("A:x@20", "A:x@7"))).isEqualTo(30);
        assertThat(run.usualEnd(List.of())).isZero();
    }

    @Test
    void whatComesAfterTheEndDoesNotHappen() {
        RunResult result = PatternRun.of(List.of(PAIR)).run(Happened.events("A:x@0", "B:x@3", "A:y@1"), 2);
        assertThat(result.told()).isEmpty();
        assertThat(result.events()).isEqualTo(2);
        assertThat(result.counts().get(0).open()).isEqualTo(2);
    }

    @Test
    void deadlinesUpToTheEndAreOver() {
        PatternRun run = PatternRun.of(List.of(PAIR));
        assertThat(run.run(Happened.events("A:x@0"), 9).told()).isEmpty();
        assertThat(run.run(Happened.events("A:x@0"), 10).told()).hasSize(1);
    }

    @Test
    void countsWhatHappened() {
        PatternCounts counts = PatternRun.of(List.of(PAIR))
                .run(Happened.events("A:x@0", "A:x@1", "B:x@2", "C:x@2", "A@3", "A:y@4"), 100)
                .counts()
                .get(0);
        assertThat(counts)
                .isEqualTo(new PatternCounts(
                        "pair", 4, 2, 1, 1, 1, Map.of("a", 3, "b", 1), Map.of(Note.TAKEN, 4, Note.SKIPPED, 1), 0));
    }

    @Test
    void saysWhyAMatchBecomesNoEvent() {
        Pattern pattern = WrittenPatterns.one("""
                id: p
                partitionBy: subject
                within: 1m
                sequence: [{ step: a, where: { type: [A] } }]
                emit: { type: "${a.data.kind}" }
                """);
        Told told = PatternRun.of(List.of(pattern))
                .run(Happened.events("A:x:1@0"), 0)
                .heard()
                .get(0);
        assertThat(told.event()).isNull();
        assertThat(told.fault()).contains("the type of the event is missing");
    }

    @Test
    void anEventWithoutATimeIsNone() {
        assertThat(TimedEvent.of(1, Events.withAttributes(Map.of()), PayloadReaders.jsonOnly()))
                .isEmpty();
    }

    private static List<String> told(String... events) {
        return lines(PatternRun.of(List.of(PAIR, SILENCE)).run(Happened.events(events), 100));
    }

    private static List<String> lines(RunResult result) {
        return result.told().stream()
                .map(told -> "%s @%d %s of %s: %s"
                        .formatted(
                                Objects.requireNonNull(told.event()).getType(),
                                told.time(),
                                told.pattern(),
                                told.key().text(),
                                told.idsInWords()))
                .toList();
    }
}
