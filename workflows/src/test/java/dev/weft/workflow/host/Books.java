package dev.weft.workflow.host;

import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.read.DefinitionReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Definitions as documents, of the namespace {@code shop}. */
final class Books {

    private Books() {}

    /**
     * Returns a book of these documents, each {@code NAME:VERSION}, perhaps metadata, and on further lines what it
     * says.
     */
    static WorkflowBook of(String... documents) {
        return new WorkflowBook(definitions(documents), List.of());
    }

    static List<Definition> definitions(String... documents) {
        Set<DefinitionId> known = new HashSet<>();
        for (String document : documents) {
            known.add(id(document));
        }
        List<Definition> definitions = new ArrayList<>();
        for (String document : documents) {
            definitions.add(definition(document, known));
        }
        return definitions;
    }

    /** Returns name and version, and metadata where there are such. */
    private static String[] head(String document) {
        return document.lines().findFirst().orElseThrow().strip().split(" ", 2);
    }

    private static DefinitionId id(String document) {
        String[] name = head(document)[0].split(":");
        return new DefinitionId("shop", name[0], name[1]);
    }

    private static Definition definition(String document, Set<DefinitionId> known) {
        DefinitionId id = id(document);
        String[] head = head(document);
        String metadata = head.length < 2 ? "" : ", metadata: " + head[1];
        String text = "document: { dsl: 1.0.3, namespace: shop, name: " + id.name() + ", version: " + id.version()
                + metadata + " }\n" + document.substring(document.indexOf('\n') + 1);
        Problems problems = new Problems();
        return DefinitionReader.read(
                        id.name() + ".yaml",
                        text,
                        endpoint -> {
                            throw new IOException("there is nothing beside it");
                        },
                        known,
                        problems,
                        new Problems())
                .orElseThrow(() -> new AssertionError(String.join(
                        "\n",
                        problems.inReadingOrder().stream().map(Problem::message).toList())));
    }
}
