package dev.weft.job.flink.function;

import dev.weft.function.FunctionCatalog.Entry;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.job.KnownWorkflows;
import dev.weft.job.Workflows;
import dev.weft.workflow.host.CheckpointGate;
import dev.weft.workflow.host.InstanceCount;
import dev.weft.workflow.host.Outside;
import dev.weft.workflow.host.ThreadTime;
import dev.weft.workflow.host.UnreadableException;
import dev.weft.workflow.host.WorkflowFunctions;
import dev.weft.workflow.host.WorkflowTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workflows of a job in one subtask: functions, and what they have to do with checkpoints. */
final class HostedWorkflows implements CatalogFactory.Companion {

    /** Their bytes are bounded as well. */
    private static final int MOST_CALLS = 100_000;

    private final KnownWorkflows known;
    private final WorkflowMetrics metrics;
    private final CheckpointGate gate = new CheckpointGate();
    private final Map<FunctionType, Entry> entries;

    /**
     * Opens them.
     *
     * @param outside makes their calls
     * @throws UnreadableException if what was kept cannot be read
     */
    HostedWorkflows(Workflows config, Outside outside, CatalogFactory.Opening opening) throws UnreadableException {
        this.known = KnownWorkflows.of(config, opening.kept());
        List<InstanceCount> counted = new ArrayList<>();
        for (byte[] form : opening.counted()) {
            counted.add(InstanceCount.read(form));
        }
        this.metrics = new WorkflowMetrics(opening.metrics(), counted);
        this.entries = new LinkedHashMap<>(WorkflowFunctions.of(
                known.book(),
                known.settings(),
                outside,
                gate,
                opening.clock(),
                ThreadTime.or(opening.nanoTime()),
                metrics));
        entries.computeIfPresent(
                WorkflowTypes.CALL, (type, entry) -> new Entry(entry.invoker(), manyAtOnce(entry.terms())));
    }

    /** Each host has a limit of its own, and what is held back until a checkpoint must not hold up the others. */
    private static FunctionTerms manyAtOnce(FunctionTerms terms) {
        return new FunctionTerms(
                terms.maxBatch(),
                MOST_CALLS,
                terms.timeout(),
                terms.maxAttempts(),
                terms.firstDelay(),
                terms.longestDelay(),
                terms.maxValueBytes(),
                terms.maxValuesBytes());
    }

    Map<FunctionType, Entry> entries() {
        return entries;
    }

    /** Schedules are set, which they may be already. */
    @Override
    public List<Message> atStart() {
        return WorkflowFunctions.armings(known.book());
    }

    @Override
    public List<byte[]> kept() {
        return known.forms();
    }

    @Override
    public List<byte[]> counted() {
        return metrics.counts().stream().map(InstanceCount::form).toList();
    }

    @Override
    public void checkpointBegun(long checkpoint) {
        gate.taken(checkpoint);
    }

    @Override
    public void checkpointCompleted(long checkpoint) {
        gate.completed(checkpoint);
    }

    @Override
    public void drained() {
        gate.open();
    }
}
