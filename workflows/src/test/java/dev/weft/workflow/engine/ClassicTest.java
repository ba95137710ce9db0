package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What only documents of 0.8 can say. */
class ClassicTest {

    private static final String HEAD = """
            id: old
            version: 1.0.0
            specVersion: "0.8"
            functions: [ { name: tell, type: expression, operation: ". + {told: true}" } ]
            """;

    @Test
    void iterationsRunSideBySideInBatches() {
        Story story = Story.of(HEAD + """
                start: each
                states:
                  - name: each
                    type: foreach
                    inputCollection: "${ .orders }"
                    iterationParam: order
                    outputCollection: "${ .done }"
                    batchSize: 2
                    actions:
                      - name: order
                        subFlowRef: { workflowId: child, version: 1.0.0 }
                    end: true
                """).start("{'orders': [1, 2, 3]}");
        assertThat(story.children()).hasSize(2);
        story.childEnds(1, "{'n': 2}");
        assertThat(story.children()).hasSize(3);
        story.childEnds("{'n': 3}");
        story.childEnds(0, "{'n': 1}");
        assertThat(story.output().get("done")).hasSize(3);
        assertThat(story.output().get("done").get(0).get("n")).isEqualTo(json("1"));
        assertThat(story.output().get("done").get(2).get("n")).isEqualTo(json("3"));
    }

    @Test
    void enoughBranchesAreEnough() {
        Story story = Story.of(HEAD + """
                start: both
                states:
                  - name: both
                    type: parallel
                    completionType: atLeast
                    numCompleted: 2
                    branches:
                      - name: never
                        actions: [ { subFlowRef: { workflowId: child, version: 1.0.0 } } ]
                      - name: one
                        actions: [ { functionRef: tell } ]
                      - name: two
                        actions: [ { functionRef: tell } ]
                    end: true
                """).start("{}");
        assertThat(story.status()).isEqualTo(Status.COMPLETED);
        assertThat(story.effects(Effect.CancelChild.class)).hasSize(1);
    }

    @Test
    void whatCompletedIsTakenBackWithTheDataAsItFlows() {
        Story story = Story.of(HEAD + """
                start: one
                states:
                  - name: one
                    type: inject
                    data: { one: 1 }
                    compensatedBy: undoOne
                    transition: two
                  - name: two
                    type: inject
                    data: { two: 2 }
                    compensatedBy: undoTwo
                    transition: { nextState: three, compensate: true }
                  - name: three
                    type: inject
                    data: { three: 3 }
                    end: true
                  - name: undoOne
                    type: inject
                    usedForCompensation: true
                    data: { first: one, last: one }
                  - name: undoTwo
                    type: inject
                    usedForCompensation: true
                    data: { last: two }
                """).start("{}");
        assertThat(story.output()).isEqualTo(json("{'one': 1, 'two': 2, 'first': 'one', 'last': 'one', 'three': 3}"));
    }

    @Test
    void anotherWorkflowTakesThePlaceOfOneThatContinuesAsIt() {
        Story story = Story.of(HEAD + """
                start: one
                states:
                  - name: one
                    type: inject
                    data: { one: 1 }
                    end: { continueAs: { workflowId: child, version: 1.0.0 } }
                """).start("{}");
        assertThat(story.children()).hasSize(1);
        assertThat(story.children().get(0).parent()).isEqualTo(new Signal.Parent("parent", "p.1"));
        assertThat(story.children().get(0).input()).isEqualTo(json("{'one': 1}"));
        assertThat(story.effects(Effect.Ended.class).get(0).parent()).isNull();
        assertThat(story.status()).isEqualTo(Status.COMPLETED);
    }
}
