package dev.weft.workflow.host;

import dev.weft.workflow.Await;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.engine.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A definition that the job knows, compiled. */
public final class Workflow {

    private final Definition definition;
    private final @Nullable WorkflowTerms terms;
    private final Program program;
    private final List<AskedFilter> filters;

    /** How its instances lived while the config named other channels that they see. */
    private final List<WorkflowTerms> earlier = new ArrayList<>();

    /** {@link #filters} by each of {@link #earlier}: who began to wait then waits by these. */
    private final List<List<AskedFilter>> filtersBefore;

    /** @param kept among others, the definition as it was in earlier configs, the last one first */
    Workflow(HostedDefinition hosted, Collection<HostedDefinition> kept) {
        this.definition = hosted.definition();
        this.terms = hosted.terms();
        this.program = Program.of(definition);
        this.filters = asked(terms);
        Set<Set<String>> channels = new HashSet<>();
        channels.add(terms == null ? Set.of() : terms.from());
        for (HostedDefinition same : kept) {
            WorkflowTerms before = same.terms();
            if (before != null
                    && same.definition().digest().equals(definition.digest())
                    && channels.add(before.from())) {
                earlier.add(before);
            }
        }
        this.filtersBefore = earlier.stream().map(this::asked).toList();
    }

    private List<AskedFilter> asked(@Nullable WorkflowTerms by) {
        List<String> channels = by == null ? List.of() : List.copyOf(by.from());
        return program.filters().stream()
                .map(filter -> AskedFilter.of(filter, channels))
                .toList();
    }

    public Definition definition() {
        return definition;
    }

    /** Returns how its instances live, where that is said of it alone. */
    public @Nullable WorkflowTerms terms() {
        return terms;
    }

    /** Returns how its instances lived while the config named other channels that they see: some may still wait so. */
    public List<WorkflowTerms> earlierTerms() {
        return List.copyOf(earlier);
    }

    LifecycleLevel lifecycle(HostSettings settings) {
        return terms == null ? settings.lifecycle() : terms.lifecycle();
    }

    boolean holdsCalls(HostSettings settings) {
        return terms == null ? settings.holdsCalls() : terms.holdsCalls();
    }

    public Program program() {
        return program;
    }

    /** Returns the filter of that index. */
    AskedFilter filter(int index) {
        return filters.get(index);
    }

    /** Returns the filter of that index, and as it was asked while the config named other channels. */
    List<AskedFilter> filterEver(int index) {
        List<AskedFilter> all = new ArrayList<>(List.of(filters.get(index)));
        filtersBefore.forEach(before -> all.add(before.get(index)));
        return all;
    }

    /**
     * Returns the filters that instances may wait for: all but those of the schedule. The one that asks for nothing may
     * be of both.
     */
    List<AskedFilter> listened() {
        Set<Integer> scheduled = new HashSet<>();
        for (EventFilter filter : scheduledFilters()) {
            if (!filter.tests().isEmpty()) {
                scheduled.add(filter.index());
            }
        }
        return program.filters().stream()
                .map(EventFilter::index)
                .filter(index -> !scheduled.contains(index))
                .flatMap(index -> filterEver(index).stream())
                .toList();
    }

    /** Returns the filters of the schedule, those that end its collecting included. */
    List<EventFilter> scheduledFilters() {
        Schedule schedule = definition.schedule();
        List<EventFilter> all = new ArrayList<>();
        for (Await await = schedule == null ? null : schedule.events(); await != null; await = ending(await)) {
            all.addAll(program.filtersOf(await));
        }
        return all;
    }

    private static @Nullable Await ending(Await await) {
        return await.until() instanceof Await.Until.Events until ? until.events() : null;
    }

    /** Returns how long events are kept for instances that will listen for them. */
    Duration earlyEvents(HostSettings settings) {
        Duration own = definition.dialect().earlyEvents();
        return own == null ? settings.earlyEvents() : own;
    }

    /** Returns namespace and name, by which its schedule is known. */
    String scheduleId() {
        return definition.id().namespace() + "/" + definition.id().name();
    }

    @Override
    public String toString() {
        return definition.id().toString();
    }
}
