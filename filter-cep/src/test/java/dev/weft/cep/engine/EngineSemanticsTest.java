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

    /** Steps by their letters: each takes events of its own type, as {@code k} says. */
    private static String sequence(String parts) {
        return "events: { where: { type: [A, B, C, D, X] } }\nsequence: ["
                + parts.replaceAll("\\b([a-d]):", "step: $1, where: { type: [_$1] },")
                        .replace("_a", "A")
                        .replace("_b", "B")
                        .replace("_c", "C")
                        .replace("_d", "D")
                + "]";
    }

    @ParameterizedTest(name = "{0} over {1} tells {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # contiguity: until it has its event, even then, or not at all
            { a: }, { b: }                                     | A@1 X@2 B@3 B@4     | match @3 a=[A1] b=[B3]
            { a: }, { b: contiguity: followedByAny }           | A@1 X@2 B@3 B@4     | match @3 a=[A1] b=[B3]; match @4 a=[A1] b=[B4]
            { a: }, { b: contiguity: next }                    | A@1 B@2 B@3         | match @2 a=[A1] b=[B2]
            { a: }, { b: contiguity: next }                    | A@1 X@2 B@3         | ''
            # repeat says the same between the events of one step
            { a: times: 2, repeat: consecutive }, { b: }       | A@1 X@2 A@3 B@4     | ''
            { a: times: 2, repeat: consecutive }, { b: }       | A@1 A@3 X@4 B@5     | match @5 a=[A1, A2] b=[B4]
            { a: times: 2, repeat: combinations }, { b: }      | A@1 A@2 A@3 B@4     | match @4 a=[A1, A2] b=[B4]; match @4 a=[A1, A3] b=[B4]; match @4 a=[A2, A3] b=[B4]
            # optional parts, and ranges
            { a: }, { b: optional: true }, { c: }              | A@1 B@2 C@3         | match @3 a=[A1] b=[B2] c=[C3]; match @3 a=[A1] c=[C3]
            { a: }, { b: times: 0..1, contiguity: next }, { c: contiguity: next } | A@1 B@2 C@3 | match @3 a=[A1] b=[B2] c=[C3]
            { a: optional: true }, { b: }                      | A@1 B@2             | match @2 a=[A1] b=[B2]; match @2 b=[B2]
            { a: times: 1..2 }                                 | A@1 A@2             | match @1 a=[A1]; match @2 a=[A1, A2]; match @2 a=[A2]
            # greedy takes it alone
            { a: }, { b: times: 1+, greedy: true }, { c: }     | A@1 B@2 B@3 C@4     | match @4 a=[A1] b=[B2, B3] c=[C4]
            { a: times: 1+, greedy: true }, { b: when: data.n == 1 }, { c: } | A@1 C@3 B:n=1@4 C@5 | match @5 a=[A1] b=[B3] c=[C4]
            # until of a step ends its going on, and nothing else
            { a: times: 1+, until: { where: { type: [X] } } }, { b: } | A@1 X@2 A@3 B@4 | match @4 a=[A1] b=[B4]; match @4 a=[A3] b=[B4]
            { a: times: 2+, until: { where: { type: [X] } } }, { b: } | A@1 X@2 A@3 B@4 | ''
            # groups
            { group: { sequence: [{ a: }, { b: }], times: 2 } }, { c: } | A@1 B@2 A@3 B@4 C@5 | match @5 a=[A1, A3] b=[B2, B4] c=[C5]
            { c: }, { group: { contiguity: next, sequence: [{ a: }, { b: }], times: 2 } } | C@1 A@2 B@3 X@4 A@5 B@6 | match @6 c=[C1] a=[A2, A5] b=[B3, B6]
            { c: }, { group: { sequence: [{ a: contiguity: next }, { b: }], times: 2 } } | C@1 X@2 A@3 B@4 X@5 A@6 B@7 | ''
            { group: { sequence: [{ a: times: 1..2 }], times: 1..2 } }, { b: contiguity: next } | A@1 A@2 B@3 | match @3 a=[A1, A2] b=[B3]; match @3 a=[A2] b=[B3]
            # absence: from the first event on, and only for what lies behind
            { a: times: 2..3 }, { d: absent: true }, { b: }    | A@1 D@2 A@3 B@4     | ''
            { a: }, { d: absent: true }, { b: optional: true }, { c: } | A@1 D@2 C@3  | ''
            { a: }, { d: absent: true }, { b: optional: true }, { c: } | A@1 B@2 D@3 C@4 | match @4 a=[A1] b=[B2] c=[C4]
            { group: { sequence: [{ a: }], times: 1+ } }, { d: absent: true }, { b: } | A@1 D@2 A@3 B@4 | match @4 a=[A1, A3] b=[B4]; match @4 a=[A3] b=[B4]
            { a: }, { d: absent: true, contiguity: next }, { b: } | A@1 D@2 B@3      | ''
            { a: }, { d: absent: true, contiguity: next }, { b: } | A@1 X@2 D@3 B@4  | match @4 a=[A1] b=[B4]
            { d: absent: true, within: 3ms }, { a: times: 1..2 }, { b: } | D@1 A@3 A@4 B@5 | match @5 a=[A3] b=[B4]
            # time: the last of several deadlines, and the first step of those that had it
            { a: }, { b: optional: true, within: 2ms }, { c: within: 5ms } | A@1 W@20 | timeout @6 a=[A1] waiting for c
            { a: }, { b: optional: true }, { c: }              | A@1 W@200           | timeout @101 a=[A1] waiting for b
            { a: }, { b: times: 1..2 }                         | A@1 B@2 W@200       | match @2 a=[A1] b=[B2]
            { a: times: 1..2 }, { d: absent: true, within: 5ms } | A@1 W@200         | match @6 a=[A1]
            # an event outside of events lies between nothing
            { a: }, { b: contiguity: next }                    | A@1 Z@2 B@3         | match @3 a=[A1] b=[B3]
            """)
    void findsWhatThePageSays(String parts, String happenings, String told) {
        Scene scene = Scene.of("within: 100ms", "afterMatch: noSkip", sequence(parts));
        scene.with(happenings.split(" "));
        assertThat(String.join("; ", scene.told())).isEqualTo(told);
    }

    @ParameterizedTest(name = "afterMatch: {0} tells {1}")
    @CsvSource(delimiter = '|', textBlock = """
            noSkip             | match @3 a=[A1, A2] b=[B3]; match @3 a=[A1] b=[B3]; match @3 a=[A2] b=[B3]; match @4 a=[A1, A2] b=[B4]; match @4 a=[A1] b=[B4]; match @4 a=[A2] b=[B4]
            skipToNext         | match @3 a=[A1, A2] b=[B3]; match @3 a=[A2] b=[B3]
            skipPastLast       | match @3 a=[A1, A2] b=[B3]
            { skipToFirst: b } | match @3 a=[A1, A2] b=[B3]
            """)
    void endsBranchesAsAfterMatchSays(String afterMatch, String told) {
        Scene scene = Scene.of(
                "within: 100ms",
                "afterMatch: " + afterMatch,
                sequence("{ a: times: 1..2 }, { b: contiguity: followedByAny }"));
        assertThat(scene.with("A@1", "A@2", "B@3", "B@4").told()).containsExactly(told.split("; "));
    }

    private static final String CORRELATED =
            "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, when: data.n == a.data.n }]";

    @Test
    void holdsWithLeftmostUntilNoneCanComeThatBeganEarlier() {
        Scene scene = Scene.of("within: 100ms", "emission: leftmost", CORRELATED);
        scene.with("A:n=1@1", "A:n=2@2", "B:n=2@3");
        assertThat(scene.told()).isEmpty();
        assertThat(scene.with("W@101").told())
                .containsExactly("timeout @101 a=[A1] waiting for b", "match @3 a=[A2] b=[B3]");
        assertThat(scene.isForgotten()).isTrue();
    }

    @Test
    void forgetsWhatIsHeldWhenOneComesThatBeganEarlier() {
        Scene scene = Scene.of("within: 100ms", "emission: leftmost", CORRELATED);
        assertThat(scene.with("A:n=1@1", "A:n=2@2", "B:n=2@3", "B:n=1@4").told())
                .containsExactly("match @4 a=[A1] b=[B4]");
        assertThat(scene.isForgotten()).isTrue();
    }

    @Test
    void tellsWhatIsHeldWhenUntilEndsTheRest() {
        Scene scene = Scene.of("within: 100ms", "emission: leftmost", "until: { where: { type: [U] } }", CORRELATED);
        assertThat(scene.with("A:n=1@1", "A:n=2@2", "B:n=2@3", "U@4").told()).containsExactly("match @3 a=[A2] b=[B3]");
    }

    @ParameterizedTest(name = "{0} keeps {1}")
    @CsvSource(delimiter = '|', textBlock = """
            dropOldest | match @4 a=[A1] b=[B2, B3] c=[C4]
            dropNew    | match @4 a=[A1] b=[B2] c=[C4]
            """)
    void countsEachBranchAsAPartialMatch(String overflow, String told) {
        Scene scene = Scene.of(
                "within: 100ms",
                "limits: { partialsPerKey: 1, overflow: " + overflow + " }",
                sequence("{ a: }, { b: times: 1+ }, { c: }"));
        assertThat(scene.with("A@1", "B@2", "B@3", "C@4").told()).containsExactly(told);
        assertThat(scene.count(Outcomes.Note.DROPPED)).isEqualTo(1);
    }

    @Test
    void notesThatSomethingLayBetween() {
        Scene scene = Scene.of("within: 100ms", sequence("{ a: }, { b: contiguity: next }"));
        scene.with("A@1", "X@2");
        assertThat(scene.count(Outcomes.Note.INTERRUPTED)).isEqualTo(1);
        assertThat(scene.isForgotten()).isTrue();
    }
}
