package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.NOON;
import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waits, timeouts and retries. */
class TimeTest {

    private static final String TIMEOUT = "https://serverlessworkflow.io/spec/1.0.0/errors/timeout";

    @ParameterizedTest(name = "wait {0} is {1} ms")
    @CsvSource(
            delimiter = '|',
            value = {
                "{ seconds: 2 } | 2000",
                "PT1.5S | 1500",
                "\"${ .span }\" | 60000",
                "{ days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 } | 90061001"
            })
    void aWaitEndsAtItsTimeAndMakesNoChange(String span, long millis) {
        Story story =
                Story.of("do: [ { pause: { wait: %s } } ]".formatted(span)).start("{'span': 'PT1M'}");
        assertThat(story.latest()).containsExactly(new Effect.WakeAt(NOON + millis));
        assertThat(story.status()).isEqualTo(Status.WAITING);
        story.pass(millis - 1);
        assertThat(story.latest()).containsExactly(new Effect.WakeAt(NOON + millis));
        story.pass(1);
        assertThat(story.output()).isEqualTo(json("{'span': 'PT1M'}"));
        assertThat(story.latest()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'{ seconds: 0 }'", "PT0S", "'\"${ .negative }\"'"})
    void aWaitForNoTimeEndsAtOnce(String span) {
        assertThat(Story.of("do: [ { pause: { wait: %s } } ]".formatted(span))
                        .start("{'negative': '-PT1S'}")
                        .status())
                .isEqualTo(Status.COMPLETED);
    }

    @Test
    void whatIsNoDurationIsAnErrorInWords() {
        assertThat(Story.of("do: [ { pause: { wait: \"${ .x }\" } } ]")
                        .start("{'x': 'soon'}")
                        .error()
                        .detail())
                .isEqualTo("found \"soon\" as a duration, expected ISO 8601 such as PT5M, or an object such as"
                        + " {\"minutes\":5}");
    }

    @Test
    void aTaskThatTakesTooLongIsInterruptedAndTheErrorMayBeCaught() {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - slow:
                            timeout: { after: { seconds: 5 } }
                            do:
                              - pause: { wait: { seconds: 10 } }
                      catch:
                        errors: { with: { type: %s, status: 408 } }
                        do:
                          - note: { set: { late: "${ $error.instance }" } }
                """.formatted(TIMEOUT)).start("{}").pass(5000);
        assertThat(story.output()).isEqualTo(json("{'late': '/do/0/attempt/try/0/slow'}"));
    }

    @Test
    void aTimeoutThatIsNotCaughtFaultsTheInstance() {
        Story story = Story.of("""
                do:
                  - slow: { timeout: { after: { seconds: 5 } }, wait: { seconds: 10 } }
                """).start("{}").pass(5000);
        assertThat(story.error().type()).isEqualTo(TIMEOUT);
        assertThat(story.error().instance()).isEqualTo("/do/0/slow");
    }

    @Test
    void aWorkflowThatTakesTooLongIsFaultedWhateverItCatches() {
        Story story = Story.of("""
                timeout: { after: { seconds: 5 } }
                do:
                  - attempt:
                      try:
                        - slow: { wait: { seconds: 10 } }
                      catch:
                        do: [ { never: { set: { never: true } } } ]
                """).start("{}").pass(5000);
        assertThat(story.status()).isEqualTo(Status.FAULTED);
        assertThat(story.error().type()).isEqualTo(TIMEOUT);
    }

    @Test
    void atTheSameTimeWhatIsInsideComesFirst() {
        Story story = Story.of("""
                do:
                  - outer:
                      timeout: { after: { seconds: 5 } }
                      do:
                        - pause: { wait: { seconds: 5 } }
                        - set: { set: { done: true } }
                """).start("{}").pass(5000);
        assertThat(story.output()).isEqualTo(json("{'done': true}"));
    }

    @Test
    void whatWasDueLongAgoHappensInTheOrderOfTime() {
        Story story = Story.of("""
                do:
                  - both:
                      fork:
                        branches:
                          - late: { do: [ { a: { wait: { seconds: 20 } } }, { b: { emit: { event: { with: { type: late, data: l } } } } } ] }
                          - early: { do: [ { c: { wait: { seconds: 10 } } }, { d: { emit: { event: { with: { type: early, data: e } } } } } ] }
                """).start("{}").pass(3_600_000);
        assertThat(story.emitted()).containsExactly(json("'e'"), json("'l'"));
        assertThat(story.status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aTimeoutMayComeWhileAnErrorIsBeingDealtWith() {
        Story story = Story.of("""
                do:
                  - outer:
                      try:
                        - inner:
                            timeout: { after: { seconds: 5 } }
                            try:
                              - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                            catch:
                              do:
                                - slow: { wait: { seconds: 10 } }
                      catch:
                        do: [ { note: { set: { error: "${ $error.type }" } } } ]
                """).start("{}").pass(5000);
        assertThat(story.output()).isEqualTo(json("{'error': '" + TIMEOUT + "'}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "delay: { seconds: 1 } | 1000, 1000, 1000",
                "delay: { seconds: 1 }, backoff: { constant: {} } | 1000, 1000, 1000",
                "delay: { seconds: 1 }, backoff: { linear: {} } | 1000, 2000, 3000",
                "delay: { seconds: 1 }, backoff: { exponential: {} } | 1000, 2000, 4000",
                "delay: { hours: 1 }, backoff: { exponential: {} } | 3600000, 3600000, 3600000",
            })
    void attemptsAreMadeAgainAfterTheirDelays(String policy, String delays) {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - tell: { emit: { event: { with: { type: tried, data: "${ . }" } } } }
                        - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                      catch:
                        retry: { %s, limit: { attempt: { count: 3 } } }
                        do: [ { note: { set: { gave: up } } } ]
                """.formatted(policy)).start("1");
        for (String delay : delays.split(", ")) {
            assertThat(story.status()).isEqualTo(Status.WAITING);
            story.pass(Long.parseLong(delay) - 1);
            assertThat(story.status()).isEqualTo(Status.WAITING);
            story.pass(1);
        }
        assertThat(story.output()).isEqualTo(json("{'gave': 'up'}"));
        assertThat(story.emitted()).hasSize(4);
    }

    @Test
    void anAttemptThatSucceedsIsTheLast() {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - first:
                            if: $context == null
                            do:
                              - note: { set: { n: 1 }, export: { as: . } }
                              - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                        - done: { set: { context: "${ $context }", input: "${ . }" } }
                      catch:
                        retry: { delay: PT0S, limit: { attempt: { count: 3 } } }
                """).start("{'x': 1}");
        assertThat(story.output()).isEqualTo(json("{'context': {'n': 1}, 'input': {'x': 1}}"));
    }

    @Test
    void retriesThatAreNotMeantAreNotMade() {
        assertThat(Story.of("""
                        do:
                          - attempt:
                              try:
                                - wrong: { raise: { error: { type: https://example.com/wrong, status: 404 } } }
                              catch:
                                retry: { delay: PT1S, when: "$error.status >= 500" }
                                do: [ { note: { set: { gave: up } } } ]
                        """).start("{}").output()).isEqualTo(json("{'gave': 'up'}"));
    }

    @Test
    void nothingIsTriedAgainAfterTheWholeTime() {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                      catch:
                        retry: { delay: PT10S, limit: { duration: PT25S } }
                """).start("{}").pass(10_000).pass(10_000);
        assertThat(story.status()).isEqualTo(Status.FAULTED);
    }

    @Test
    void anAttemptMayTakeOnlySoLong() {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - tell: { emit: { event: { with: { type: tried, data: 1 } } } }
                        - slow: { wait: PT1M }
                      catch:
                        retry: { delay: PT1S, limit: { attempt: { count: 1, duration: PT5S } } }
                        do: [ { note: { set: { error: "${ $error.type }" } } } ]
                """).start("{}").pass(5000).pass(1000).pass(5000);
        assertThat(story.emitted()).hasSize(2);
        assertThat(story.output()).isEqualTo(json("{'error': '" + TIMEOUT + "'}"));
    }

    @Test
    void jitterIsTheSameEachTimeTheStepIsDone() {
        String document = """
                do:
                  - attempt:
                      try:
                        - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                      catch:
                        retry: { delay: PT10S, jitter: { from: PT1S, to: PT3S } }
                """;
        Effect first = Story.of(document).start("{}").latest().get(0);
        assertThat(((Effect.WakeAt) first).millis()).isBetween(NOON + 11_000, NOON + 13_000);
        assertThat(Story.of(document).start("{}").latest().get(0)).isEqualTo(first);
    }
}
