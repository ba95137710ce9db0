package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How data and control flow through tasks that end at once. */
class FlowTest {

    @Test
    void setReplacesTheData() {
        assertThat(Story.of("""
                        do:
                          - one: { set: { a: "${ .x + 1 }", text: plain } }
                          - two: { set: { b: "${ .a * 2 }" } }
                        """).start("{'x': 1}").output()).isEqualTo(json("{'b': 4}"));
    }

    @Test
    void aTaskWhoseConditionDoesNotHoldIsLeftOutWithItsShaping() {
        assertThat(Story.of("""
                        do:
                          - one:
                              if: .x > 10
                              set: { a: 1 }
                              output: { as: "{never: .}" }
                              export: { as: "{never: .}" }
                              then: end
                          - two: { set: "${ {x: .x, context: $context} }" }
                        """).start("{'x': 1}").output()).isEqualTo(json("{'x': 1, 'context': null}"));
    }

    @Test
    void dataIsShapedInTheOrderOfTheSpecification() {
        Story story = Story.of("""
                input: { from: .order }
                output: { as: "{result: ., context: $context}" }
                do:
                  - one:
                      input: { from: "{id: .id}" }
                      set: { got: "${ . }", input: "${ $input }", raw: "${ $task.input }" }
                      output: { as: "{got: .got, raw: .raw, rawOutput: $task.output.got.id}" }
                      export: { as: "{seen: .got.id, output: $output.raw.extra}" }
                """).start("{'order': {'id': 7, 'extra': 'e'}}");
        assertThat(story.output())
                .isEqualTo(json("{'result': {'got': {'id': 7}, 'raw': {'id': 7, 'extra': 'e'}, 'rawOutput': 7},"
                        + "'context': {'seen': 7, 'output': 'e'}}"));
    }

    @Test
    void switchGoesByTheFirstCaseThatHolds() {
        String document = """
                do:
                  - choose:
                      switch:
                        - fallback: { then: other }
                        - large: { when: .n > 10, then: big }
                        - larger: { when: .n > 5, then: middle }
                  - big: { set: { size: big }, then: end }
                  - middle: { set: { size: middle }, then: exit }
                  - other: { set: { size: other } }
                """;
        assertThat(Story.of(document).start("{'n': 11}").output()).isEqualTo(json("{'size': 'big'}"));
        assertThat(Story.of(document).start("{'n': 6}").output()).isEqualTo(json("{'size': 'middle'}"));
        assertThat(Story.of(document).start("{'n': 1}").output()).isEqualTo(json("{'size': 'other'}"));
    }

    @Test
    void switchWithoutAMatchGoesByItsOwnWord() {
        assertThat(Story.of("""
                        do:
                          - choose:
                              switch:
                                - large: { when: .n > 10, then: big }
                              then: end
                          - big: { set: { size: big } }
                        """).start("{'n': 1}").output()).isEqualTo(json("{'n': 1}"));
    }

    @ParameterizedTest(name = "then {0} gives {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "continue | {'trail': 'abcd'}",
                "exit     | {'trail': 'ad'}",
                "end      | {'trail': 'a'}",
                "c        | {'trail': 'acd'}"
            })
    void directivesLeadTheFlow(String then, String output) {
        assertThat(Story.of("""
                        do:
                          - inner:
                              do:
                                - a: { set: { trail: a }, then: %s }
                                - b: { set: { trail: "${ .trail + \\"b\\" }" } }
                                - c: { set: { trail: "${ .trail + \\"c\\" }" } }
                          - d: { set: { trail: "${ .trail + \\"d\\" }" } }
                        """.formatted(then)).start("{}").output()).isEqualTo(json(output));
    }

    @Test
    void theFlowMayGoBack() {
        assertThat(Story.of("""
                        do:
                          - count: { set: { n: "${ .n + 1 }" } }
                          - again: { switch: [ { more: { when: .n < 5, then: count } } ] }
                        """).start("{'n': 0}").output()).isEqualTo(json("{'n': 5}"));
    }

    @Test
    void eachIterationGetsWhatTheOneBeforeMade() {
        assertThat(Story.of("""
                        do:
                          - loop:
                              for: { each: pet, in: .pets, at: number }
                              while: .sum < 100
                              do:
                                - add: { set: { sum: "${ .sum + $pet }", last: "${ $number }" } }
                        """).start("{'pets': [30, 80, 7], 'sum': 0}").output())
                .isEqualTo(json("{'sum': 110, 'last': 1}"));
    }

    @Test
    void aLoopOverNothingChangesNothing() {
        assertThat(Story.of("""
                        do:
                          - loop:
                              for: { in: .pets }
                              do:
                                - add: { set: { never: true } }
                        """).start("{'pets': []}").output()).isEqualTo(json("{'pets': []}"));
    }

    @Test
    void loopsInLoopsSeeTheirOwnElements() {
        assertThat(Story.of("""
                        do:
                          - outer:
                              for: { each: row, in: .rows }
                              do:
                                - inner:
                                    for: { in: $row }
                                    do:
                                      - add: { set: { rows: "${ .rows }", seen: "${ .seen + [$item * $index] }" } }
                        """)
                        .start("{'rows': [[1, 2], [3]], 'seen': []}")
                        .output()
                        .get("seen"))
                .isEqualTo(json("[0, 2, 0]"));
    }

    @Test
    void anErrorThatNobodyCatchesFaultsTheInstance() {
        Story story = Story.of("""
                do:
                  - wrong:
                      raise: { error: { type: https://example.com/errors/wrong, status: 418, title: Wrong, detail: "${ .why }" } }
                """).start("{'why': 'because'}");
        assertThat(story.status()).isEqualTo(Status.FAULTED);
        assertThat(ErrorJson.of(story.error()))
                .isEqualTo(json("{'type': 'https://example.com/errors/wrong', 'status': 418, 'instance': '/do/0/wrong',"
                        + "'title': 'Wrong', 'detail': 'because'}"));
        assertThat(story.latest()).hasSize(1).first().isInstanceOf(Effect.Ended.class);
    }

    @Test
    void anExpressionThatFailsIsAStandardErrorOfItsTask() {
        Story story = Story.of("""
                do:
                  - fine: { set: "${ . }" }
                  - wrong: { set: { sum: "${ .a + .b }" } }
                """).start("{'a': 1, 'b': {}}");
        assertThat(story.error().type()).endsWith("/errors/expression");
        assertThat(story.error().instance()).isEqualTo("/do/1/wrong");
        assertThat(story.error().status()).isEqualTo(400);
    }

    @ParameterizedTest(name = "{0} is wrong at {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': 'text'} | {'n': 1} | /do/0/checked",
                "{'a': 1} | {'n': 1, 'b': 'text'} | /do/0/checked",
            })
    void whatDoesNotSatisfyASchemaIsAStandardErrorOfItsTask(String input, String made, String at) {
        Story story = Story.of("""
                do:
                  - checked:
                      input: { schema: { document: { properties: { a: { type: number } } } } }
                      set: %s
                      output: { schema: { document: { properties: { b: { type: number } } } } }
                """.formatted(made.replace('\'', '"'))).start(input);
        assertThat(story.error().type()).endsWith("/errors/validation");
        assertThat(story.error().instance()).isEqualTo(at);
    }

    @Test
    void errorsAreCaughtAndTheFlowGoesOn() {
        assertThat(Story.of("""
                        do:
                          - attempt:
                              try:
                                - wrong: { raise: { error: { type: https://example.com/errors/wrong, status: 418 } } }
                              catch:
                                errors: { with: { status: 418 } }
                                as: problem
                                do:
                                  - note: { set: { caught: "${ $problem.type }", input: "${ . }" } }
                          - after: { set: { then: "${ .caught }", input: "${ .input }" } }
                        """).start("{'x': 1}").output())
                .isEqualTo(json("{'then': 'https://example.com/errors/wrong', 'input': {'x': 1}}"));
    }

    @ParameterizedTest(name = "{0} is caught: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "errors: { with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout } } | true",
                "errors: { with: { type: https://serverlessworkflow.io/dsl/errors/types/timeout } } | true",
                "errors: { with: { type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout, status: 408 } } | true",
                "errors: { with: { type: https://example.com/errors/timeout } } | false",
                "errors: { with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/runtime } } | false",
                "errors: { with: { status: 409 } } | false",
                "errors: { with: { title: Late } } | true",
                "when: $error.status == 408 | true",
                "when: .none | false",
                "exceptWhen: $error.title == \"Late\" | false",
                "exceptWhen: .none | true",
            })
    void onlyTheErrorsThatAreMeantAreCaught(String meant, boolean caught) {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - wrong:
                            raise:
                              error: { type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout, status: 408, title: Late }
                      catch:
                        %s
                        do:
                          - note: { set: { caught: true } }
                """.formatted(meant)).start("{}");
        assertThat(story.status()).isEqualTo(caught ? Status.COMPLETED : Status.FAULTED);
    }

    @Test
    void anErrorInTheHandlerGoesOnUpwards() {
        Story story = Story.of("""
                do:
                  - attempt:
                      try:
                        - first: { raise: { error: { type: https://example.com/first, status: 500 } } }
                      catch:
                        do:
                          - second: { raise: { error: { type: https://example.com/second, status: 500 } } }
                """).start("{}");
        assertThat(story.error().instance()).isEqualTo("/do/0/attempt/catch/do/0/second");
    }

    @Test
    void theCatchSaysWhereTheFlowGoes() {
        assertThat(Story.of("""
                        do:
                          - attempt:
                              try:
                                - wrong: { raise: { error: { type: https://example.com/first, status: 500 } } }
                              catch:
                                do:
                                  - note: { set: { noted: true } }
                                then: last
                              then: end
                          - never: { set: { never: true } }
                          - last: { set: { last: "${ .noted }" } }
                        """).start("{}").output()).isEqualTo(json("{'last': true}"));
    }

    @Test
    void emitSendsAnEventWhoseEnvelopeIsTheOutput() {
        Story story = Story.of("""
                do:
                  - tell:
                      emit: { event: { with: { type: order.placed, subject: s, data: { id: "${ .id }" } } } }
                  - again:
                      emit: { event: { with: { type: order.placed, source: https://example.com, data: "${ .data }" } } }
                """).start("{'id': 4}");
        JsonShape.of(story.effects(Effect.Emit.class).get(0).event())
                .has("specversion", "1.0")
                .has("type", "order.placed")
                .has("subject", "s")
                .has("source", "/workflows/test/story")
                .has("time", "2023-11-14T22:13:20Z")
                .has("datacontenttype", "application/json");
        assertThat(story.emitted()).containsExactly(json("{'id': 4}"), json("{'id': 4}"));
        assertThat(story.output())
                .isEqualTo(story.effects(Effect.Emit.class).get(1).event());
        assertThat(story.effects(Effect.Emit.class).stream()
                        .map(emit -> emit.event().get("id"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aFunctionSeesItsArgumentsAndNothingElse() {
        assertThat(Story.of("""
                        use:
                          functions:
                            twice:
                              set: "${ .n * 2 }"
                        do:
                          - one: { call: twice, with: { n: "${ .x }" } }
                          - two: { call: twice, with: { n: "${ . }" } }
                        """).start("{'x': 3}").output()).isEqualTo(json("12"));
    }

    @Test
    void whatIsInTheDataIsNeverEvaluated() {
        assertThat(Story.of("""
                        do:
                          - one: { set: { copy: "${ .text }" } }
                          - two: { set: { again: "${ .copy }" } }
                        """).start("{'text': '${ 1 + 1 }'}").output()).isEqualTo(json("{'again': '${ 1 + 1 }'}"));
    }
}
