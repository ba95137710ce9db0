package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.workflow.Body;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Calls to the world. */
class CallTest {

    private static final String ASK = """
            do:
              - ask: { call: http, with: { method: get, endpoint: "https://example.com/pets/{id}" } }
            """;

    @Test
    void aCallIsARequestWithAKeyAndItsResultIsTheOutput() {
        Story story = Story.of(ASK).start("{'id': 7}");
        assertThat(story.status()).isEqualTo(Status.WAITING);
        assertThat(text(story, 0)).contains("https://example.com/pets/7").contains("GET");
        assertThat(story.answer("{'pet': true}").output()).isEqualTo(json("{'pet': true}"));
    }

    @Test
    void aCallThatFailsIsAnErrorOfItsTask() {
        Story story = Story.of(ASK)
                .start("{'id': 7}")
                .refuse("https://serverlessworkflow.io/spec/1.0.0/errors/communication", 503);
        assertThat(story.error().status()).isEqualTo(503);
        assertThat(story.error().instance()).isEqualTo("/do/0/ask");
    }

    @Test
    void theSameStepHasTheSameKeyAndEachVisitAnother() {
        String document = """
                do:
                  - loop: { for: { in: "[1, 2]" }, do: [ { ask: { call: http, with: { method: get, endpoint: "https://example.com" } } } ] }
                """;
        Story one = Story.of(document).start("{}").answer("1").answer("2");
        Story other = Story.of(document).start("{}").answer("1").answer("2");
        assertThat(one.calls().get(0).request().idempotencyKey())
                .isEqualTo(other.calls().get(0).request().idempotencyKey())
                .isNotEqualTo(one.calls().get(1).request().idempotencyKey());
    }

    @Test
    void argumentsThatFailLeaveNoSecretsToWhatComesNext() {
        Program program = Story.program("""
                use: { secrets: [key] }
                do:
                  - ask: { call: http, with: { method: get, endpoint: "https://example.com", body: '${ error("no") }' } }
                """);
        Instance instance = new Instance(program, new Signal.Start("one", json("{}"), null, null), 0);
        Run run = new Run(program, instance, new Surroundings(0, () -> 0, LifecycleLevel.NONE, Limits.USUAL));
        Op ask = Objects.requireNonNull(program.op("/do/0/ask"));

        assertThatThrownBy(() -> run.expressions.request(ask, (Body.Call) ask.task.body(), "key"))
                .isInstanceOf(Failed.class);
        assertThat(run.expressions.secrets()).isNull();
    }

    @Test
    void anAnswerThatComesAfterTheTimeoutChangesNothing() {
        Story story = Story.of("""
                do:
                  - attempt:
                      try: [ { ask: { timeout: { after: PT5S }, call: http, with: { method: get, endpoint: "https://example.com" } } } ]
                      catch: { do: [ { late: { set: { late: true } } } ] }
                  - pause: { wait: PT1M }
                """).start("{}").pass(5000);
        assertThat(story.effects(Effect.CancelCall.class)).containsExactly(new Effect.CancelCall(story.lastToken()));
        assertThat(story.answer("{'too': 'late'}").latest()).isEmpty();
        assertThat(story.pass(60_000).output()).isEqualTo(json("{'late': true}"));
    }

    @Test
    void anAnswerThatComesBeforeAnybodyToldOfTheTimeoutCounts() {
        Story story = Story.of("""
                do:
                  - ask: { timeout: { after: PT5S }, call: http, with: { method: get, endpoint: "https://example.com" } }
                """).start("{}").passSilently(9000).answer("{'in': 'time'}");
        assertThat(story.output()).isEqualTo(json("{'in': 'time'}"));
    }

    @Test
    void aSecondAnswerToTheSameCallChangesNothing() {
        Story story = Story.of("""
                do:
                  - one: { call: http, with: { method: get, endpoint: "https://example.com" } }
                  - two: { call: http, with: { method: get, endpoint: "https://example.com" } }
                """).start("{}");
        String first = story.lastToken();
        story.answer("1").answerLate(first, "2");
        assertThat(story.latest()).isEmpty();
        assertThat(story.answer("3").output()).isEqualTo(json("3"));
    }

    @Test
    void theLoserOfACompetitionGivesItsCallUp() {
        Story story = Story.of("""
                do:
                  - race:
                      fork:
                        compete: true
                        branches:
                          - slow: { call: http, with: { method: get, endpoint: "https://example.com/slow" } }
                          - fast: { call: http, with: { method: get, endpoint: "https://example.com/fast" } }
                """).start("{}").answer("{'fast': true}");
        assertThat(story.output()).isEqualTo(json("{'fast': true}"));
        assertThat(story.effects(Effect.CancelCall.class))
                .containsExactly(new Effect.CancelCall(story.calls().get(0).token()));
    }

    @Test
    void secretsAreInNoRequestAndCanNotBeKept() {
        String call = """
                use: { secrets: [ token ] }
                do:
                  - ask: { call: http, with: { method: get, endpoint: "https://example.com", headers: { x: "${ \\"key \\" + $secrets.token }" } } }
                """;
        assertThat(text(Story.of(call).start("{}"), 0)).contains("token").doesNotContain("weft.secret");
    }

    @Test
    void whatMakesNoCallIsAnErrorOfTheTask() {
        Story story = Story.of("""
                do:
                  - ask: { call: http, with: { method: get, endpoint: "${ .address }" } }
                """).start("{'address': 'not an address'}");
        assertThat(story.error().type()).endsWith("/errors/configuration");
        assertThat(story.error().instance()).isEqualTo("/do/0/ask");
    }

    private static String text(Story story, int call) {
        return new String(story.calls().get(call).request().form(), StandardCharsets.ISO_8859_1);
    }
}
