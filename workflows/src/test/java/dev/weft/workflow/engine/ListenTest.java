package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.NOON;
import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What tasks that listen make of events. */
class ListenTest {

    @Test
    void oneEventEndsATaskThatWaitsForOne() {
        Story story = Story.of("do: [ { wait: { listen: { to: { one: { with: { type: order } } } } } } ]")
                .start("{}");
        Effect.Subscribe subscribe = story.effects(Effect.Subscribe.class).get(0);
        assertThat(subscribe.since()).isEqualTo(NOON);
        assertThat(subscribe.wanted()).containsExactly(new Effect.Wanted(0, java.util.List.of()));
        story.event("1", "other", "1").event("2", "order", "{'n': 2}");
        assertThat(story.output()).isEqualTo(json("[{'n': 2}]"));
        assertThat(story.effects(Effect.Unsubscribe.class))
                .containsExactly(new Effect.Unsubscribe(subscribe.token(), subscribe.wanted()));
    }

    @Test
    void whatIsReadIsThePayloadTheEnvelopeOrBytes() {
        String document = "do: [ { wait: { listen: { to: { one: { with: { type: order } } }, read: %s } } } ]";
        assertThat(Story.of(document.formatted("envelope"))
                        .start("{}")
                        .event("1", "order", "{'n': 2}")
                        .output())
                .isEqualTo(json(
                        "[{'specversion': '1.0', 'id': '1', 'source': '/test', 'type': 'order', 'data': {'n': 2}}]"));
        assertThat(Story.of(document.formatted("raw"))
                        .start("{}")
                        .event("1", "order", "{'n': 2}")
                        .output())
                .isEqualTo(json("['eyJuIjoyfQ==']"));
    }

    @Test
    void allFiltersMustHaveHadAnEventOfTheirOwn() {
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { all: [ { with: { type: a } }, { with: { type: b } } ] } } }
                """).start("{}");
        story.event("1", "a", "1").event("2", "a", "2");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        story.event("3", "b", "3");
        assertThat(story.output()).isEqualTo(json("[1, 3]"));
    }

    @Test
    void oneEventCountsForOneFilterOnly() {
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { all: [ { with: { type: a } }, { with: { type: a, subject: "${ true }" } } ] } } }
                """).start("{}").event("1", "a", "1").event("1", "a", "1");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.event("2", "a", "2").output()).isEqualTo(json("[1, 2]"));
    }

    @Test
    void anyEventIsEnoughUnlessMoreAreWanted() {
        assertThat(Story.of("""
                        do: [ { wait: { listen: { to: { any: [ { with: { type: a } }, { with: { type: b } } ] } } } } ]
                        """).start("{}").event("1", "b", "1").output()).isEqualTo(json("[1]"));
    }

    @Test
    void eventsAreCollectedUntilAConditionHolds() {
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { any: [ { with: { type: a } } ], until: "length >= 2 or .[-1] == 9" } } }
                """).start("{}").event("1", "a", "1").event("1", "a", "1");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.event("2", "a", "2").output()).isEqualTo(json("[1, 2]"));
    }

    @Test
    void eventsThatEndACollectionAreNoPartOfIt() {
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { any: [], until: { one: { with: { type: stop } } } } } }
                """)
                .start("{}")
                .event("1", "a", "1")
                .event("2", "b", "2")
                .event("3", "stop", "3");
        assertThat(story.output()).isEqualTo(json("[1, 2]"));
        assertThat(story.effects(Effect.Unsubscribe.class)).hasSize(1);
    }

    @Test
    void aCorrelationWithAnExpectationGoesOutWithTheSubscription() {
        Story story = Story.of("""
                do:
                  - wait:
                      listen:
                        to:
                          one: { with: { type: paid }, correlate: { order: { from: .data.order, expect: "${ .id }" } } }
                """).start("{'id': 7}");
        assertThat(story.effects(Effect.Subscribe.class).get(0).wanted())
                .containsExactly(new Effect.Wanted(0, java.util.List.of(json("7"))));
        story.event("1", "paid", "{'order': 8}");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.event("2", "paid", "{'order': 7.0}").output()).isEqualTo(json("[{'order': 7.0}]"));
    }

    @Test
    void theFirstEventDecidesWhatCorrelationsWithoutAnExpectationWant() {
        Story story = Story.of("""
                do:
                  - wait:
                      listen:
                        to:
                          all:
                            - { with: { type: temperature }, correlate: { room: { from: .data.room } } }
                            - { with: { type: humidity }, correlate: { room: { from: .data.room } } }
                """).start("{}");
        story.event("1", "temperature", "{'room': 1}").event("2", "humidity", "{'room': 2}");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        story.event("3", "humidity", "{'room': 1}");
        assertThat(story.output()).isEqualTo(json("[{'room': 1}, {'room': 1}]"));
    }

    @Test
    void whatTheFirstEventDecidedIsForgottenInTheNextIteration() {
        Story story = Story.of("""
                do:
                  - loop:
                      for: { in: "[1, 2]" }
                      do:
                        - wait:
                            listen: { to: { one: { with: { type: t }, correlate: { room: { from: .data } } } } }
                        - tell: { emit: { event: { with: { type: told, data: "${ .[0] }" } } } }
                """).start("{}").event("1", "t", "1").event("2", "t", "2");
        assertThat(story.emitted()).containsExactly(json("1"), json("2"));
    }

    @Test
    void anEventIsNotConsumedAgainByATaskThatBeginsLater() {
        Story story = Story.of("""
                do:
                  - one: { listen: { to: { one: { with: { type: t } } } } }
                  - two: { listen: { to: { one: { with: { type: t } } } } }
                """).start("{}").event("1", "t", "1").event("1", "t", "1");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.event("2", "t", "2").output()).isEqualTo(json("[2]"));
    }

    @Test
    void everyTaskThatWaitsGetsTheEvent() {
        Story story = Story.of("""
                do:
                  - both:
                      fork:
                        branches:
                          - one: { listen: { to: { one: { with: { type: t } } } } }
                          - two: { listen: { to: { one: { with: { type: t } } } } }
                """).start("{}").event("1", "t", "1");
        assertThat(story.output()).isEqualTo(json("[[1], [1]]"));
    }

    @Test
    void eventsThatMadeTheInstanceAreNotConsumedByIt() {
        Story story = Story.of("""
                schedule: { on: { one: { with: { type: t } } } }
                do:
                  - one: { listen: { to: { one: { with: { type: t } } } } }
                """)
                .start("[{'id': '1', 'source': '/test', 'type': 't', 'data': 1}]")
                .event("1", "t", "1");
        assertThat(story.status()).isEqualTo(Status.WAITING);
    }

    @Test
    void filtersMayAskForWhatTheInstanceKnows() {
        Story story = Story.of("""
                do:
                  - wait: { listen: { to: { one: { with: { type: t, data: "${ .n > $input.least }" } } } } }
                """).start("{'least': 5}").event("1", "t", "{'n': 5}");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.event("2", "t", "{'n': 6}").output()).isEqualTo(json("[{'n': 6}]"));
    }

    @Test
    void eventsAreWorkedOnOneByOneInTheOrderInWhichTheyCame() {
        Story story = Story.of("""
                do:
                  - wait:
                      listen: { to: { any: [ { with: { type: t } } ], until: "length == 3" } }
                      foreach:
                        item: event
                        at: number
                        do:
                          - slow: { wait: PT1S }
                          - tell: { emit: { event: { with: { type: told, data: "${ [., $event, $number] }" } } } }
                        output: { as: ".data[0]" }
                        export: { as: "{last: .}" }
                  - after: { set: { all: "${ . }", context: "${ $context }" } }
                """)
                .start("{}")
                .event("1", "t", "1")
                .event("2", "t", "2")
                .event("3", "t", "3")
                .event("4", "t", "4");
        assertThat(story.emitted()).isEmpty();
        story.pass(1000).pass(1000);
        assertThat(story.emitted()).containsExactly(json("[1, 1, 0]"), json("[2, 2, 1]"));
        story.pass(1000);
        assertThat(story.output()).isEqualTo(json("{'all': [1, 2, 3], 'context': {'last': 3}}"));
    }

    @Test
    void whatIsInTheQueueIsStillWorkedOnWhenEnoughHasCome() {
        Story story = Story.of("""
                do:
                  - wait:
                      listen: { to: { any: [ { with: { type: t } } ], until: { one: { with: { type: stop } } } } }
                      foreach:
                        do:
                          - slow: { wait: PT1S }
                """)
                .start("{}")
                .event("1", "t", "1")
                .event("2", "t", "2")
                .event("3", "stop", "3")
                .event("4", "t", "4");
        assertThat(story.subscriptions()).isEmpty();
        story.pass(1000);
        assertThat(story.status()).isEqualTo(Status.WAITING);
        story.pass(1000);
        assertThat(story.output()).isEqualTo(json("[1, 2]"));
    }

    @Test
    void aTaskMayBeInterruptedWhileItWorksOnAnEvent() {
        Story story = Story.of("""
                do:
                  - wait:
                      timeout: { after: PT5S }
                      listen: { to: { any: [ { with: { type: t } } ], until: false } }
                      foreach:
                        do:
                          - slow: { listen: { to: { one: { with: { type: inner } } } } }
                """)
                .start("{}")
                .event("1", "t", "1")
                .event("2", "t", "2")
                .pass(5000);
        assertThat(story.error().instance()).isEqualTo("/do/0/wait");
        assertThat(story.subscriptions()).isEmpty();
    }

    @Test
    void tooManyEventsThatWaitAreAnErrorInWords() {
        Limits limits = new Limits(1 << 20, 512 << 10, 10, 100, 1000, 10_000, 2, 100, 1000);
        Story story = Story.of("""
                do:
                  - wait:
                      listen: { to: { any: [ { with: { type: t } } ], until: false } }
                      foreach: { do: [ { slow: { wait: PT1S } } ] }
                """).within(limits).start("{}");
        for (int i = 0; i < 4; i++) {
            story.event("e" + i, "t", "1");
        }
        assertThat(story.error().detail()).isEqualTo("found more than 2 events that wait for their turn");
        assertThat(story.subscriptions()).isEmpty();
    }

    @Test
    void aTaskMayMeanOnlyEventsSinceItBegan() {
        Story story = Story.of("""
                do:
                  - pause: { wait: PT1S }
                  - wait: { metadata: { since: listen }, listen: { to: { one: { with: { type: t } } } } }
                """).start("{}").pass(1000);
        assertThat(story.effects(Effect.Subscribe.class).get(0).since()).isEqualTo(NOON + 1000);
    }
}
