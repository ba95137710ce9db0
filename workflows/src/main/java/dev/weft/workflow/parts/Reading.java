package dev.weft.workflow.parts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Location;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.Definition.Mode;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.jq.Literals;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One document while it is being read: what is known of it so far, and what is wrong with it. Used once. */
public final class Reading {

    /** As many tasks as a definition may have. */
    public static final int MOST_TASKS = 5000;

    private final Problems problems;
    private final Problems warnings;
    private final Documents documents;
    private final Set<DefinitionId> known;
    private final Expressions expressions;
    private final Map<String, Node> files = new LinkedHashMap<>();
    private int filters;
    private int tasks;

    /**
     * Begins to read.
     *
     * @param known the workflows that can be run by others
     */
    public Reading(Mode mode, Documents documents, Set<DefinitionId> known, Problems problems, Problems warnings) {
        this.problems = problems;
        this.warnings = warnings;
        this.documents = documents;
        this.known = known;
        this.expressions = new Expressions(mode, this);
    }

    public Problems problems() {
        return problems;
    }

    public Expressions expressions() {
        return expressions;
    }

    /** Returns the number of the next filter of events. */
    public int nextFilter() {
        return filters++;
    }

    /** Counts a task; the first one too many is a problem. */
    public void countTask(Node at) {
        if (++tasks == MOST_TASKS + 1) {
            problems.add(at, "task number " + tasks, "at most " + MOST_TASKS + " tasks");
        }
    }

    /** Records what may be a mistake, or may be meant so. */
    public void warn(Node at, String found, String expected) {
        warn(at.at(), at.path(), found, expected);
    }

    /** As {@link #warn(Node, String, String)}, for a place that is not a node: a key. */
    public void warn(Location at, String path, String found, String expected) {
        warnings.add(at, path, found, expected);
    }

    /** Refuses a workflow that is not known. */
    public void checkWorkflow(Node at, String namespace, String name, Optional<String> version) {
        String wanted = namespace + "/" + name;
        List<DefinitionId> same = known.stream()
                .filter(it -> it.namespace().equals(namespace) && it.name().equals(name))
                .toList();
        if (known.isEmpty()) {
            problems.add(at, "unknown workflow \"" + wanted + "\"", "a workflow of this job, which has none");
        } else if (same.isEmpty()) {
            List<String> names = known.stream()
                    .map(it -> it.namespace() + "/" + it.name())
                    .distinct()
                    .sorted()
                    .toList();
            problems.addUnknown(at, "workflow", wanted, names);
        } else if (version.isPresent()
                && same.stream().noneMatch(it -> it.version().equals(version.get()))) {
            problems.addUnknown(
                    at,
                    "version",
                    version.get() + "\" of the workflow \"" + wanted,
                    same.stream().map(DefinitionId::version).sorted().toList());
        }
    }

    /** Returns the document at an endpoint, which belongs to the definition from now on. */
    public Optional<JsonNode> resource(Node at, String endpoint) {
        return file(at, endpoint).map(Literals::json);
    }

    /** As {@link #resource}, with its lines and columns, for what is checked further. */
    public Optional<Node> file(Node at, String endpoint) {
        if (files.containsKey(endpoint)) {
            return Optional.of(files.get(endpoint));
        }
        try {
            Optional<Node> read = YamlReader.read(endpoint, documents.text(endpoint), Substitution.none(), problems);
            read.ifPresent(root -> files.put(endpoint, root));
            return read;
        } catch (IOException e) {
            problems.add(at, at.described() + ": " + e.getMessage(), "a document that can be read");
            return Optional.empty();
        }
    }

    /** Returns what the definition refers to outside of it, by endpoint. */
    public Map<String, JsonNode> resources() {
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        files.forEach((endpoint, root) -> resources.put(endpoint, Literals.json(root)));
        return resources;
    }

    /** Records a problem made elsewhere. */
    void add(Problem problem) {
        problems.add(problem);
    }
}
