package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is done around tasks: extensions, and compensation. */
class AroundTest {

    @Test
    void extensionsAreDoneAroundATaskAndLeaveItsDataAlone() {
        Story story = Story.of("""
                use:
                  extensions:
                    - outer:
                        extend: set
                        before: [ { a: { emit: { event: { with: { type: t, data: "${ [\\"a\\", $task.name, .] }" } } } } } ]
                        after: [ { d: { emit: { event: { with: { type: t, data: "${ [\\"d\\", $task.output] }" } } } } } ]
                    - inner:
                        extend: all
                        when: .n == 1
                        before: [ { b: { emit: { event: { with: { type: t, data: b } } } } }, { pause: { wait: PT1S } } ]
                        after: [ { c: { emit: { event: { with: { type: t, data: "${ . }" } } } } } ]
                do:
                  - one: { set: { n: 2 } }
                  - two: { set: { n: 3 } }
                """).start("{'n': 1}").pass(1000);
        assertThat(story.emitted())
                .containsExactly(
                        json("['a', 'one', {'n': 1}]"),
                        json("'b'"),
                        json("{'n': 2}"),
                        json("['d', {'n': 2}]"),
                        json("['a', 'two', {'n': 2}]"),
                        json("['d', {'n': 3}]"));
        assertThat(story.output()).isEqualTo(json("{'n': 3}"));
    }

    @Test
    void anExtensionThatExitsStandsForTheTask() {
        Story story = Story.of("""
                use:
                  extensions:
                    - mock:
                        extend: wait
                        before: [ { answer: { set: { mocked: "${ .n }" }, then: exit } } ]
                        after: [ { tell: { emit: { event: { with: { type: t, data: "${ . }" } } } } } ]
                do:
                  - slow: { wait: PT1H, output: { as: "{out: .mocked}" } }
                  - after: { set: { got: "${ . }" } }
                """).start("{'n': 1}");
        assertThat(story.output()).isEqualTo(json("{'got': {'out': 1}}"));
        assertThat(story.emitted()).containsExactly(json("{'out': 1}"));
    }

    @Test
    void aTaskWithExtensionsIsToldOfOnce() {
        Story story = Story.of("""
                use: { extensions: [ { any: { extend: wait, after: [ { pause: { set: { a: 1 } } } ] } } ] }
                do: [ { slow: { timeout: { after: PT1S }, wait: PT1H } } ]
                """).telling(LifecycleLevel.TASK).start("{}").pass(1000);
        assertThat(story.told())
                .containsExactly(
                        "workflow.started",
                        "task.created /do/0/slow",
                        "task.started /do/0/slow",
                        "task.faulted /do/0/slow",
                        "workflow.faulted");
    }

    @Test
    void theWordOfASwitchThatIsExtendedStillCounts() {
        assertThat(Story.of("""
                        use: { extensions: [ { any: { extend: switch, after: [ { pause: { wait: PT1S } } ] } } ] }
                        do:
                          - choose: { switch: [ { yes: { when: .n == 1, then: last } } ] }
                          - never: { set: { never: true } }
                          - last: { set: { last: true } }
                        """).start("{'n': 1}").pass(1000).output()).isEqualTo(json("{'last': true}"));
    }

    private static final String SAGA = """
            document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0, metadata: { compensateOnFault: %s } }
            use:
              functions:
                refund: { do: [ { pause: { wait: PT1S } }, { tell: { emit: { event: { with: { type: refund, data: "${ . }" } } } } } ] }
                release: { emit: { event: { with: { type: release, data: "${ . }" } } } }
            do:
              - reserve: { metadata: { compensate: release }, set: { reserved: "${ .id }" } }
              - skipped: { metadata: { compensate: release }, if: "false", set: { never: true } }
              - pay: { metadata: { compensate: refund }, set: { paid: "${ .reserved }" } }
              - wait: { listen: { to: { one: { with: { type: go } } } } }
              - ship: { raise: { error: { type: %s, status: 500 } } }
            """;

    @Test
    void anErrorThatNobodyCatchesTakesBackWhatHasCompletedTheLastFirst() {
        Story story = Story.of(SAGA.formatted("true", "https://example.com/wrong"))
                .telling(LifecycleLevel.TASK)
                .start("{'id': 7}")
                .event("1", "go", "1");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.emitted()).isEmpty();
        story.pass(1000);
        assertThat(story.emitted()).containsExactly(json("{'paid': 7}"), json("{'reserved': 7}"));
        assertThat(story.error().type()).isEqualTo("https://example.com/wrong");
        assertThat(story.told())
                .containsSubsequence(
                        "task.compensated /do/2/pay", "task.compensated /do/0/reserve", "workflow.faulted");
    }

    @Test
    void withoutTheDocumentsWordNothingIsTakenBackUnlessTheErrorAsksForIt() {
        assertThat(Story.of(SAGA.formatted("false", "https://example.com/wrong"))
                        .start("{'id': 7}")
                        .event("1", "go", "1")
                        .emitted())
                .isEmpty();
        assertThat(Story.of(SAGA.formatted("false", "https://example.com/errors/compensation"))
                        .start("{'id': 7}")
                        .event("1", "go", "1")
                        .pass(1000)
                        .emitted())
                .hasSize(2);
    }

    @Test
    void anOperatorMayHaveAnInstanceCompensated() {
        Story story =
                Story.of(SAGA.formatted("false", "https://example.com/wrong")).start("{'id': 7}");
        story.take(new Signal.Compensate("wrong customer"));
        assertThat(story.subscriptions()).isEmpty();
        story.pass(1000);
        assertThat(story.emitted()).hasSize(2);
        assertThat(story.error().detail()).isEqualTo("was compensated: wrong customer");
    }

    @Test
    void anErrorInCompensationEndsIt() {
        Story story = Story.of("""
                document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0, metadata: { compensateOnFault: true } }
                use:
                  functions:
                    undo: { emit: { event: { with: { type: undo, data: "${ . }" } } } }
                    fail: { raise: { error: { type: https://example.com/undo, status: 500 } } }
                do:
                  - one: { metadata: { compensate: undo }, set: { one: 1 } }
                  - two: { metadata: { compensate: fail }, set: { two: 2 } }
                  - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                """).start("{}");
        assertThat(story.emitted()).isEmpty();
        assertThat(story.error().type()).isEqualTo("https://example.com/undo");
    }

    @Test
    void theWorkflowsTimeoutDoesNotInterruptCompensation() {
        Story story = Story.of("""
                document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0, metadata: { compensateOnFault: true } }
                timeout: { after: PT5S }
                use: { functions: { undo: { do: [ { slow: { wait: PT1M } }, { tell: { emit: { event: { with: { type: undo, data: 1 } } } } } ] } } }
                do:
                  - one: { metadata: { compensate: undo }, set: { one: 1 } }
                  - slow: { wait: PT1H }
                """).start("{}").pass(5000);
        assertThat(story.status()).isEqualTo(Status.WAITING);
        story.pass(60_000);
        assertThat(story.emitted()).hasSize(1);
        assertThat(story.error().type()).endsWith("/errors/timeout");
    }

    @Test
    void anEndInCompensationEndsOnlyWhatTakesBackOneTask() {
        Story story = Story.of("""
                document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0, metadata: { compensateOnFault: true } }
                use:
                  functions:
                    undo: { do: [ { tell: { emit: { event: { with: { type: undo, data: "${ .n }" } } }, then: end } }, { never: { wait: PT1H } } ] }
                do:
                  - one: { metadata: { compensate: undo }, set: { n: 1 } }
                  - two: { metadata: { compensate: undo }, set: { n: 2 } }
                  - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                """).start("{}");
        assertThat(story.emitted()).containsExactly(json("2"), json("1"));
        assertThat(story.error().type()).isEqualTo("https://example.com/wrong");
    }

    @Test
    void whatWasDoneInEachIterationIsTakenBack() {
        Story story = Story.of("""
                document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0, metadata: { compensateOnFault: true } }
                use: { functions: { undo: { emit: { event: { with: { type: undo, data: "${ .n }" } } } } } }
                do:
                  - loop:
                      for: { in: "[1, 2, 3]" }
                      do: [ { one: { metadata: { compensate: undo }, set: { n: "${ $item }" } } } ]
                  - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                """).start("{}");
        assertThat(story.emitted()).containsExactly(json("3"), json("2"), json("1"));
    }
}
