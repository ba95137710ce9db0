package dev.weft.job.flink.audit;

import dev.weft.job.audit.Cut;
import dev.weft.job.audit.CutText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** What an operator in a harness shows of its book, as a cluster would read it. */
public final class ShownBook {

    private final Map<String, Gauge<?>> gauges = new TreeMap<>();

    /** Returns surroundings of one subtask, in which what it shows is seen. */
    public MockEnvironment environment(int maxParallelism, int subtasks, int index) {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> {
                    if (metric instanceof Gauge<?> gauge && name.startsWith("audit")) {
                        gauges.put(group.getMetricIdentifier(name), gauge);
                    }
                })
                .build();
        return new MockEnvironmentBuilder()
                .setMaxParallelism(maxParallelism)
                .setParallelism(subtasks)
                .setSubtaskIndex(index)
                .setMetricGroup(
                        TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "host", ResourceID.generate())
                                .addJob(new JobID(), "shop")
                                .addTask(ExecutionAttemptID.randomId(), "task"))
                .build();
    }

    /** Returns what is shown; nothing before a checkpoint is complete. */
    public Optional<Cut> cut() {
        List<String> texts = gauges.values().stream()
                .map(gauge -> gauge.getValue().toString())
                .filter(text -> !text.isEmpty())
                .toList();
        return CutText.parse(texts);
    }
}
