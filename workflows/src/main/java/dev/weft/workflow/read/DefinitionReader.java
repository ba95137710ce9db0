package dev.weft.workflow.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.classic.ClassicReader;
import dev.weft.workflow.parts.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads definitions of workflows, in YAML or JSON: of the Serverless Workflow DSL, 1.0.0 to 1.0.3, and of the
 * specification before it, 0.8. What these leave open is decided as {@code docs/workflow-documents.md} says.
 *
 * <p>Whatever can be known to go wrong when the document is read is a problem then: names that lead nowhere,
 * expressions that cannot be compiled or use what is not there, what Weft does not do. Warnings are what may be meant
 * so.
 *
 * <pre>{@code
 * Optional<Definition> definition = DefinitionReader.read(
 *         "order.yaml", text, Documents.beside(file), known, problems, warnings);
 * }</pre>
 */
public final class DefinitionReader {

    /** As large as a definition may be, in bytes of UTF-8. */
    public static final int LARGEST = 512 << 10;

    private DefinitionReader() {}

    /**
     * Reads a definition, unless there is a mistake in it.
     *
     * @param file the name that problems give
     * @param documents where documents are that the definition refers to
     * @param known the ids of all workflows that may be run by others, as {@link #id} tells them; this one included
     */
    public static Optional<Definition> read(
            String file,
            String text,
            Documents documents,
            Set<DefinitionId> known,
            Problems problems,
            Problems warnings) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST) {
            problems.add(new Location(file, 1, 1), "$", bytes + " bytes", "at most " + LARGEST);
            return Optional.empty();
        }
        int before = problems.count();
        Optional<Node> root = YamlReader.read(file, text, Substitution.none(), problems);
        if (problems.count() == before) {
            Aliases.check(file, text, problems);
        }
        return root.flatMap(it -> read(it, documents, known, problems, warnings))
                .filter(it -> problems.count() == before);
    }

    /** As {@link #read(String, String, Documents, Set, Problems, Problems)}, of a document that is read already. */
    public static Optional<Definition> read(
            Node root, Documents documents, Set<DefinitionId> known, Problems problems, Problems warnings) {
        return ClassicReader.isClassic(root)
                ? ClassicReader.read(root, documents, known, problems, warnings)
                : DslReading.read(root, documents, known, problems, warnings);
    }

    /** Returns by what a document will be known, as far as that can be told without reading all of it. */
    public static Optional<DefinitionId> id(String file, String text) {
        return YamlReader.read(file, text, Substitution.none(), new Problems()).flatMap(DefinitionReader::id);
    }

    /** As {@link #id(String, String)}, of a document that is read already. */
    public static Optional<DefinitionId> id(Node root) {
        if (ClassicReader.isClassic(root)) {
            return ClassicReader.id(root);
        }
        return root instanceof Mapping mapping && mapping.get("document") instanceof Mapping document
                ? text(document, "namespace")
                        .flatMap(namespace -> text(document, "name")
                                .flatMap(name -> text(document, "version")
                                        .map(version -> new DefinitionId(namespace, name, version))))
                : Optional.empty();
    }

    private static Optional<String> text(Mapping document, String key) {
        return document.get(key) instanceof Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /**
     * Reads a definition again of which nothing was wrong before.
     *
     * @param document {@link Definition#document}
     * @param resources {@link Definition#resources}
     * @param known the ids of all workflows that it may run
     * @throws IllegalArgumentException if something is wrong with it, one line for each mistake
     */
    public static Definition again(JsonNode document, Map<String, JsonNode> resources, Set<DefinitionId> known) {
        Problems problems = new Problems();
        Documents kept = endpoint -> {
            JsonNode resource = resources.get(endpoint);
            if (resource == null) {
                throw new IOException("it was not kept");
            }
            return resource.toString();
        };
        Optional<Definition> read = YamlReader.read(
                        "the kept definition", document.toString(), Substitution.none(), problems)
                .flatMap(root -> read(root, kept, known, problems, new Problems()));
        return dev.weft.config.Checked.of(problems, () -> read.orElseThrow()).orElseThrow();
    }
}
