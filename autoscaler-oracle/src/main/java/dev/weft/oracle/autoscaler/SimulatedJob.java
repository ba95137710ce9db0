package dev.weft.oracle.autoscaler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.autoscaler.Clocks;
import org.apache.flink.autoscaler.JobAutoScalerContext;
import org.apache.flink.autoscaler.JobAutoScalerImpl;
import org.apache.flink.autoscaler.ScalingExecutor;
import org.apache.flink.autoscaler.ScalingMetricEvaluator;
import org.apache.flink.autoscaler.event.AutoScalerEventHandler;
import org.apache.flink.autoscaler.realizer.ScalingRealizer;
import org.apache.flink.autoscaler.state.InMemoryAutoScalerStateStore;
import org.apache.flink.autoscaler.tuning.ConfigChanges;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** One job and the autoscaler that looks after it, in simulated time. */
final class SimulatedJob {

    /** Flink's usual one of a job of few subtasks. */
    static final int MAX_PARALLELISM = 128;

    private final Configuration configuration;
    private final JobID id = new JobID(1, 1);
    private final SimulatedMetrics metrics;
    private final JobAutoScalerImpl<String, JobAutoScalerContext<String>> autoscaler;
    private Instant now = Instant.EPOCH;
    private int wanted;

    SimulatedJob(Map<String, String> settings, int partitions, Seen first) throws ReflectiveOperationException {
        configuration = Configuration.fromMap(settings);
        metrics = new SimulatedMetrics(partitions, first);
        wanted = first.parallelism();
        var store = new InMemoryAutoScalerStateStore<String, JobAutoScalerContext<String>>();
        var events = new Failing();
        var executor = new ScalingExecutor<>(events, store);
        autoscaler = new JobAutoScalerImpl<>(
                metrics, new ScalingMetricEvaluator(), executor, events, new Wishes(), store);
        Clocks.set(autoscaler, metrics, executor, new Now());
    }

    /** Lets the autoscaler look at the job once, and returns the parallelism it wants. */
    int look(Seen seen) throws Exception {
        now = Instant.ofEpochMilli(seen.millis());
        metrics.now(seen);
        autoscaler.scale(new JobAutoScalerContext<>(
                "job",
                id,
                seen.running() ? JobStatus.RUNNING : JobStatus.RESTARTING,
                configuration,
                new UnregisteredMetricsGroup(),
                () -> null));
        return wanted;
    }

    /** Hears what parallelism the vertex should have. */
    private final class Wishes implements ScalingRealizer<String, JobAutoScalerContext<String>> {

        @Override
        public void realizeParallelismOverrides(JobAutoScalerContext<String> context, Map<String, String> overrides) {
            wanted = Integer.parseInt(overrides.get(SimulatedMetrics.VERTEX.toHexString()));
        }

        @Override
        public void realizeConfigOverrides(JobAutoScalerContext<String> context, ConfigChanges changes) {}
    }

    /** An autoscaler that fails inside would only hold still, and look wise. */
    private static final class Failing implements AutoScalerEventHandler<String, JobAutoScalerContext<String>> {

        @Override
        public void handleEvent(
                JobAutoScalerContext<String> context,
                Type type,
                String reason,
                String message,
                String key,
                Duration interval) {}

        @Override
        public void handleException(JobAutoScalerContext<String> context, String reason, Throwable failure) {
            throw new IllegalStateException(reason, failure);
        }
    }

    private final class Now extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
