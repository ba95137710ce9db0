package dev.weft.scale.http;

import dev.weft.scale.control.CollectorEvents;
import dev.weft.scale.control.Memories;
import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobRef;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** What a collector does, for Prometheus. */
public final class CollectorMetrics implements CollectorEvents {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();
    private static final double[] BOUNDS = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30};

    private final Histogram queueReads;
    private final Counter queueFailures;
    private final Histogram jobReads;
    private final Counter jobFailures;
    private final Counter orders;
    private final Counter changes;
    private final Counter failedSteps;

    /** Adds the metrics, with that of how often {@code memories} failed. */
    public CollectorMetrics(PrometheusRegistry metrics, Memories memories) {
        queueReads = histogram("weft_scaler_kafka_read_seconds", "Time to read all queues of a Kafka cluster", metrics);
        queueFailures = counter("weft_scaler_kafka_unread_total", "Queues that could not be read", metrics, "cluster");
        jobReads = histogram("weft_scaler_flink_read_seconds", "Time to read a job of a Flink cluster", metrics);
        jobFailures = counter("weft_scaler_flink_unread_total", "Jobs that could not be read", metrics, "cluster");
        orders = counter(
                "weft_scaler_orders_total",
                "What Kafka, Flink and Kubernetes were asked to do",
                metrics,
                "order",
                "outcome");
        changes = counter("weft_scaler_changes_total", "Decisions for another size", metrics, "verdict");
        failedSteps = counter("weft_scaler_failed_steps_total", "Mistakes in the scaler: see its log", metrics);
        CounterWithCallback.builder()
                .name("weft_scaler_state_failures_total")
                .help("Writes to the state topic that failed; they are tried again")
                .callback(counter -> counter.call(memories.failed()))
                .register(metrics);
    }

    @Override
    public void queuesRead(String cluster, Duration took, int queues, int unread) {
        queueReads.labelValues(cluster).observe(took.toNanos() / SECOND);
        queueFailures.labelValues(cluster).inc(unread);
    }

    @Override
    public void jobRead(JobRef job, Duration took, boolean known) {
        jobReads.labelValues(job.cluster()).observe(took.toNanos() / SECOND);
        jobFailures.labelValues(job.cluster()).inc(known ? 0 : 1);
    }

    @Override
    public void stepTaken(ScaledObjectKey scaledObject, Step step) {
        step.change()
                .ifPresent(
                        change -> changes.labelValues(change.verdict().name()).inc());
    }

    @Override
    public void stepFailed(ScaledObjectKey scaledObject) {
        failedSteps.inc();
    }

    @Override
    public void orderEnded(ScaledObjectKey scaledObject, Order order, boolean done) {
        orders.labelValues(order.getClass().getSimpleName(), done ? "done" : "failed")
                .inc();
    }

    private static Histogram histogram(String name, String help, PrometheusRegistry metrics) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames("cluster")
                .classicUpperBounds(BOUNDS)
                .classicOnly()
                .register(metrics);
    }

    private static Counter counter(String name, String help, PrometheusRegistry metrics, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(metrics);
    }
}
