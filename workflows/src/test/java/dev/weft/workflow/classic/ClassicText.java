package dev.weft.workflow.classic;

import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.read.DefinitionReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A document of 0.8 as a test writes it, read: its states, and what else it has. Functions, events and errors of the
 * tests are in files beside it.
 */
public record ClassicText(Optional<Definition> definition, List<String> messages, List<String> warnings) {

    private static final Map<String, String> BESIDE = Map.of(
            "functions.yaml",
            """
            functions:
              - { name: pay, operation: "api.yaml#pay" }
              - { name: ship, operation: "api.yaml#ship" }
              - { name: double, type: expression, operation: "{ n: (.n * 2) }" }
              - { name: large, type: expression, operation: ".n > $CONST.limit" }
            """,
            "events.yaml",
            """
            events:
              - { name: placed, type: shop.placed, source: /test, correlation: [{ contextAttributeName: orderid }] }
              - { name: paid, type: shop.paid }
              - { name: settled, type: shop.settled, correlation: [{ contextAttributeName: orderId }] }
              - { name: seen, type: shop.seen, dataOnly: false }
              - { name: told, type: shop.told, source: /story, kind: produced }
            """,
            "errors.yaml",
            "errors: [{ name: gone, code: '410' }, { name: slow, code: timeout }, { name: odd }]",
            "retries.yaml",
            "retries: [{ name: often, delay: PT1S, multiplier: 3, maxDelay: PT5S, maxAttempts: 3 }]",
            "api.yaml",
            """
            openapi: 3.0.0
            info: { title: Shop, version: "1" }
            servers: [{ url: "https://shop.test" }]
            paths:
              /pay: { post: { operationId: pay, parameters: [{ name: sum, in: query }] } }
              /ship: { post: { operationId: ship } }
            """,
            "order.json",
            "{ type: object, required: [id] }");

    private static final Set<DefinitionId> KNOWN =
            Set.of(new DefinitionId("default", "story", "1.0.0"), new DefinitionId("default", "child", "1.2.0"));

    /** Reads a document that says only its states, and what it does not have from the files of the tests. */
    public static ClassicText of(String text) {
        return ofWhole(whole(text));
    }

    /** Returns the text with what it does not say. */
    public static String whole(String text) {
        StringBuilder whole = new StringBuilder("id: story\nversion: '1.0'\nspecVersion: '0.8'\n");
        for (String part : List.of("functions", "events", "errors", "retries")) {
            if (!text.startsWith(part) && !text.contains("\n" + part + ":")) {
                whole.append(part).append(": ").append(part).append(".yaml\n");
            }
        }
        return whole + text;
    }

    /** Reads a document. */
    public static ClassicText ofWhole(String text) {
        Problems problems = new Problems();
        Problems warnings = new Problems();
        Optional<Definition> definition = DefinitionReader.read(
                "c.yaml",
                text,
                endpoint -> {
                    if (!BESIDE.containsKey(endpoint)) {
                        throw new IOException("there is no such file beside the definition");
                    }
                    return BESIDE.get(endpoint);
                },
                KNOWN,
                problems,
                warnings);
        return new ClassicText(definition, messages(problems), messages(warnings));
    }

    private static List<String> messages(Problems problems) {
        return problems.inReadingOrder().stream().map(Problem::message).toList();
    }

    /** Returns the definition, of which nothing is wrong. */
    public Definition right() {
        return definition.orElseThrow(() -> new AssertionError(String.join("\n", messages)));
    }
}
