package dev.weft.job.flink.function;

import dev.weft.function.FunctionObserver;
import dev.weft.function.FunctionType;
import dev.weft.job.flink.deliver.DeadLetterCounters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of functions count, under their group {@code weft}. Of each type of function,
 * {@code function.<namespace/name>.invocations} (messages that were applied), {@code .retried} and {@code .failures}
 * (calls that came to nothing and are made again, or not), {@code .latencyMicros}, a histogram of how long calls took,
 * and the gauges {@code .inFlight} (calls under way), {@code .backlog} (messages that wait for one) and
 * {@code .stateBytes}, by how much values have grown since the job was started. Besides, {@code ingress},
 * {@code sentHere}, {@code sentAway} and {@code egress}, {@code replayed}, messages of the checkpoint the job goes on
 * from, {@code deadLettered} and {@code reason.<code>.deadLettered} as the routing operator has them, and gauges that
 * the operator {@linkplain #show adds}.
 */
final class FunctionMetrics implements FunctionObserver {

    static final String GROUP = "weft";
    private static final int LATENCIES = 1024;

    final Counter ingress;
    final Counter sentHere;
    final Counter sentAway;
    final Counter egress;
    final Counter replayed;
    final DeadLetterCounters deadLetters;

    private final MetricGroup weft;
    private final Map<FunctionType, OfType> types = new HashMap<>();
    private @Nullable OfType last;

    FunctionMetrics(MetricGroup operator) {
        weft = operator.addGroup(GROUP);
        ingress = weft.counter("ingress");
        sentHere = weft.counter("sentHere");
        sentAway = weft.counter("sentAway");
        egress = weft.counter("egress");
        replayed = weft.counter("replayed");
        deadLetters = new DeadLetterCounters(weft);
    }

    /** Shows a number that is asked for by other threads. */
    void show(String name, LongSupplier value) {
        weft.gauge(name, (Gauge<Long>) value::getAsLong);
    }

    @Override
    public void called(FunctionType type, int messages, long nanos, Outcome outcome) {
        OfType counted = of(type);
        counted.latency.update(nanos / 1000);
        switch (outcome) {
            case DONE -> counted.invocations.inc(messages);
            case RETRIED -> counted.retried.inc();
            case GIVEN_UP -> counted.failures.inc();
            case UNDECLARED -> {} // the same call is made again
        }
    }

    @Override
    public void waiting(FunctionType type, int messagesMore) {
        of(type).backlog += messagesMore;
    }

    @Override
    public void underWay(FunctionType type, int callsMore) {
        of(type).inFlight += callsMore;
    }

    @Override
    public void valueBytes(FunctionType type, long bytesMore) {
        of(type).stateBytes += bytesMore;
    }

    private OfType of(FunctionType type) {
        OfType latest = last;
        if (latest == null || !latest.type.equals(type)) {
            latest = types.computeIfAbsent(
                    type, it -> new OfType(it, weft.addGroup("function").addGroup(it.toString())));
            last = latest;
        }
        return latest;
    }

    /** What is counted of one type. Written by the task's thread, and read by whoever reports. */
    private static final class OfType {

        final FunctionType type;
        final Counter invocations;
        final Counter retried;
        final Counter failures;
        final Histogram latency;
        volatile int inFlight;
        volatile int backlog;
        volatile long stateBytes;

        OfType(FunctionType type, MetricGroup group) {
            this.type = type;
            invocations = group.counter("invocations");
            retried = group.counter("retried");
            failures = group.counter("failures");
            latency = group.histogram("latencyMicros", new DescriptiveStatisticsHistogram(LATENCIES));
            group.gauge("inFlight", (Gauge<Integer>) () -> inFlight);
            group.gauge("backlog", (Gauge<Integer>) () -> backlog);
            group.gauge("stateBytes", (Gauge<Long>) () -> stateBytes);
        }
    }
}
