package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Branches that run side by side. */
class ForkTest {

    @Test
    void outputsComeInTheOrderOfDeclarationWhicheverIsFirst() {
        Story story = Story.of("""
                do:
                  - both:
                      fork:
                        branches:
                          - slow: { do: [ { a: { wait: PT10S } }, { b: { set: { slow: "${ .x }" } } } ] }
                          - fast: { set: { fast: "${ .x + 1 }" } }
                """).start("{'x': 1}").pass(10_000);
        assertThat(story.output()).isEqualTo(json("[{'slow': 1}, {'fast': 2}]"));
    }

    @Test
    void theFirstOfCompetingBranchesWinsAndTheOthersAreCancelled() {
        Story story = Story.of("""
                do:
                  - race:
                      fork:
                        compete: true
                        branches:
                          - waits: { listen: { to: { one: { with: { type: never } } } } }
                          - first: { set: { winner: first } }
                          - second: { emit: { event: { with: { type: second, data: 2 } } } }
                """).start("{}");
        assertThat(story.output()).isEqualTo(json("{'winner': 'first'}"));
        assertThat(story.emitted()).isEmpty();
        assertThat(story.effects().stream().map(effect -> effect.getClass().getSimpleName()))
                .containsExactly("Subscribe", "Unsubscribe", "Ended");
    }

    @Test
    void whatComesForTheLoserOfACompetitionChangesNothing() {
        Story story = Story.of("""
                do:
                  - race:
                      fork:
                        compete: true
                        branches:
                          - waits: { listen: { to: { one: { with: { type: order } } } } }
                          - pause: { wait: PT1S }
                  - rest: { wait: PT1M }
                """).start("{}");
        Effect.Subscribe lost = story.effects(Effect.Subscribe.class).get(0);
        story.pass(1000);
        story.take(new Signal.Event(lost.token(), 0, (com.fasterxml.jackson.databind.node.ObjectNode)
                json("{'id': 'late', 'source': 's', 'type': 'order', 'data': 1}")));
        assertThat(story.latest()).isEmpty();
        story.pass(60_000);
        assertThat(story.output()).isEqualTo(json("{}"));
    }

    @Test
    void competingBranchesMayFailAsLongAsOneDoesNot() {
        Story story = Story.of("""
                do:
                  - race:
                      fork:
                        compete: true
                        branches:
                          - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                          - slow: { do: [ { a: { wait: PT10S } }, { b: { set: { slow: true } } } ] }
                """).start("{}").pass(10_000);
        assertThat(story.output()).isEqualTo(json("{'slow': true}"));
    }

    @Test
    void aForkFailsWithTheLastErrorIfAllThatCompeteFail() {
        Story story = Story.of("""
                do:
                  - race:
                      fork:
                        compete: true
                        branches:
                          - one: { raise: { error: { type: https://example.com/one, status: 500 } } }
                          - two: { raise: { error: { type: https://example.com/two, status: 500 } } }
                """).start("{}");
        assertThat(story.error().type()).isEqualTo("https://example.com/two");
    }

    @Test
    void aBranchThatFailsFailsTheForkAndCancelsTheOthers() {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - both:
                            fork:
                              branches:
                                - waits: { listen: { to: { one: { with: { type: never } } } } }
                                - wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } }
                                - never: { emit: { event: { with: { type: never, data: 1 } } } }
                      catch:
                        do: [ { note: { set: { error: "${ $error.instance }" } } } ]
                """).start("{}");
        assertThat(story.output()).isEqualTo(json("{'error': '/do/0/attempt/try/0/both/fork/branches/1/wrong'}"));
        assertThat(story.effects(Effect.Unsubscribe.class)).hasSize(1);
        assertThat(story.emitted()).isEmpty();
    }

    @Test
    void contextsOfBranchesAreTheirOwnAndMeetInTheOrderOfDeclaration() {
        Story story = Story.of("""
                do:
                  - before: { set: { a: 0, b: 0 }, export: { as: . } }
                  - both:
                      fork:
                        branches:
                          - slow:
                              do:
                                - a: { wait: PT10S, export: { as: "$context + {a: 1}" } }
                                - seen: { set: "${ $context }" }
                          - fast:
                              do:
                                - b: { wait: PT0S, export: { as: "$context + {b: 2, c: 3}" } }
                                - seen: { set: "${ $context }" }
                  - after: { set: { seen: "${ . }", context: "${ $context }" } }
                """).start("{}").pass(10_000);
        assertThat(story.output())
                .isEqualTo(json("{'seen': [{'a': 1, 'b': 0}, {'a': 0, 'b': 2, 'c': 3}],"
                        + "'context': {'a': 1, 'b': 2, 'c': 3}}"));
    }

    @Test
    void aBranchThatExportsNothingTakesNothingBackAfterItWasRestored() {
        Story story = Story.of("""
                do:
                  - before: { set: { a: 0 }, export: { as: '"before"' } }
                  - both:
                      fork:
                        branches:
                          - exports: { set: { a: 1 }, export: { as: '"after"' } }
                          - waits: { wait: PT10S }
                  - after: { set: { context: "${ $context }" } }
                """).start("{}").pass(10_000);
        assertThat(story.output()).isEqualTo(json("{'context': 'after'}"));
    }

    @Test
    void theWholeWorkflowMayEndFromABranch() {
        Story story = Story.of("""
                do:
                  - both:
                      fork:
                        branches:
                          - waits: { listen: { to: { one: { with: { type: never } } } } }
                          - ends: { do: [ { over: { set: { over: true }, then: end } } ] }
                  - never: { set: { never: true } }
                """).start("{}");
        assertThat(story.output()).isEqualTo(json("{'over': true}"));
        assertThat(story.effects(Effect.Unsubscribe.class)).hasSize(1);
    }

    @Test
    void tooManyBranchesAreAnErrorInWords() {
        Limits limits = new Limits(1 << 20, 512 << 10, 2, 100, 1000, 10_000, 100, 100, 1000);
        Story story = Story.of("""
                do:
                  - many: { fork: { branches: [ { a: { wait: PT1S } }, { b: { wait: PT1S } }, { c: { wait: PT1S } } ] } }
                """).within(limits).start("{}");
        assertThat(story.error().detail()).isEqualTo("runs more than 2 branches side by side");
    }
}
