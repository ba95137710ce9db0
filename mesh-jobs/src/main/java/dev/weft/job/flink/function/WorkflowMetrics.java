package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;

import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.engine.Status;
import dev.weft.workflow.host.InstanceCount;
import dev.weft.workflow.host.InstanceObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What workflows count, under the group {@code weft} of the functions' operator. Of each definition,
 * {@code workflow.<namespace/name:version>.started}, {@code .completed}, {@code .faulted}, {@code .cancelled} and
 * {@code .calls}, and the gauge {@code .active}: instances that have begun and not ended. It goes on from a checkpoint
 * as it was. Where the number of subtasks changes they share out what was counted, and not by whose the instances are:
 * the sum over all subtasks is right, and what one shows may be negative.
 */
final class WorkflowMetrics implements InstanceObserver {

    private final MetricGroup weft;
    private final Map<DefinitionId, OfDefinition> definitions = new HashMap<>();

    /** @param before {@link #counts} of the checkpoint from which the job goes on */
    WorkflowMetrics(MetricGroup operator, List<InstanceCount> before) {
        weft = operator.addGroup(FunctionMetrics.GROUP);
        before.forEach(count -> of(count.definition()).active += count.active());
    }

    @Override
    public void began(DefinitionId definition) {
        of(definition).started.inc();
    }

    @Override
    public void ended(DefinitionId definition, Status status) {
        requireNonNull(of(definition).ended.get(status)).inc();
    }

    @Override
    public void kept(DefinitionId definition, int more) {
        of(definition).active += more;
    }

    /** Returns the instances that are active, as counted here. */
    List<InstanceCount> counts() {
        return definitions.entrySet().stream()
                .map(each -> new InstanceCount(each.getKey(), each.getValue().active))
                .filter(count -> count.active() != 0)
                .toList();
    }

    @Override
    public void called(DefinitionId definition, int calls) {
        of(definition).calls.inc(calls);
    }

    private OfDefinition of(DefinitionId definition) {
        return definitions.computeIfAbsent(
                definition, id -> new OfDefinition(weft.addGroup("workflow").addGroup(id.toString())));
    }

    /** What is counted of one definition. Written by the task's thread, and read by whoever reports. */
    private static final class OfDefinition {

        final Counter started;
        final Counter calls;
        final Map<Status, Counter> ended = new HashMap<>();
        volatile long active;

        OfDefinition(MetricGroup group) {
            started = group.counter("started");
            calls = group.counter("calls");
            group.gauge("active", (Gauge<Long>) () -> active);
            for (Status status : Status.values()) {
                if (status.isLast()) {
                    ended.put(status, group.counter(status.name().toLowerCase(Locale.ROOT)));
                }
            }
        }
    }
}
