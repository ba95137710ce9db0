package dev.weft.oracle.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.autoscaler.JobAutoScalerContext;
import org.apache.flink.autoscaler.ScalingMetricCollector;
import org.apache.flink.autoscaler.metrics.FlinkMetric;
import org.apache.flink.autoscaler.state.AutoScalerStateStore;
import org.apache.flink.autoscaler.topology.IOMetrics;
import org.apache.flink.autoscaler.topology.JobTopology;
import org.apache.flink.autoscaler.topology.VertexInfo;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;

/** Metrics of a job of one vertex that is not there; all that is made of them is the autoscaler's own. */
final class SimulatedMetrics extends ScalingMetricCollector<String, JobAutoScalerContext<String>> {

    static final JobVertexID VERTEX = new JobVertexID(1, 1);

    private final int partitions;
    private Seen seen;
    private double busyMillis;

    SimulatedMetrics(int partitions, Seen first) {
        this.partitions = partitions;
        this.seen = first;
    }

    void now(Seen next) {
        if (next.recordsIn() < seen.recordsIn() || !next.running()) {
            busyMillis = 0;
        }
        busyMillis += next.busy() * (next.millis() - seen.millis()) / 1000;
        seen = next;
    }

    @Override
    public JobDetailsInfo getJobDetailsInfo(JobAutoScalerContext<String> context, Duration timeout) {
        return null;
    }

    @Override
    protected Instant getJobRunningTs(JobDetailsInfo details) {
        return Instant.ofEpochMilli(seen.runningSince());
    }

    @Override
    protected JobTopology getJobTopology(
            JobAutoScalerContext<String> context,
            AutoScalerStateStore<String, JobAutoScalerContext<String>> store,
            JobDetailsInfo details) {
        var io = new IOMetrics(seen.recordsIn(), 0, busyMillis);
        var vertex = new VertexInfo(VERTEX, Map.of(), seen.parallelism(), SimulatedJob.MAX_PARALLELISM, io);
        vertex.setNumSourcePartitions(partitions);
        return new JobTopology(vertex);
    }

    @Override
    protected Map<JobVertexID, Map<String, FlinkMetric>> queryFilteredMetricNames(
            JobAutoScalerContext<String> context, JobTopology topology) {
        return Map.of();
    }

    @Override
    protected Collection<String> queryAggregatedMetricNames(
            org.apache.flink.client.program.rest.RestClusterClient<?> client,
            org.apache.flink.api.common.JobID job,
            JobVertexID vertex) {
        return List.of();
    }

    @Override
    protected Map<JobVertexID, Map<FlinkMetric, AggregatedMetric>> queryAllAggregatedMetrics(
            JobAutoScalerContext<String> context, Map<JobVertexID, Map<String, FlinkMetric>> names) {
        Map<FlinkMetric, AggregatedMetric> metrics = new HashMap<>();
        put(metrics, FlinkMetric.BUSY_TIME_PER_SEC, seen.busiest(), seen.busy());
        double all = seen.backPressured() * seen.parallelism();
        put(metrics, FlinkMetric.BACKPRESSURE_TIME_PER_SEC, seen.backPressured(), all);
        put(metrics, FlinkMetric.SOURCE_TASK_NUM_RECORDS_IN_PER_SEC, seen.recordsPerSecond(), seen.recordsPerSecond());
        put(metrics, FlinkMetric.SOURCE_TASK_NUM_RECORDS_IN, seen.recordsIn(), seen.recordsIn());
        seen.pendingRecords().ifPresent(pending -> put(metrics, FlinkMetric.PENDING_RECORDS, pending, pending));
        return Map.of(VERTEX, metrics);
    }

    private void put(Map<FlinkMetric, AggregatedMetric> metrics, FlinkMetric metric, double max, double sum) {
        double mean = sum / Math.max(1, seen.parallelism());
        metrics.put(metric, new AggregatedMetric(metric.name(), mean, max, mean, sum, 0.0));
    }

    @Override
    protected Map<FlinkMetric, Metric> queryJmMetrics(JobAutoScalerContext<String> context) {
        return Map.of();
    }

    @Override
    protected Map<FlinkMetric, AggregatedMetric> queryTmMetrics(JobAutoScalerContext<String> context) {
        return Map.of();
    }
}
