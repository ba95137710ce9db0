package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;

import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.engine.Status;
import dev.weft.workflow.host.InstanceObserver;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What workflows count, under the group {@code weft} of the functions' operator. Of each definition,
 * {@code workflow.<namespace/name:version>.started}, {@code .completed}, {@code .faulted}, {@code .cancelled} and
 * {@code .calls}.
 */
final class WorkflowMetrics implements InstanceObserver {

    private final MetricGroup weft;
    private final Map<DefinitionId, OfDefinition> definitions = new HashMap<>();

    WorkflowMetrics(MetricGroup operator) {
        weft = operator.addGroup(FunctionMetrics.GROUP);
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
    public void called(DefinitionId definition, int calls) {
        of(definition).calls.inc(calls);
    }

    private OfDefinition of(DefinitionId definition) {
        return definitions.computeIfAbsent(
                definition, id -> new OfDefinition(weft.addGroup("workflow").addGroup(id.toString())));
    }

    private static final class OfDefinition {

        final Counter started;
        final Counter calls;
        final Map<Status, Counter> ended = new HashMap<>();

        OfDefinition(MetricGroup group) {
            started = group.counter("started");
            calls = group.counter("calls");
            for (Status status : Status.values()) {
                if (status.isLast()) {
                    ended.put(status, group.counter(status.name().toLowerCase(Locale.ROOT)));
                }
            }
        }
    }
}
