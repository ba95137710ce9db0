package dev.weft.workflow.scenario;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.parts.Documents;
import dev.weft.workflow.read.DefinitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the workflows of scenarios: files beside the scenarios, or documents written among them. Of the latter,
 * {@code document} may be left out, or what is not needed of it.
 */
final class WorkflowReading {

    private static final Map<String, String> HEAD =
            Map.of("dsl", "1.0.3", "namespace", "default", "name", "scenario", "version", "0.1.0");
    private static final Map<String, String> HEAD_OF_STATES =
            Map.of("specVersion", "0.8", "id", "scenario", "name", "scenario", "version", "0.1.0");

    private final Path file;
    private final String shownFile;
    private final Problems problems;

    /**
     * @param file of the scenarios
     * @param shownFile as problems name it
     */
    WorkflowReading(Path file, String shownFile, Problems problems) {
        this.file = file;
        this.shownFile = shownFile;
        this.problems = problems;
    }

    /** A document and where documents are that it refers to. */
    private record Written(Node root, Documents documents) {}

    /** Reads one, or a list; which may run each other. */
    List<Definition> readAll(List<Node> nodes) {
        List<Written> all = new ArrayList<>();
        for (Node node : nodes) {
            List<Node> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
            items.forEach(item -> written(item).ifPresent(all::add));
        }
        Set<DefinitionId> ids = new LinkedHashSet<>();
        all.forEach(it -> DefinitionReader.id(it.root()).ifPresent(ids::add));
        List<Definition> read = new ArrayList<>();
        all.forEach(it -> definition(it, ids).ifPresent(read::add));
        return read;
    }

    /** Reads one that is to join those that are known. */
    Optional<Definition> read(Node node, List<Definition> known) {
        return written(node).flatMap(it -> {
            Set<DefinitionId> ids = new LinkedHashSet<>();
            known.forEach(other -> ids.add(other.id()));
            DefinitionReader.id(it.root()).ifPresent(ids::add);
            return definition(it, ids);
        });
    }

    private Optional<Definition> definition(Written written, Set<DefinitionId> ids) {
        return DefinitionReader.read(written.root(), written.documents(), ids, problems, new Problems());
    }

    private Optional<Written> written(Node node) {
        if (node instanceof Mapping mapping) {
            return Optional.of(new Written(completed(mapping), Documents.beside(file)));
        }
        if (!(node instanceof Scalar scalar && scalar.value() instanceof String name)) {
            problems.add(node, node.described(), "a file beside this one, or a workflow");
            return Optional.empty();
        }
        try {
            Path beside = file.toAbsolutePath().resolveSibling(name);
            String text = Files.readString(beside);
            String shown = Path.of(shownFile).resolveSibling(name).toString();
            return YamlReader.read(shown, text, Substitution.none(), problems)
                    .map(root -> new Written(root, Documents.beside(beside)));
        } catch (InvalidPathException | IOException e) {
            problems.add(node, node.described() + ", which cannot be read", "a file beside this one");
            return Optional.empty();
        }
    }

    private static Mapping completed(Mapping document) {
        if (document.get("states") != null) {
            return with(document, HEAD_OF_STATES);
        }
        Node head = document.get("document");
        if (head != null && !(head instanceof Mapping)) {
            return document;
        }
        Location at = document.at();
        String path = Mapping.memberPath(document.path(), "document");
        Mapping known = head == null ? new Mapping(at, path, Map.of(), Map.of()) : (Mapping) head;
        Map<String, Node> members = new LinkedHashMap<>(document.members());
        members.put("document", with(known, HEAD));
        return new Mapping(at, document.path(), members, document.keys());
    }

    private static Mapping with(Mapping mapping, Map<String, String> usual) {
        Map<String, Node> members = new LinkedHashMap<>(mapping.members());
        usual.forEach((key, text) -> members.putIfAbsent(
                key, new Scalar(mapping.at(), Mapping.memberPath(mapping.path(), key), text, text)));
        return new Mapping(mapping.at(), mapping.path(), members, mapping.keys());
    }
}
