package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/patterns.md} says of matches, sentence by sentence. */
class EngineSemanticsTest {

    private static final String A_THEN_B =
            "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] } }]";

    @ParameterizedTest(name = "afterMatch: {0} tells {1}")
    @CsvSource(delimiter = '|', textBlock = """
            noSkip             | match @3 a=[A1] b=[B3]; match @3 a=[A2] b=[B3]
            skipToNext         | match @3 a=[A1] b=[B3]; match @3 a=[A2] b=[B3]
            skipPastLast       | match @3 a=[A1] b=[B3]
            { skipToFirst: b } | match @3 a=[A1] b=[B3]
            """)
    void endsMatchesThatOverlapAsAfterMatchSays(String afterMatch, String told) {
        Scene scene = Scene.of("within: 10ms", "afterMatch: " + afterMatch, A_THEN_B);
        assertThat(scene.with("A@1", "A@2", "B@3").told()).containsExactly(told.split("; "));
    }

    @ParameterizedTest(name = "afterMatch: {0} tells {1}")
    @CsvSource(delimiter = '|', textBlock = """
            noSkip            | match @3 a=[A1, A2, A3]; match @4 a=[A2, A3, A4]; match @5 a=[A3, A4, A5]
            skipPastLast      | match @3 a=[A1, A2, A3]
            { skipToLast: a } | match @3 a=[A1, A2, A3]; match @5 a=[A3, A4, A5]
            """)
    void countsOnAsAfterMatchSays(String afterMatch, String told) {
        Scene scene = Scene.of(
                "within: 10ms", "afterMatch: " + afterMatch, "sequence: [{ step: a, where: { type: [A] }, times: 3 }]");
        assertThat(scene.with("A@1", "A@2", "A@3", "A@4", "A@5").told()).containsExactly(told.split("; "));
    }

    @Test
    void keepsAPromiseOfAbsenceThatBeganAfterTheMatch() {
        Scene scene = Scene.of(
                "within: 10ms",
                "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, absent: true }]");
        assertThat(scene.with("A@1", "A@2", "W@20").told()).containsExactly("match @11 a=[A1]", "match @12 a=[A2]");
    }

    @Test
    void forgetsAllWithUntilAndBeginsAnewWithTheSameEvent() {
        Scene scene = Scene.of(
                "within: 10ms",
                "until: { where: { type: [A] } }",
                "sequence: [{ step: a, where: { type: [A, X] } }, { step: b, where: { type: [B] } }]");
        assertThat(scene.with("X@1", "A@2", "B@3").told()).containsExactly("match @3 a=[A2] b=[B3]");
    }

    @Test
    void letsAbsenceWinWhereOneEventIsBoth() {
        Scene scene = Scene.of(
                "within: 10ms",
                "sequence: [{ step: a, where: { type: [A] } }, { step: n, where: { type: [N, B] }, absent: true },"
                        + " { step: b, where: { type: [B] } }]");
        assertThat(scene.with("A@1", "B@2").told()).isEmpty();
        assertThat(scene.count(Outcomes.Note.ENDED_BY_ABSENT)).isEqualTo(1);
    }

    @Test
    void endsNothingWithAMatchThatHavingRefuses() {
        Scene scene = Scene.of(
                "within: 10ms", "having: a.data.n > 1", A_THEN_B.replace("type: [B] }", "type: [B] }, times: 2"));
        scene.with("A:n=1@1", "A:n=2@2", "B@3", "B@4");
        assertThat(scene.told()).containsExactly("match @4 a=[A2] b=[B3, B4]");
        assertThat(scene.count(Outcomes.Note.REJECTED)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} keeps {1}")
    @CsvSource(delimiter = '|', textBlock = """
            dropOldest | match @4 a=[A2] b=[B4]; match @4 a=[A3] b=[B4]
            dropNew    | match @4 a=[A1] b=[B4]; match @4 a=[A2] b=[B4]
            """)
    void givesUpWhatTheLimitsSay(String overflow, String told) {
        Scene scene = Scene.of(
                "within: 10ms",
                "afterMatch: noSkip",
                "limits: { partialsPerKey: 2, overflow: " + overflow + " }",
                A_THEN_B);
        assertThat(scene.with("A@1", "A@2", "A@3", "B@4").told()).containsExactly(told.split("; "));
        assertThat(scene.count(Outcomes.Note.DROPPED)).isEqualTo(1);
    }

    @Test
    void takesEachEventOfAStepWithinItsTimeOfTheOneBefore() {
        Scene scene = Scene.of("within: 100ms", "sequence: [{ step: a, where: { type: [A] }, times: 3, within: 5ms }]");
        scene.with("A@1", "A@5", "A@10", "A@11", "A@12");
        assertThat(scene.told().get(0)).isEqualTo("timeout @10 a=[A1, A2] waiting for a");
        assertThat(scene.told()).contains("match @12 a=[A3, A4, A5]");
    }

    @Test
    void keepsNoMorePartialMatchesThanItCounts() {
        Scene scene = Scene.of(
                "within: 1h", "afterMatch: noSkip", "sequence: [{ step: a, where: { type: [A] }, times: 100 }]");
        for (int i = 0; i < 1_000; i++) {
            scene.with("A@" + i);
        }
        assertThat(scene.told()).hasSize(901);
        assertThat(scene.open()).isEqualTo(99);
    }

    @Test
    void looksAtNothingThatNoConditionWants() {
        Scene scene = Scene.of("within: 10ms", A_THEN_B).with("X@1", "Y@2");
        assertThat(scene.isForgotten()).isTrue();
        assertThat(scene.told()).isEmpty();
    }
}
