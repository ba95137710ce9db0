package dev.weft.workflow.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.jq.JqException;
import dev.weft.workflow.jq.JsonSchema;
import dev.weft.workflow.jq.Literals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors takes what the reader takes, and finds what can be found without knowing the names. */
class WorkflowSchemaTest {

    private static final String WHOLE = """
            document:
              dsl: 1.0.3
              namespace: shop
              name: order
              version: 1.0.0
              metadata: { search: { customer: .x }, earlyEvents: 5m }
            schedule: { on: { any: [{ with: { type: t } }], until: { one: { with: { type: u } } } } }
            timeout: { after: PT1H }
            evaluate: { language: jq, mode: loose }
            use:
              secrets: [key]
              timeouts: { short: { after: { seconds: 5 } } }
              retries: { often: { delay: PT1S, backoff: { linear: {} }, limit: { attempt: { count: 2 } } } }
              errors: { gone: { type: https://x/gone, status: 410 } }
              functions: { undo: { set: { x: 0 } } }
              authentications: { me: { bearer: { token: "${ $secrets.key }" } } }
              extensions: [{ log: { extend: all, before: [{ l: { set: "${ . }" } }] } }]
            input: { schema: { document: { type: array } }, from: . }
            do:
              - one: { if: .x, set: { y: 1 }, then: two, metadata: { compensate: undo, compensateWith: input } }
              - two: { call: http, with: { method: get, endpoint: { uri: "https://x/{id}", authentication: me } }, timeout: short }
              - three: { call: undo, with: { a: 1 } }
              - four: { call: openapi, with: { document: { endpoint: pets.yaml }, operationId: getPet } }
              - five: { do: [{ a: { wait: PT1S } }] }
              - six: { emit: { event: { with: { type: t, data: { a: 1 } } } } }
              - seven: { for: { each: e, in: .xs }, while: $e > 1, do: [{ a: { set: { x: 1 } } }] }
              - eight: { fork: { compete: true, branches: [{ a: { set: { x: 1 } } }] } }
              - nine:
                  listen: { to: { all: [{ with: { type: t }, correlate: { k: { from: .id, expect: 5 } } }] }, read: envelope }
                  foreach: { item: i, do: [{ a: { set: { x: "${ $i }" } } }], output: { as: .x } }
              - ten:
                  try: [{ a: { raise: { error: gone } } }]
                  catch: { errors: { with: { status: 410 } }, as: e, retry: often, do: [{ a: { set: { x: 1 } } }], then: end }
              - eleven: { run: { await: false, workflow: { namespace: shop, name: payment, input: { a: 1 } } } }
              - many: { call: asyncapi, with: { document: { endpoint: shop2.yaml }, channel: shop.orders, subscription: { filter: .x, consume: { amount: 2, for: PT5M } } } }
              - one more: { call: asyncapi, with: { document: { endpoint: shop3.yaml }, operation: order, server: { name: broker }, message: { payload: { a: 1 }, headers: { region: eu } } } }
              - twelve: { switch: [{ a: { when: .x, then: exit } }, { b: { then: end } }] }
            output: { as: .x }
            """;

    @Test
    void takesADocumentWithEverythingInIt() throws Exception {
        assertThat(Written.of(WHOLE).messages()).isEmpty();
        assertThat(schema().mistakes(json(WHOLE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do: []",
                "schedule: { every: PT1H }",
                "do: [{ a: { swich: [] } }]",
                "do: [{ a: { set: { x: 1 }, metdata: {} } }]",
                "do: [{ a: { set: { x: 1 }, wait: PT1S } }]",
                "do: [{ a: { set: { x: 1 } }, b: { set: { x: 1 } } }]",
                "do: [{ exit: { set: { x: 1 } } }]",
                "do: [{ a: { wait: 5 } }]",
                "do: [{ a: { wait: { minute: 5 } } }]",
                "do: [{ a: { call: grpc, with: {} } }]",
                "do: [{ a: { call: asyncapi, with: { document: { endpoint: shop2.yaml }, channel: shop.orders } } }]",
                "do: [{ a: { call: http, with: { methd: get, endpoint: https://x } } }]",
                "do: [{ a: { run: { shell: { command: ls } } } }]",
                "do: [{ a: { emit: { event: { with: { source: x } } } } }]",
                "do: [{ a: { listen: { to: { one: { with: { type: t } }, any: [] } } } }]",
                "do: [{ a: { listen: { to: { all: [] } } } }]",
                "do: [{ a: { raise: { error: { type: https://x } } } }]",
                "do: [{ a: { switch: [{ b: { when: .x } }] } }]",
                "schedule: { every: PT1H, after: PT1H }\ndo: [{ a: { wait: PT1S } }]",
                "use: { catalogs: {} }\ndo: [{ a: { wait: PT1S } }]"
            })
    void findsWhatTheReaderFinds(String text) throws Exception {
        assertThat(Written.of(text).messages()).isNotEmpty();
        assertThat(schema().mistakes(json(Written.HEAD + "\n" + text))).isNotEmpty();
    }

    private static JsonNode json(String text) {
        return Literals.json(YamlReader.read("w.yaml", text, Substitution.none(), new Problems())
                .orElseThrow());
    }

    private static JsonSchema schema() throws IOException, JqException {
        String text = Files.readString(Path.of("../job-configs/schema/workflow.v1.json"));
        return JsonSchema.compile(new ObjectMapper().readTree(text));
    }
}
