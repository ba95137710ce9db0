package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Await;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.classic.ClassicText;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What states of 0.8 do, as tasks. */
class ClassicStatesTest {

    private static final String COMMUNICATION = "https://serverlessworkflow.io/spec/1.0.0/errors/communication";

    @Test
    void statesLeadToEachOther() {
        Story story = Story.of(program("""
                        start: second
                        states:
                          - { name: first, type: inject, data: { a: 1 }, end: true }
                          - { name: second, type: inject, data: { b: 2 }, transition: first }
                        """)).start("{'c': 3}");
        assertThat(story.output()).isEqualTo(json("{'c': 3, 'b': 2, 'a': 1}"));
    }

    @Test
    void dataIsMergedAsTheSpecificationHasIt() {
        Story story = Story.of(program("""
                        states:
                          - name: add
                            type: inject
                            data: { who: { name: Jo, zip: 2 }, list: [2, 3], n: 5 }
                            end: true
                        """)).start("{'who': {'street': 'x', 'zip': 1}, 'list': [1, 2], 'n': 4}");
        assertThat(story.output())
                .isEqualTo(json("{'who': {'street': 'x', 'zip': 2, 'name': 'Jo'}, 'list': [1, 2, 3], 'n': 5}"));
    }

    @Test
    void filtersSurroundAState() {
        Story story = Story.of(program("""
                        states:
                          - name: add
                            type: inject
                            data: { b: 2 }
                            stateDataFilter: { input: "${ .inner }", output: "{ sum: (.a + .b) }" }
                            end: true
                        """)).start("{'inner': {'a': 1}}");
        assertThat(story.output()).isEqualTo(json("{'sum': 3}"));
    }

    @Test
    void actionsAreDoneOneAfterTheOther() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actions:
                              - functionRef: double
                              - functionRef: double
                                actionDataFilter: { fromStateData: .other, results: .n, toStateData: .other.twice }
                              - functionRef: double
                                actionDataFilter: { useResults: false }
                              - { functionRef: double, condition: "${ .no }" }
                            end: true
                        """)).start("{'n': 1, 'other': {'n': 10}}");
        assertThat(story.output()).isEqualTo(json("{'n': 2, 'other': {'n': 10, 'twice': 20}}"));
    }

    @Test
    void actionsSideBySideAreMerged() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actionMode: parallel
                            actions:
                              - functionRef: { refName: pay, arguments: { sum: "${ .n }" } }
                              - { functionRef: ship, actionDataFilter: { toStateData: .shipping } }
                            end: true
                        """)).start("{'n': 1}");
        String pay = story.calls().get(0).token();
        String ship = story.calls().get(1).token();
        story.answerLate(ship, "{'by': 'sea'}").answerLate(pay, "{'paid': true}");
        assertThat(story.output()).isEqualTo(json("{'n': 1, 'paid': true, 'shipping': {'by': 'sea'}}"));
    }

    @Test
    void aFailedActionIsTriedAgainAndThenTheErrorIsHandled() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actions: [{ functionRef: pay, retryRef: often, nonRetryableErrors: [gone] }]
                            onErrors:
                              - { errorRef: gone, transition: sorry }
                              - { errorRef: DefaultErrorRef, end: true }
                            transition: thanks
                          - { name: sorry, type: inject, data: { sorry: true }, end: true }
                          - { name: thanks, type: inject, data: { thanks: true }, end: true }
                        """)).start("{}");
        story.refuse(COMMUNICATION, 503).pass(1000).refuse(COMMUNICATION, 503).pass(3000);
        assertThat(story.calls()).hasSize(3);
        assertThat(story.refuse(COMMUNICATION, 410).output()).isEqualTo(json("{'sorry': true}"));
    }

    @Test
    void anErrorThatNobodyNamesIsAFault() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actions: [{ functionRef: pay }]
                            onErrors: [{ errorRefs: [gone, odd], end: true }]
                            end: true
                        """)).start("{}").refuse(COMMUNICATION, 503);
        assertThat(story.error().status()).isEqualTo(503);
    }

    @Test
    void aSwitchAsksTheData() {
        String document = """
                constants: { limit: 10 }
                states:
                  - name: which
                    type: switch
                    dataConditions:
                      - { condition: "${ fn:large }", transition: big }
                      - { condition: ".n < 0", end: { produceEvents: [{ eventRef: told, data: .n }] } }
                    defaultCondition: { transition: small }
                  - { name: big, type: inject, data: { is: big }, end: true }
                  - { name: small, type: inject, data: { is: small }, end: true }
                """;
        Story negative = Story.of(program(document)).start("{'n': -1}");
        assertThat(Story.of(program(document)).start("{'n': 11}").output()).isEqualTo(json("{'n': 11, 'is': 'big'}"));
        assertThat(Story.of(program(document)).start("{'n': 1}").output()).isEqualTo(json("{'n': 1, 'is': 'small'}"));
        assertThat(negative.output()).isEqualTo(json("{'n': -1}"));
        assertThat(negative.emitted()).containsExactly(json("-1"));
    }

    @Test
    void aSwitchWaitsForEventsAsLongAsItSays() {
        String document = """
                states:
                  - name: which
                    type: switch
                    timeouts: { eventTimeout: PT1H }
                    eventConditions:
                      - { eventRef: paid, transition: sent }
                      - { eventRef: seen, eventDataFilter: { data: .data.at, toStateData: .seen }, end: true }
                    defaultCondition: { transition: late }
                  - { name: sent, type: inject, data: { is: sent }, end: true }
                  - { name: late, type: inject, data: { is: late }, end: true }
                """;
        assertThat(Story.of(program(document))
                        .start("{}")
                        .event("1", "shop.paid", "{'sum': 3}")
                        .output())
                .isEqualTo(json("{'sum': 3, 'is': 'sent'}"));
        assertThat(Story.of(program(document))
                        .start("{}")
                        .event("1", "shop.seen", "{'at': 'noon'}")
                        .output())
                .isEqualTo(json("{'seen': 'noon'}"));
        assertThat(Story.of(program(document)).start("{}").pass(3_600_000).output())
                .isEqualTo(json("{'is': 'late'}"));
    }

    @Test
    void anExclusiveEventStateActsOnTheFirstEvent() {
        Story story = Story.of(program("""
                        states:
                          - { name: begin, type: inject, data: { a: 1 }, transition: wait }
                          - name: wait
                            type: event
                            onEvents:
                              - eventRefs: [paid]
                                actions: [{ functionRef: double }]
                              - eventRefs: [seen]
                                eventDataFilter: { data: .type, toStateData: .type }
                            end: true
                        """)).start("{}");
        assertThat(story.event("1", "shop.paid", "{'n': 4}").output()).isEqualTo(json("{'a': 1, 'n': 8}"));
    }

    @Test
    void anEventStateThatIsNotExclusiveWaitsForAll() {
        Story story = Story.of(program("""
                        states:
                          - { name: begin, type: inject, data: { a: 1 }, transition: wait }
                          - name: wait
                            type: event
                            exclusive: false
                            onEvents:
                              - { eventRefs: [paid], actions: [{ functionRef: double }] }
                              - { eventRefs: [seen], eventDataFilter: { data: .type, toStateData: .type } }
                            end: true
                        """)).start("{}").event("1", "shop.seen", "{}");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.event("2", "shop.paid", "{'n': 4}").output())
                .isEqualTo(json("{'a': 1, 'n': 8, 'type': 'shop.seen'}"));
    }

    @Test
    void anEventStateGoesOnWithoutActionsWhenItIsLate() {
        Story story = Story.of(program("""
                        states:
                          - { name: begin, type: inject, data: { n: 1 }, transition: wait }
                          - name: wait
                            type: event
                            timeouts: { eventTimeout: PT1M }
                            exclusive: false
                            onEvents: [{ eventRefs: [paid, seen], actions: [{ functionRef: double }] }]
                            end: true
                        """)).start("{}").pass(60_000);
        assertThat(story.output()).isEqualTo(json("{'n': 1}"));
    }

    @Test
    void theFirstStateMayWaitForTheEventThatMakesTheInstance() {
        Program program = program("""
                states:
                  - name: begin
                    type: event
                    onEvents: [{ eventRefs: [placed], actions: [{ functionRef: double }] }]
                    transition: wait
                  - name: wait
                    type: event
                    onEvents: [{ eventRefs: [settled] }]
                    end: true
                """);
        Schedule.On schedule =
                (Schedule.On) Objects.requireNonNull(program.definition().schedule());
        assertThat(schedule.events().kind()).isEqualTo(Await.Kind.ANY);
        Story story = Story.of(program)
                .start("[{'type': 'shop.placed', 'source': '/test', 'orderid': '7', 'data': {'n': 2}}]");
        Effect.Subscribe subscribe = story.effects(Effect.Subscribe.class).get(0);
        assertThat(subscribe.wanted().get(0).values()).containsExactly(json("'7'"));
        assertThat(story.instance().tasks()).isNotEmpty();
    }

    @Test
    void enoughBranchesSuffice() {
        Story story = Story.of(program("""
                        states:
                          - name: all
                            type: parallel
                            completionType: atLeast
                            numCompleted: 2
                            branches:
                              - { name: a, actions: [{ functionRef: double }] }
                              - { name: b, actions: [{ functionRef: pay }] }
                              - { name: c, actions: [{ functionRef: ship }] }
                            end: true
                        """)).start("{'n': 1}");
        String pay = story.calls().get(0).token();
        assertThat(story.answerLate(pay, "{'paid': true}").output()).isEqualTo(json("{'n': 2, 'paid': true}"));
        assertThat(story.effects(Effect.CancelCall.class)).hasSize(1);
    }

    @Test
    void eachElementIsOneIteration() {
        Story story = Story.of(program("""
                        states:
                          - name: each
                            type: foreach
                            inputCollection: "${ .orders }"
                            iterationParam: order
                            outputCollection: .done
                            batchSize: 2
                            actions:
                              - { functionRef: double, actionDataFilter: { fromStateData: .order } }
                            end: true
                        """)).start("{'orders': [{'n': 1}, {'n': 2}, {'n': 3}], 'done': [0]}");
        assertThat(story.output().path("done")).isEqualTo(json("[0, {'n': 2}, {'n': 4}, {'n': 6}]"));
        assertThat(story.output().properties()).hasSize(2);
    }

    @Test
    void aCallbackIsAnActionAndThenAnEvent() {
        Story story = Story.of(program("""
                        states:
                          - name: ask
                            type: callback
                            action: { functionRef: pay }
                            eventRef: paid
                            eventDataFilter: { data: .by, toStateData: .by }
                            end: true
                        """)).start("{}").answer("{'asked': true}");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.event("1", "shop.paid", "{'by': 'Jo'}").output())
                .isEqualTo(json("{'asked': true, 'by': 'Jo'}"));
    }

    @Test
    void aSleepMakesNoChange() {
        Story story = Story.of(program("states: [{ name: rest, type: sleep, duration: PT5M, end: true }]"))
                .start("{'a': 1}")
                .pass(300_000);
        assertThat(story.output()).isEqualTo(json("{'a': 1}"));
    }

    @Test
    void actionsMaySleepAroundWhatTheyDo() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actions: [{ functionRef: double, sleep: { before: PT1S, after: PT2S } }]
                            end: true
                        """)).start("{'n': 1}").pass(1000);
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(story.pass(2000).output()).isEqualTo(json("{'n': 2}"));
    }

    @Test
    void anEventIsSentAndAnotherAwaited() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actions:
                              - eventRef:
                                  triggerEventRef: told
                                  resultEventRef: paid
                                  data: "${ { n: .n } }"
                                  contextAttributes: { orderId: "${ .id }" }
                            end: true
                        """)).start("{'n': 1, 'id': 'x'}");
        JsonNode event = story.effects(Effect.Emit.class).get(0).event();
        assertThat(event.path("type").asText()).isEqualTo("shop.told");
        assertThat(event.path("orderid").asText()).isEqualTo("x");
        assertThat(event.path("data")).isEqualTo(json("{'n': 1}"));
        assertThat(story.event("1", "shop.paid", "{'n': 5}").output()).isEqualTo(json("{'n': 5, 'id': 'x'}"));
    }

    @Test
    void aWorkflowMayBePartOfAnother() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actions:
                              - { subFlowRef: child, actionDataFilter: { fromStateData: "{ only: .a }" } }
                              - subFlowRef: { workflowId: child, version: "1.2", invoke: async, onParentComplete: continue }
                            end: true
                        """)).start("{'a': 1}");
        assertThat(story.children().get(0).input()).isEqualTo(json("{'only': 1}"));
        story.childEnds("{'b': 2}");
        assertThat(story.children()).hasSize(2);
        assertThat(story.output()).isEqualTo(json("{'a': 1, 'b': 2}"));
    }

    @Test
    void whatIsNotWaitedForChangesNothing() {
        Story story = Story.of(program("""
                        states:
                          - name: work
                            type: operation
                            actions: [{ functionRef: { refName: pay, invoke: async } }]
                            end: true
                        """)).start("{'a': 1}");
        assertThat(story.calls()).hasSize(1);
        assertThat(story.output()).isEqualTo(json("{'a': 1}"));
    }

    @Test
    void completedStatesAreTakenBackLastFirst() {
        Story story = Story.of(program("""
                        states:
                          - { name: a, type: inject, data: { x: 1 }, compensatedBy: undoA, transition: b }
                          - { name: b, type: inject, data: { y: 1 }, compensatedBy: undoB, transition: c }
                          - name: c
                            type: inject
                            data: { z: 1 }
                            end: { compensate: true, produceEvents: [{ eventRef: told, data: . }] }
                          - name: undoA
                            type: inject
                            usedForCompensation: true
                            data: { log: [a] }
                          - name: undoB
                            type: inject
                            usedForCompensation: true
                            data: { log: [b1] }
                            transition: undoB2
                          - name: undoB2
                            type: inject
                            usedForCompensation: true
                            data: { log: [b2] }
                        """)).start("{}");
        JsonNode all = json("{'x': 1, 'y': 1, 'z': 1, 'log': ['b1', 'b2', 'a']}");
        assertThat(story.output()).isEqualTo(all);
        assertThat(story.emitted()).containsExactly(all);
    }

    @Test
    void anEndMayBeTheBeginningOfAnother() {
        Story story = Story.of(program("""
                        states:
                          - name: a
                            type: inject
                            data: { x: 1 }
                            end: { continueAs: { workflowId: child, data: "${ { n: .x } }" } }
                        """)).start("{}");
        assertThat(story.children()).hasSize(1);
        assertThat(story.children().get(0).input()).isEqualTo(json("{'n': 1}"));
    }

    @Test
    void somethingIsDoneBeforeTheTimeIsOver() {
        Story story = Story.of(program("""
                        timeouts: { workflowExecTimeout: { duration: PT1M, interrupt: true, runBefore: report } }
                        states:
                          - { name: rest, type: sleep, duration: PT1H, end: true }
                          - { name: report, type: inject, data: { late: true }, end: true }
                        """)).start("{'a': 1}").pass(60_000);
        assertThat(story.output()).isEqualTo(json("{'a': 1, 'late': true}"));
    }

    @Test
    void aWorkflowThatIsKeptActiveEndsByTermination() {
        String document = "keepActive: true\nstates: [{ name: a, type: inject, data: { x: 1 }, end: %s }]";
        assertThat(Story.of(program(document.formatted("true"))).start("{}").status())
                .isEqualTo(Status.WAITING);
        assertThat(Story.of(program(document.formatted("{ terminate: true }")))
                        .start("{}")
                        .status())
                .isEqualTo(Status.COMPLETED);
    }

    @Test
    void statesMayNotTakeForEver() {
        Story story = Story.of(program("""
                        timeouts: { stateExecTimeout: PT1H, actionExecTimeout: PT1M }
                        states:
                          - name: work
                            type: operation
                            actions: [{ functionRef: pay }]
                            onErrors: [{ errorRef: slow, transition: late }]
                            end: true
                          - { name: late, type: inject, data: { late: true }, end: true }
                        """)).start("{}").pass(60_000);
        assertThat(story.output()).isEqualTo(json("{'late': true}"));
    }

    @Test
    void theTasksOfStatesAreKnownByTheirNames() {
        Program program = program("states: [{ name: a/b, type: inject, data: {}, end: true }]");
        assertThat(program.definition().body())
                .extracting(task -> task.pointer())
                .isEqualTo(List.of("/states/a~1b"));
    }

    private static Program program(String states) {
        return Program.of(ClassicText.of(states).right());
    }
}
