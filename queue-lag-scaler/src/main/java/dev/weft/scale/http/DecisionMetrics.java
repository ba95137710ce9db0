package dev.weft.scale.http;

import dev.weft.scale.Decision;
import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Answers;
import dev.weft.scale.control.Answers.Seen;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The newest decision on every ScaledObject, for Prometheus: gauges with the ScaledObject's namespace and name. They
 * are made when asked for, so a ScaledObject that is forgotten has none.
 */
public final class DecisionMetrics {

    private final Answers answers;
    private final PrometheusRegistry metrics;

    private DecisionMetrics(Answers answers, PrometheusRegistry metrics) {
        this.answers = answers;
        this.metrics = metrics;
    }

    /** Adds the gauges. */
    public static void register(Answers answers, PrometheusRegistry metrics) {
        DecisionMetrics gauges = new DecisionMetrics(answers, metrics);
        gauges.gauge("weft_scaler_wanted_replicas", "Replicas KEDA is told; NaN while unknown", DecisionMetrics::told);
        gauges.gauge("weft_scaler_known", "1 if KEDA is told a number, 0 if an error", seen -> isKnown(seen) ? 1 : 0);
        gauges.gauge(
                "weft_scaler_lag_records",
                "Records that wait",
                seen -> seen.decision().lag());
        gauges.gauge(
                "weft_scaler_arrivals_per_second",
                "Records that are written, per second",
                seen -> seen.decision().arrivalsPerSecond());
        gauges.gauge(
                "weft_scaler_capacity_per_subtask",
                "Records one subtask drains, per second; 0 if unknown",
                seen -> seen.decision().capacityPerSubtask());
        gauges.gauge(
                "weft_scaler_decision_timestamp_seconds",
                "When the newest decision was made",
                seen -> seen.decision().at().toEpochMilli() / 1000.0);
        gauges.alarms();
    }

    private void gauge(String name, String help, ToDoubleFunction<Seen> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("namespace", "name")
                .callback(gauge -> answers.scaledObjects()
                        .forEach(key -> answers.newest(key)
                                .ifPresent(newest ->
                                        gauge.call(value.applyAsDouble(newest), key.namespace(), key.name()))))
                .register(metrics);
    }

    private void alarms() {
        GaugeWithCallback.builder()
                .name("weft_scaler_alarms")
                .help("What a person should look at, by kind")
                .labelNames("namespace", "name", "kind")
                .callback(gauge -> answers.scaledObjects().forEach(key -> {
                    List<Decision.Alarm> alarms = answers.newest(key)
                            .map(newest -> newest.decision().alarms())
                            .orElse(List.of());
                    for (Decision.Alarm.Kind kind : Decision.Alarm.Kind.values()) {
                        long count = alarms.stream()
                                .filter(alarm -> alarm.kind() == kind)
                                .count();
                        gauge.call(count, key.namespace(), key.name(), kind.name());
                    }
                }))
                .register(metrics);
    }

    private static double told(Seen seen) {
        return seen.answer() instanceof Answer.Wanted wanted ? wanted.replicas() : Double.NaN;
    }

    private static boolean isKnown(Seen seen) {
        return seen.answer() instanceof Answer.Wanted;
    }
}
