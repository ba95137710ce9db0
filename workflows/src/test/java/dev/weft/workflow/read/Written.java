package dev.weft.workflow.read;

import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.Task;
import dev.weft.workflow.parts.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A document as a test writes it, read. Where it does not say what it is, it is {@code shop/order:1.0.0}. */
record Written(Optional<Definition> definition, List<String> messages, List<String> warnings) {

    static final String HEAD = "document: { dsl: 1.0.3, namespace: shop, name: order, version: 1.0.0 }";

    private static final Set<DefinitionId> KNOWN = Set.of(
            new DefinitionId("shop", "order", "1.0.0"),
            new DefinitionId("shop", "payment", "1.0.0"),
            new DefinitionId("shop", "payment", "1.1.0"));

    private static final Map<String, String> BESIDE = Map.of(
            "pets.yaml",
                    "openapi: 3.0.0\ninfo: { title: Pets, version: 1 }\npaths: { /pet: { get: { operationId: getPet } } }\n",
            "schemas/order.json", "{ \"type\": \"object\", \"required\": [\"id\"] }",
            "broken.yaml", "{ a: ",
            "shop2.yaml", shared("shop2.yaml"),
            "shop3.yaml", shared("shop3.yaml"));

    /** Documents that scenarios use as well. */
    private static String shared(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/scenarios/documents", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Written of(String text) {
        boolean whole = text.lines().anyMatch(line -> line.startsWith("document") || line.startsWith("specVersion"));
        return ofWhole(whole ? text : HEAD + "\n" + text);
    }

    static Written ofWhole(String text) {
        Problems problems = new Problems();
        Problems warnings = new Problems();
        Optional<Definition> definition = DefinitionReader.read("w.yaml", text, beside(), KNOWN, problems, warnings);
        return new Written(definition, messages(problems), messages(warnings));
    }

    private static Documents beside() {
        return endpoint -> {
            if (!BESIDE.containsKey(endpoint)) {
                throw new IOException("there is no such file beside the definition");
            }
            return BESIDE.get(endpoint);
        };
    }

    private static List<String> messages(Problems problems) {
        return problems.inReadingOrder().stream().map(Problem::message).toList();
    }

    /** Returns the definition, of which nothing is wrong. */
    Definition right() {
        return definition.orElseThrow(() -> new AssertionError(String.join("\n", messages)));
    }

    /** Returns the first task. */
    Task task() {
        return right().body().get(0);
    }

    /** Returns what the first task does. */
    <B extends Body> B body(Class<B> kind) {
        return kind.cast(task().body());
    }
}
