package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.WrittenPatterns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where flink-cep 2.2.1 surprises, and what happens here instead, whichever engine finds it. The numbers are those of
 * the traps in the design of patterns.
 */
class FlinkCepTrapsTest {

    private static final String A_THEN_B =
            "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] } }]";
    private static final String A_WITHOUT_B =
            "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, absent: true }]";

    @Test
    void trap1TellsAMatchAtOnceAndNotWhenNoEarlierOneCanCome() {
        Scene scene = Scene.of(
                "within: 100ms",
                "afterMatch: skipPastLast",
                "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, when: data.n == a.data.n }]");
        scene.with("A:n=1@1", "A:n=2@2", "B:n=2@3");
        assertThat(scene.told()).containsExactly("match @3 a=[A2] b=[B3]");
        assertThat(scene.isForgotten()).isTrue();
    }

    @Test
    void trap2EndsAStepInTimeWithoutALaterEvent() {
        Scene scene = Scene.of(
                "within: 100ms",
                "onTimeout: { emit: { type: late } }",
                "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, within: 5ms }]");
        scene.with("A@1", "W@5");
        assertThat(scene.told()).containsExactly("timeout @6 a=[A1] waiting for b");
        assertThat(scene.isForgotten()).isTrue();
    }

    @ParameterizedTest(name = "absence is told at 11: {0}")
    @CsvSource({"A@1 W@500", "A@1 X@50 W@50", "A@1 W@11", "A@1 W@2 W@7 W@10", "A@1 A@500"})
    void trap5TellsOfAbsenceWithTheTimeAtWhichItWasSure(String happenings) {
        Scene scene = Scene.of("within: 10ms", A_WITHOUT_B).with(happenings.split(" "));
        assertThat(scene.told()).containsExactly("match @11 a=[A1]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"A@1 B@11, timeout @11 a=[A1] waiting for b", "A@1 B@10, match @10 a=[A1] b=[B2]"})
    void trap6TakesTheEndOfTheTimeAsOutside(String happenings, String told) {
        assertThat(Scene.of("within: 10ms", A_THEN_B)
                        .with(happenings.split(" "))
                        .told())
                .containsExactly(told);
    }

    @ParameterizedTest(name = "{0}: {1} matches")
    @CsvSource({"A@1 B@11 W@20, 1", "A@1 B@10 W@20, 0"})
    void trap6LetsAnEventAtTheDeadlineNotCancelAbsence(String happenings, int matches) {
        assertThat(Scene.of("within: 10ms", A_WITHOUT_B)
                        .with(happenings.split(" "))
                        .told())
                .hasSize(matches);
    }

    @Test
    void trap7GivesEachStepItsOwnTime() {
        Scene scene = Scene.of(
                "within: 100ms",
                "sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, within: 3ms },"
                        + " { step: c, where: { type: [C] }, within: 50ms }]");
        assertThat(scene.with("A@1", "B@3", "C@40").told()).containsExactly("match @40 a=[A1] b=[B2] c=[C3]");
    }

    @Test
    void trap11CountsAnAbsentStepFromTheFirstEventOfTheStepBefore() {
        Scene scene = Scene.of(
                "within: 100ms",
                "sequence: [{ step: a, where: { type: [A] }, times: 3 }, { step: n, where: { type: [N] }, absent: true },"
                        + " { step: c, where: { type: [C] } }]");
        assertThat(scene.with("A@1", "N@2", "A@3", "A@4", "C@5").told()).isEmpty();
        assertThat(scene.with("A@6", "C@7").told()).containsExactly("match @7 a=[A3, A4, A6] c=[C7]");
    }

    @Test
    void trap12ForgetsAKeyAfterItsLastMatchOrTimeout() {
        Scene scene = Scene.of("within: 10ms", A_THEN_B);
        assertThat(scene.with("A@1", "B@2").isForgotten()).isTrue();
        assertThat(scene.with("A@3").isForgotten()).isFalse();
        assertThat(scene.with("W@12").isForgotten()).isTrue();
    }

    @Test
    void trap13LetsTimePassFromBefore1970() {
        Scene scene = Scene.of("within: 10ms", A_THEN_B);
        assertThat(scene.with("A@-20", "A@0", "W@9").told())
                .containsExactly("timeout @-10 a=[A1] waiting for b", "timeout @10 a=[A2] waiting for b");
        assertThat(scene.isForgotten()).isTrue();
    }

    @Test
    void trap15TakesAConditionThatFailsAsNotMet() {
        Scene scene = Scene.of(
                "within: 100ms",
                "sequence: [{ step: a, where: { type: [A] } },"
                        + " { step: b, where: { type: [B] }, when: 1 / (data.n - a.data.n) == 1 }]");
        scene.with("A:n=1@1", "B:n=1@2", "B@3", "B:n=2@4");
        assertThat(scene.told()).containsExactly("match @4 a=[A1] b=[B4]");
        assertThat(scene.count(Outcomes.Note.CONDITION_FAILED)).isEqualTo(2);
    }

    @ParameterizedTest(name = "b+ c{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                 | b=[B1, B2, B3] c=[C4]; b=[B1, B2] c=[C4]; b=[B1] c=[C4]; b=[B2, B3] c=[C4]; b=[B2] c=[C4]; b=[B3] c=[C4]
            ', greedy: true'   | b=[B1, B2, B3] c=[C4]; b=[B2, B3] c=[C4]; b=[B3] c=[C4]
            """)
    void trap17TellsEveryMatchOfALoopUnlessItIsGreedy(String greedy, String told) {
        Scene scene = Scene.of(
                "within: 100ms",
                "afterMatch: noSkip",
                "sequence: [{ step: b, where: { type: [B] }, times: 1+" + greedy
                        + " }, { step: c, where: { type: [C] } }]");
        scene.with("B@1", "B@2", "B@3", "C@4");
        assertThat(scene.told())
                .containsExactly(Arrays.stream(told.split("; "))
                        .map(match -> "match @4 " + match)
                        .toArray(String[]::new));
    }

    @Test
    void trap19TellsEachTimeoutOnceWhateverElseComes() {
        Scene scene = Scene.of("within: 10ms", A_THEN_B).with("A@1", "X@2", "X@3", "A@4", "X@12", "W@99");
        assertThat(scene.told())
                .containsExactly("timeout @11 a=[A1] waiting for b", "timeout @14 a=[A4] waiting for b");
    }

    @Test
    void trap21KnowsWhatWasAbsentBeforeTheFirstEvent() {
        Scene scene = Scene.of(
                "within: 10ms",
                "sequence: [{ step: n, where: { type: [N] }, absent: true }, { step: a, where: { type: [A] } }]");
        scene.with("A@1", "N@2", "A@3", "A@11", "A@12");
        assertThat(scene.told()).containsExactly("match @1 a=[A1]", "match @12 a=[A5]");
        assertThat(scene.isForgotten()).isTrue();
    }

    @Test
    void trap22ShipsThePatternItself() {
        assertThat(Scene.pattern("within: 10ms", A_THEN_B)).isInstanceOf(Serializable.class);
    }

    @Test
    void trap23StartsNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (String afterMatch : List.of("noSkip", "skipPastLast")) {
            Scene.of("within: 100ms", "afterMatch: " + afterMatch, A_THEN_B).with("A@1", "B@2", "A@3", "W@200");
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .filter(thread -> !thread.isDaemon()))
                .isEmpty();
    }

    @ParameterizedTest(name = "trap {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            3  | within: 1m, sequence: [{ group: { sequence: [{ step: a, where: { type: [A] } }, { step: n, where: { type: [N] }, absent: true }] } }, { step: c, where: { type: [C] } }] | an absent step at the end of a group
            4  | within: 1m, sequence: [{ group: { within: 2ms, sequence: [{ step: a, where: { type: [A] } }] } }, { step: c, where: { type: [C] } }]                                    | within of a group
            8  | within: 0ms, sequence: [{ step: a, where: { type: [A] } }]                                                                                                             | from 1ms
            9  | within: 1m, sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, times: 1+, greedy: true }]                                                  | any number of times at the end
            10 | within: 1m, sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] }, optional: true }]                                                           | an optional last part
            14 | within: 1m, sequence: [{ step: "a:1", where: { type: [A] } }]                                                                                                          | a name of letters
            16 | within: 1m, sequence: [{ step: c, where: { type: [C] }, times: 2+, greedy: true, optional: true, until: { where: { type: [U] } } }, { step: d, where: { type: [D] } }]  | greedy, until and optional in one step
            18 | within: 1m, events: { where: { source: [s] } }, sequence: [{ step: a, where: { type: [A] } }, { step: n, where: { type: [N] }, absent: true, contiguity: next }]       | which the end of the time cannot decide
            20 | sequence: [{ step: a, where: { type: [A] } }]                                                                                                                          | without it nothing is forgotten
            """)
    void trapIsRefusedBeforeTheJobStarts(int trap, String keys, String message) {
        List<String> messages = WrittenPatterns.of(
                        "- { id: p, partitionBy: source, emit: { type: found }, " + keys + " }")
                .messages();
        assertThat(messages).as("trap " + trap).anyMatch(line -> line.contains(message));
    }
}
