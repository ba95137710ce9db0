package dev.weft.workflow.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.read.DefinitionReader;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documents of 0.8 say besides what their states do. */
class ClassicReaderTest {

    private static final String REST = "states: [{ name: a, type: sleep, duration: PT1S, end: true }]\n";

    @ParameterizedTest
    @CsvSource({"'1', 1.0.0", "'1.2', 1.2.0", "'1.2.3-rc1', 1.2.3-rc1"})
    void versionsAreMadeWhole(String written, String version) {
        String text = "id: order_flow\nspecVersion: '0.8'\nversion: '" + written + "'\n" + REST;
        DefinitionId id = new DefinitionId("default", "order_flow", version);
        assertThat(ClassicText.ofWhole(text).right().id()).isEqualTo(id);
        assertThat(DefinitionReader.id("c.yaml", text)).contains(id);
    }

    @Test
    void whatFunctionsPutIntoAnExpressionIsBounded() {
        StringBuilder text = new StringBuilder("functions:\n");
        for (int i = 0; i < 9; i++) {
            String many = String.join(" + ", Collections.nCopies(20, "fn:f" + (i + 1)));
            text.append("  - { name: f%d, type: expression, operation: '%s' }\n".formatted(i, many));
        }
        text.append("  - { name: f9, type: expression, operation: '1' }\n");
        text.append("states: [{ name: a, type: inject, data: { x: '${ fn:f0 }' }, end: true }]");
        assertThat(ClassicText.of(text.toString()).messages())
                .containsExactly("c.yaml:18:46: $.states[0].data.x: found more than 524288 characters by functions and"
                        + " constants, expected a shorter expression");
    }

    @Test
    void isReadAgainWithTheFilesBesideIt() {
        Definition read = ClassicText.of(
                        "states: [{ name: a, type: operation, actions: [{ functionRef: pay }], end: true }]")
                .right();
        Definition again = DefinitionReader.again(read.document(), read.resources(), Set.of());
        assertThat(read.resources()).containsKeys("functions.yaml", "api.yaml");
        assertThat(again.digest()).isEqualTo(read.digest());
        assertThat(again.body()).extracting(Task::pointer).containsExactly("/states/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "R/PT2H | PT2H",
                "PT15M | PT15M",
                "{ interval: R/P1D } | PT24H",
            })
    void isDoneAgainAndAgain(String schedule, String every) {
        assertThat(ClassicText.of("start: { schedule: " + schedule + " }\n" + REST)
                        .right()
                        .schedule())
                .isEqualTo(new Schedule.Every(new Span.Fixed(Duration.parse(every)), Schedule.CatchUp.SKIP));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0/15 * * * * | 0/15 * * * *", "0 0/15 * * * ? | 0/15 * * * *", "0 0 6 ? * MON-FRI | 0 6 * * 1-5"})
    void cronMayHaveSeconds(String written, String unix) {
        String start = "start: { schedule: { cron: '" + written + "', timezone: Europe/Berlin } }\n";
        assertThat(ClassicText.of(start + REST).right().schedule())
                .isEqualTo(new Schedule.Cron(unix, ZoneId.of("Europe/Berlin"), Schedule.CatchUp.SKIP));
    }

    @Test
    void whoComesBackToTheFirstStateWaitsForEvents() {
        Definition definition = ClassicText.of("""
                        states:
                          - { name: wait, type: event, onEvents: [{ eventRefs: [placed] }], transition: again }
                          - { name: again, type: sleep, duration: PT1S, transition: wait }
                        """).right();
        assertThat(definition.body())
                .extracting(Task::pointer)
                .containsExactly("/states/wait/start", "/states/wait", "/states/again");
        assertThat(Objects.requireNonNull(definition.schedule()).events()).isNotNull();
    }

    @Test
    void eventsAreCorrelatedWithTheOneThatMadeTheInstance() {
        Definition definition = ClassicText.of("""
                        states:
                          - { name: begin, type: event, onEvents: [{ eventRefs: [placed] }], transition: wait }
                          - { name: wait, type: callback, action: { functionRef: pay }, eventRef: settled, end: true }
                        """).right();
        List<Task> callback = ((Body.Do) definition.body().get(1).body()).tasks();
        EventFilter filter =
                ((Body.Listen) callback.get(1).body()).events().filters().get(0);
        assertThat(filter.correlations()).hasSize(1);
        assertThat(Objects.requireNonNull(filter.correlations().get(0).expect()).variables())
                .containsExactly("workflow");
        assertThat(Objects.requireNonNull(definition.schedule()).events()).isNotNull();
    }

    @Test
    void secretsAndPoliciesArePartOfCalls() {
        Definition definition = ClassicText.of("""
                        secrets: [TOKEN]
                        auth:
                          - { name: me, scheme: bearer, properties: { token: "${ $SECRETS.TOKEN }" } }
                        functions: [{ name: paid, operation: "api.yaml#pay", authRef: me }]
                        states:
                          - name: a
                            type: operation
                            actions: [{ functionRef: { refName: paid, arguments: { sum: "${ .n }" } } }]
                            end: true
                        """).right();
        Body.Do actions = (Body.Do) definition.body().get(0).body();
        Body.Call call = (Body.Call) actions.tasks().get(0).body();
        assertThat(definition.secrets()).containsExactly("TOKEN");
        assertThat(call.kind()).isEqualTo("openapi");
        assertThat(call.with().variables()).containsExactly("secrets");
        assertThat(call.resources()).containsOnlyKeys("api.yaml");
    }

    @Test
    void actionsAreTriedAgainWithoutBeingToldTo() {
        Definition definition = ClassicText.of("""
                        autoRetries: true
                        states: [{ name: a, type: operation, actions: [{ functionRef: pay }], end: true }]
                        """).right();
        Body.Do actions = (Body.Do) definition.body().get(0).body();
        Body.Retry retry =
                Objects.requireNonNull(((Body.Try) actions.tasks().get(0).body()).retry());
        assertThat(retry.delay()).isEqualTo(new Span.Fixed(Duration.ofSeconds(1)));
        assertThat(retry.growth()).isEqualTo(Body.Growth.EXPONENTIAL);
        assertThat(retry.count()).isNull();
    }

    @Test
    void timeoutsOfAStateComeBeforeThoseOfTheWorkflow() {
        Definition definition = ClassicText.of("""
                        timeouts: { workflowExecTimeout: PT1H, stateExecTimeout: { single: PT1S, total: PT10M } }
                        states:
                          - { name: a, type: sleep, duration: PT1S, transition: b }
                          - { name: b, type: sleep, duration: PT1S, timeouts: { stateExecTimeout: PT5M }, end: true }
                        """).right();
        assertThat(definition.body())
                .extracting(task -> Objects.requireNonNull(task.timeout()).after())
                .containsExactly(new Span.Fixed(Duration.ofMinutes(10)), new Span.Fixed(Duration.ofMinutes(5)));
        assertThat(Objects.requireNonNull(definition.timeout()).after()).isEqualTo(new Span.Fixed(Duration.ofHours(1)));
    }

    @Test
    void theInputMayHaveToSatisfyASchema() {
        assertThat(ClassicText.of("dataInputSchema: order.json\n" + REST)
                        .right()
                        .input()
                        .schema())
                .isNotNull();
        assertThat(ClassicText.of("dataInputSchema: { schema: order.json, failOnValidationErrors: false }\n" + REST)
                        .right()
                        .input()
                        .schema())
                .isNull();
    }

    @Test
    void metadataSayTheSameAsIn1() {
        Definition definition = ClassicText.of(
                        "metadata: { compensateOnFault: true, search: { customer: .x }, team: blue }\n" + REST)
                .right();
        assertThat(definition.dialect().compensatesOnFault()).isTrue();
        assertThat(definition.dialect().search()).containsOnlyKeys("customer");
        assertThat(definition.metadata().json().path("team").textValue()).isEqualTo("blue");
    }
}
