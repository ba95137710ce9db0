package dev.weft.job;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.parts.Documents;
import dev.weft.workflow.parts.OwnEvents;
import dev.weft.workflow.read.DefinitionReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the definitions of workflows that a config names; mistakes in them are told with their own file and line. */
public final class WorkflowFiles {

    static final String PATH = "the path of a workflow's definition, from the folder of this file";

    private final Map<String, String> environment;
    private final Problems problems;
    private final Set<DefinitionId> known = new LinkedHashSet<>();
    private final Map<DefinitionId, Node> read = new HashMap<>();

    WorkflowFiles(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** Learns which workflows there are, so that one can run another whatever their order. */
    void learn(List<Node> items) {
        for (Node item : items) {
            if (item instanceof Mapping definition && definition.get("file") instanceof Scalar path) {
                String text = environment.get(NamedFiles.variable(path.text()));
                if (text != null) {
                    DefinitionReader.id(path.text(), text).ifPresent(known::add);
                }
            }
        }
    }

    /** Returns what the file says; nothing if there was a problem. */
    Optional<Definition> read(Node at) {
        Optional<String> text = NamedFiles.text(at, environment, problems, PATH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String path = ((Scalar) at).text();
        Optional<Definition> definition =
                DefinitionReader.read(path, text.get(), beside(path, environment), known, problems, new Problems());
        definition.ifPresent(it -> refuseSecond(it.id(), at));
        return definition;
    }

    private static Documents beside(String path, Map<String, String> environment) {
        return endpoint -> {
            String document = environment.get(NamedFiles.variable(NamedFiles.besideWorkflow(path, endpoint)));
            if (document == null) {
                throw new IOException("there is no such file beside the definition");
            }
            return document;
        };
    }

    /**
     * Returns what may be a mistake in definitions in which there is none for sure.
     *
     * @param environment with which the config was read
     */
    public static List<Problem> warnings(JobConfig config, Map<String, String> environment) {
        Optional<Workflows> workflows = config.functions().workflows();
        return workflows.isPresent() ? warnings(config, workflows.get(), environment) : List.of();
    }

    private static List<Problem> warnings(JobConfig config, Workflows workflows, Map<String, String> environment) {
        Problems warnings = new Problems();
        Set<DefinitionId> ids =
                workflows.definitions().stream().map(WorkflowFile::id).collect(Collectors.toSet());
        for (WorkflowFile file : workflows.definitions()) {
            String text = environment.get(NamedFiles.variable(file.file()));
            if (text != null) {
                Documents documents = beside(file.file(), environment);
                DefinitionReader.read(file.file(), text, documents, ids, new Problems(), warnings)
                        .ifPresent(definition -> warnIfItStartsItself(config, file, definition, text, warnings));
            }
        }
        return warnings.inReadingOrder();
    }

    private static void warnIfItStartsItself(
            JobConfig config, WorkflowFile file, Definition definition, String text, Problems warnings) {
        if (file.to() == null) {
            return;
        }
        ChannelConfig to = config.channel(file.to());
        boolean comesBack = file.from().stream()
                .anyMatch(from ->
                        from.equals(to.name()) || config.channel(from).topics().covers(to.topic()));
        if (comesBack) {
            OwnEvents.starter(definition, WorkflowTasks.of(definition).tasks(), to.topic())
                    .ifPresent(task -> warnings.add(
                            startOf(file, text),
                            "$",
                            "a workflow whose instances are made by events as its task \"" + task.name()
                                    + "\" emits them to the channel \"" + to.name() + "\"",
                            "events of others: each instance may make another, without end"));
        }
    }

    private static Location startOf(WorkflowFile file, String text) {
        return YamlReader.read(file.file(), text, Substitution.none(), new Problems())
                .map(Node::at)
                .orElseThrow();
    }

    private void refuseSecond(DefinitionId id, Node at) {
        Node before = read.putIfAbsent(id, at);
        if (before != null) {
            String expected = "another version: that on line " + before.at().line() + " is it too";
            problems.add(at, at.described() + ", which is " + id, expected);
        }
    }
}
