package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.NOON;
import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people do to instances. */
class CommandTest {

    private static final String WAITS = """
            do:
              - wait: { listen: { to: { one: { with: { type: t } } } } }
              - pause: { wait: PT10S }
              - done: { set: { done: "${ . }" } }
            """;

    @Test
    void whatIsCancelledEndsAtOnceAndAwaitsNothing() {
        Story story = Story.of("""
                do:
                  - both:
                      fork:
                        branches:
                          - one: { listen: { to: { one: { with: { type: t } } } } }
                          - two: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } }
                          - three: { wait: PT1S }
                """).start("{}").take(new Signal.Cancel("a test"));
        assertThat(story.status()).isEqualTo(Status.CANCELLED);
        assertThat(story.error().detail()).isEqualTo("was cancelled: a test");
        assertThat(story.subscriptions()).isEmpty();
        assertThat(story.effects(Effect.CancelChild.class))
                .extracting(Effect.CancelChild::instance)
                .containsExactly(story.children().get(0).instance());
        assertThat(story.latest().get(story.latest().size() - 1)).isInstanceOf(Effect.Ended.class);
        assertThat(story.take(new Signal.Cancel("again")).latest()).isEmpty();
    }

    @Test
    void aSecondStartChangesNothing() {
        Story story = Story.of(WAITS).start("{}").start("{'other': true}");
        assertThat(story.latest()).isEmpty();
        assertThat(story.status()).isEqualTo(Status.WAITING);
    }

    @Test
    void whatComesWhileAnInstanceIsSuspendedIsTakenWhenItIsResumed() {
        Story story =
                Story.of(WAITS).start("{}").take(new Signal.Suspend("a test")).event("1", "t", "1");
        assertThat(story.status()).isEqualTo(Status.SUSPENDED);
        assertThat(story.latest()).isEmpty();
        story.take(new Signal.Resume());
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.latest()).contains(new Effect.WakeAt(NOON + 10_000));
        assertThat(story.pass(10_000).output()).isEqualTo(json("{'done': [1]}"));
    }

    @Test
    void whatBecameDueWhileAnInstanceWasSuspendedHappensWhenItIsResumed() {
        Story story = Story.of(WAITS).start("{}").event("1", "t", "1").take(new Signal.Suspend("a test"));
        assertThat(story.latest()).containsExactly(new Effect.NoWake());
        story.pass(60_000);
        assertThat(story.status()).isEqualTo(Status.SUSPENDED);
        assertThat(story.take(new Signal.Resume()).output()).isEqualTo(json("{'done': [1]}"));
    }

    @Test
    void aSuspendedInstanceMayBeCancelled() {
        Story story =
                Story.of(WAITS).start("{}").take(new Signal.Suspend("a test")).take(new Signal.Cancel("a test"));
        assertThat(story.status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void anInstanceGoesBackToATaskWithWhatItHadThere() {
        Story story = Story.of("""
                document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0, metadata: { resetPoints: 5 } }
                do:
                  - one: { set: { n: "${ .n + 1 }" }, export: { as: . } }
                  - two: { set: { n: "${ .n + 1 }" }, export: { as: . } }
                  - wait: { listen: { to: { one: { with: { type: t } } } } }
                  - three: { set: { n: "${ $context.n }" } }
                """).start("{'n': 0}");
        assertThat(story.instance().resetPoints()).containsExactly("/do/0/one", "/do/1/two", "/do/2/wait");
        story.take(new Signal.Reset("/do/1/two"));
        assertThat(story.effects(Effect.Unsubscribe.class)).hasSize(1);
        assertThat(story.effects(Effect.Subscribe.class)).hasSize(2);
        assertThat(story.event("1", "t", "1").output()).isEqualTo(json("{'n': 2}"));
    }

    @Test
    void anInstanceGoesBackOnlyWhereItIsKnownWhatItHad() {
        Story story = Story.of(WAITS).start("{}").event("1", "t", "1");
        assertThat(story.instance().resetPoints()).containsExactly("/do/1/pause");
        story.take(new Signal.Reset("/do/0/wait")).take(new Signal.Reset("/do/9/none"));
        assertThat(story.latest()).isEmpty();
        story.passSilently(5000).take(new Signal.Reset("/do/1/pause"));
        assertThat(story.latest()).containsExactly(new Effect.WakeAt(NOON + 15_000));
    }

    @Test
    void anInstanceGoesOnByAnotherDefinition() {
        Program newer = Story.program("""
                do:
                  - before: { set: { never: true } }
                  - waitForIt: { listen: { to: { one: { with: { type: other }, correlate: { k: { from: .data, expect: "${ .k }" } } } } } }
                  - done: { set: { newer: "${ . }" } }
                """);
        Signal.Migrate migrate = new Signal.Migrate(newer, Map.of("/do/0/wait", "/do/1/waitForIt"));
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { one: { with: { type: t } } } } }
                """).start("{'k': 5}");
        assertThat(migrate.obstacles(story.instance())).isEmpty();
        story.take(migrate);
        Effect.Subscribe first = story.effects(Effect.Subscribe.class).get(0);
        Effect.Subscribe newest = story.effects(Effect.Subscribe.class).get(1);
        assertThat(story.latest())
                .containsExactly(
                        new Effect.Unsubscribe(first.token(), first.wanted()),
                        new Effect.Subscribe(
                                newest.token(), first.since(), List.of(new Effect.Wanted(0, List.of(json("5"))))));
        assertThat(newest.token()).isNotEqualTo(first.token());
        assertThat(story.going(newer).event("1", "other", "5").output()).isEqualTo(json("{'newer': [5]}"));
    }

    @Test
    void whatIsHeldIsForTheFilterThatStandsInTheSamePlaceInAnotherDefinition() {
        Program newer = Story.program("""
                do:
                  - before: { listen: { to: { one: { with: { type: before } } } } }
                  - wait: { listen: { to: { all: [ { with: { type: a } }, { with: { type: b } } ] } } }
                """);
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { all: [ { with: { type: a } }, { with: { type: b } } ] } } }
                """)
                .start("{}")
                .take(new Signal.Suspend("a test"))
                .event("1", "b", "'b'")
                .take(new Signal.Migrate(newer, Map.of("/do/0/wait", "/do/1/wait")))
                .going(newer)
                .take(new Signal.Resume());
        assertThat(story.event("2", "b", "'again'").status()).isEqualTo(Status.WAITING);
        assertThat(story.event("3", "a", "'a'").output()).isEqualTo(json("['b', 'a']"));
    }

    @Test
    void whatIsOnItsWayForAFilterOfTheFormerDefinitionIsForNoneOfTheNew() {
        Program newer = Story.program("""
                do:
                  - before: { listen: { to: { one: { with: { type: before } } } } }
                  - wait: { listen: { to: { all: [ { with: { type: a } }, { with: { type: b } } ] } } }
                """);
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { all: [ { with: { type: a } }, { with: { type: b } } ] } } }
                """)
                .start("{}")
                .take(new Signal.Migrate(newer, Map.of("/do/0/wait", "/do/1/wait")))
                .going(newer);
        Effect.Subscribe former = story.effects(Effect.Subscribe.class).get(0);
        ObjectNode late = (ObjectNode) json("{'id': 'late', 'source': 's', 'type': 'b', 'data': 'late'}");
        story.take(new Signal.Event(former.token(), 1, late));
        assertThat(story.event("1", "b", "'b'").status()).isEqualTo(Status.WAITING);
        assertThat(story.event("2", "a", "'a'").output()).isEqualTo(json("['b', 'a']"));
    }

    @Test
    void branchesThatCannotListenByAnotherDefinitionFailTheirForkOnce() {
        String listens =
                "{ listen: { to: { one: { with: { type: a }, correlate: { k: { from: .data, expect: \"%s\" } } } } } }";
        String forks = "do: [ { both: { fork: { branches: [ { one: %1$s }, { two: %1$s } ] } } } ]";
        Story story = Story.of(forks.formatted(listens.formatted("${ .n }"))).start("{'n': 'text'}");
        Program newer = Story.program(forks.formatted(listens.formatted("${ .n / 2 }")));
        story.take(new Signal.Migrate(newer, Map.of()));
        assertThat(story.error().instance()).isEqualTo("/do/0/both/fork/branches/1/two");
    }

    @Test
    void aDefinitionThatAsksForTheInputOfTheWorkflowKnowsThatOfAnInstanceOfAFormerOne() {
        Program newer = Story.program("""
                do: [ { pause: { wait: PT1S } }, { asks: { set: { n: "${ $workflow.input.n }" } } } ]
                """);
        Story story = Story.of("do: [ { pause: { wait: PT1S } } ]")
                .start("{'n': 1}")
                .take(new Signal.Migrate(newer, Map.of()))
                .going(newer)
                .pass(1000);
        assertThat(story.output()).isEqualTo(json("{'n': 1}"));
    }

    @Test
    void whatIsBeingTakenBackIsTakenBackToTheEndHoweverOftenThatIsWanted() {
        Story story = Story.of("""
                use:
                  functions:
                    undo: { do: [ { slow: { wait: PT1S } }, { tell: { emit: { event: { with: { type: undone, data: "${ .n }" } } } } } ] }
                do:
                  - a: { set: { n: 1 }, metadata: { compensate: undo } }
                  - b: { set: { n: 2 }, metadata: { compensate: undo } }
                  - c: { wait: PT1H }
                """)
                .start("{}")
                .take(new Signal.Compensate("a test"))
                .take(new Signal.Compensate("a test"))
                .pass(1000)
                .pass(1000);
        assertThat(story.emitted()).containsExactly(json("2"), json("1"));
        assertThat(story.error().detail()).isEqualTo("was compensated: a test");
    }

    @Test
    void whatIsInTheWayOfAnotherDefinitionIsSaidInWords() {
        Story story = Story.of("""
                do:
                  - outer:
                      do:
                        - wait: { listen: { to: { one: { with: { type: t } } } } }
                """).start("{}");
        assertThat(obstacles(story, "do: [ { other: { wait: PT1S } } ]"))
                .containsExactly(
                        "/do/0/outer is under way, and is not there in the new definition",
                        "/do/0/outer/do/0/wait is under way, and is not there in the new definition");
        assertThat(obstacles(story, "do: [ { outer: { do: [ { wait: { wait: PT1S } } ] } } ]"))
                .containsExactly("/do/0/outer/do/0/wait is under way, and is of another kind in the new definition");
        assertThat(obstacles(story, """
                        do:
                          - outer:
                              do:
                                - wait: { listen: { to: { all: [ { with: { type: t } }, { with: { type: u } } ] } } }
                        """)).containsExactly("/do/0/outer/do/0/wait waits for other events than before");
        story.take(new Signal.Migrate(Story.program("do: [ { other: { wait: PT1S } } ]"), Map.of()));
        assertThat(story.latest()).isEmpty();
        assertThat(story.event("1", "t", "1").status()).isEqualTo(Status.COMPLETED);
    }

    private static List<String> obstacles(Story story, String document) {
        return new Signal.Migrate(Story.program(document), Map.of()).obstacles(story.instance());
    }

    @Test
    void childrenAreStartedOnceAndWaitedFor() {
        Story story = Story.of("""
                do:
                  - loop:
                      for: { in: "[1, 2]" }
                      do:
                        - child: { run: { workflow: { namespace: test, name: child, version: 1.0.0, input: "${ {n: $item} }" } } }
                """).start("{}").childEnds("{'m': 1}").childEnds("{'m': 2}");
        assertThat(story.output()).isEqualTo(json("{'m': 2}"));
        assertThat(story.children())
                .extracting(Effect.StartChild::input)
                .containsExactly(json("{'n': 1}"), json("{'n': 2}"));
        assertThat(story.children().stream().map(Effect.StartChild::instance).distinct())
                .hasSize(2);
    }

    @Test
    void theErrorOfAChildIsThatOfTheTask() {
        Story story = Story.of(
                        "do: [ { child: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } } } ]")
                .start("{}");
        story.take(new Signal.ChildEnded(
                Story.tokenOf(story.children().get(0)),
                null,
                new dev.weft.workflow.WorkflowError("https://example.com/wrong", 500, "/do/7/deep", "Wrong", null)));
        assertThat(story.error().instance()).isEqualTo("/do/0/child");
        assertThat(story.error().title()).isEqualTo("Wrong");
    }

    @Test
    void aChildThatNobodyWaitsForTakesNoTime() {
        Story story = Story.of(
                        "do: [ { child: { run: { workflow: { namespace: test, name: child, version: 1.0.0 }, await: false } } } ]")
                .start("{'x': 1}");
        assertThat(story.output()).isEqualTo(json("{'x': 1}"));
        assertThat(story.children()).extracting(Effect.StartChild::parent).containsOnlyNulls();
    }

    @Test
    void lifecycleIsToldAsMuchAsIsWanted() {
        String document = """
                do:
                  - attempt:
                      try: [ { wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } } } ]
                      catch: { retry: { delay: PT1S, limit: { attempt: { count: 1 } } }, then: continue }
                """;
        assertThat(Story.of(document).start("{}").pass(1000).told()).isEmpty();
        assertThat(Story.of(document)
                        .telling(LifecycleLevel.WORKFLOW)
                        .start("{}")
                        .pass(1000)
                        .told())
                .containsExactly("workflow.started", "workflow.completed");
        Story story =
                Story.of(document).telling(LifecycleLevel.TASK).start("{}").pass(1000);
        assertThat(story.told())
                .containsExactly(
                        "workflow.started",
                        "task.created /do/0/attempt",
                        "task.started /do/0/attempt",
                        "task.created /do/0/attempt/try/0/wrong",
                        "task.started /do/0/attempt/try/0/wrong",
                        "task.faulted /do/0/attempt/try/0/wrong",
                        "task.retried /do/0/attempt",
                        "task.created /do/0/attempt/try/0/wrong",
                        "task.started /do/0/attempt/try/0/wrong",
                        "task.faulted /do/0/attempt/try/0/wrong",
                        "task.completed /do/0/attempt",
                        "workflow.completed");
        assertThat(story.effects(Effect.Lifecycle.class).stream()
                        .map(Effect.Lifecycle::id)
                        .distinct())
                .hasSize(12);
        assertThat(story.effects(Effect.Lifecycle.class)
                        .get(0)
                        .data()
                        .get("name")
                        .asText())
                .isEqualTo("story-one.test");
    }

    @Test
    void itIsToldOfTheTasksThatAreUnderWayThatTheyAreSuspended() {
        Story story = Story.of("do: [ { outer: { do: [ { inner: { wait: PT1H } } ] } } ]")
                .telling(LifecycleLevel.TASK)
                .start("{}")
                .take(new Signal.Suspend("a test"))
                .take(new Signal.Resume());
        assertThat(story.told())
                .endsWith(
                        "workflow.suspended",
                        "task.suspended /do/0/outer",
                        "task.suspended /do/0/outer/do/0/inner",
                        "workflow.resumed",
                        "task.resumed /do/0/outer",
                        "task.resumed /do/0/outer/do/0/inner");
    }

    @Test
    void anInstanceThatNeverEndsIsStopped() {
        Limits limits = new Limits(1 << 20, 512 << 10, 10, 100, 1000, 5000, 2, 100, 1000);
        Story story = Story.of("""
                do:
                  - again: { set: "${ . }", then: again }
                """).within(limits).start("{}");
        assertThat(story.error().detail()).isEqualTo("has taken more than 5000 steps");
    }

    @Test
    void whatIsMadeMayBeOnlySoLarge() {
        Limits limits = new Limits(1 << 20, 100, 10, 100, 1000, 5000, 2, 100, 1000);
        Story story = Story.of("do: [ { grow: { set: { x: \"${ [range(100)] }\" } } } ]")
                .within(limits)
                .start("{}");
        assertThat(story.error().detail()).isEqualTo("made more than 100 bytes of JSON");
    }

    @Test
    void whatIsTooLargeIsNeitherEmittedNorRaised() {
        Limits limits = new Limits(1 << 20, 300, 10, 100, 1000, 5000, 2, 100, 1000);
        Story emits = Story.of(
                        "do: [ { tell: { emit: { event: { with: { type: t, data: \"${ [range(100)] }\" } } } } } ]")
                .within(limits)
                .start("{}");
        assertThat(emits.error().detail()).isEqualTo("made more than 300 bytes of JSON");
        assertThat(emits.emitted()).isEmpty();
        String raise = "{ type: https://example.com/wrong, status: 500, detail: '${ \"x\" * 1000 }' }";
        Story raises = Story.of("do: [ { wrong: { raise: { error: " + raise + " } } } ]")
                .within(limits)
                .start("{}");
        assertThat(raises.error().detail()).isEqualTo("made more than 300 bytes of JSON");
    }

    @Test
    void anExpressionThatFailsSaysSoBriefly() {
        Story story = Story.of("do: [ { wrong: { set: '${ error(\"x\" * 1000000) }' } } ]")
                .start("{}");
        assertThat(story.error().detail()).endsWith("xxx...").hasSize(2003);
    }
}
