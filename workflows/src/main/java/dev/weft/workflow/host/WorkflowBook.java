package dev.weft.workflow.host;

import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The definitions that a job knows: those of its config, by which new instances begin, and those by which older ones
 * still go on. Immutable.
 */
public final class WorkflowBook {

    private static final Comparator<Workflow> BY_VERSION =
            Comparator.comparing(workflow -> workflow.definition().id().version(), VersionOrder.INSTANCE);

    private final Map<String, Workflow> byDigest = new LinkedHashMap<>();
    private final Map<DefinitionId, Workflow> current = new LinkedHashMap<>();
    private final Map<String, Workflow> newest = new LinkedHashMap<>();

    private WorkflowBook(Stream<HostedDefinition> config, Stream<HostedDefinition> older) {
        List<HostedDefinition> kept = older.toList();
        config.forEach(hosted -> {
            Definition definition = hosted.definition();
            current.put(
                    definition.id(),
                    byDigest.computeIfAbsent(definition.digest(), digest -> new Workflow(hosted, kept)));
        });
        kept.forEach(
                hosted -> byDigest.computeIfAbsent(hosted.definition().digest(), digest -> new Workflow(hosted, kept)));
        for (Workflow workflow : current.values()) {
            newest.merge(
                    workflow.scheduleId(), workflow, (one, other) -> BY_VERSION.compare(one, other) > 0 ? one : other);
        }
    }

    /**
     * Makes a book of definitions whose instances all live as the settings of the job say.
     *
     * @param config the definitions of the config. Where two have the same name and version, the last one counts
     * @param older others that instances may go on by
     */
    public WorkflowBook(Collection<Definition> config, Collection<Definition> older) {
        this(
                config.stream().map(definition -> new HostedDefinition(definition, null)),
                older.stream().map(definition -> new HostedDefinition(definition, null)));
    }

    /** As the constructor, of definitions whose instances live each in their own way. */
    public static WorkflowBook ofHosted(Collection<HostedDefinition> config, Collection<HostedDefinition> older) {
        return new WorkflowBook(config.stream(), older.stream());
    }

    /** Returns the definition of that digest. */
    public Optional<Workflow> ofDigest(String digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** Returns by what a new instance of that name begins. */
    Optional<Workflow> find(WorkflowName name) {
        String version = name.version();
        return Optional.ofNullable(
                version == null
                        ? newest.get(name.namespace() + "/" + name.name())
                        : current.get(new DefinitionId(name.namespace(), name.name(), version)));
    }

    /**
     * Returns by what an instance begins that its schedule has started: also by one that the config does not have any
     * more, as its start may have been on its way when the job went on with another config.
     */
    Optional<Workflow> findScheduled(WorkflowName name) {
        return find(name)
                .or(() -> byDigest.values().stream()
                        .filter(workflow ->
                                WorkflowName.of(workflow.definition().id()).equals(name))
                        .findFirst());
    }

    /** Returns all definitions. */
    public Collection<Workflow> all() {
        return List.copyOf(byDigest.values());
    }

    /** Returns the newest definition of each name in the config: their schedules are in force. */
    public Collection<Workflow> newest() {
        return List.copyOf(newest.values());
    }
}
