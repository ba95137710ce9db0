package dev.weft.benchmarks.scaler;

import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.simulator.Autoscaler;
import dev.weft.scale.simulator.Contender;
import dev.weft.scale.simulator.JobMetrics;
import dev.weft.scale.simulator.Levers;
import dev.weft.scale.simulator.Sight;
import dev.weft.scale.simulator.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Flink operator's autoscaler with some settings. It sees the metrics of the job and nothing of Kafka, changes the
 * parallelism in place, and never goes to zero.
 */
final class FlinkAutoscaler implements Contender {

    private final String name;
    private final AutoscalerProcess process;
    private final int everySeconds;
    private final Map<String, String> settings;

    private FlinkAutoscaler(String name, AutoscalerProcess process, int everySeconds, Map<String, String> settings) {
        this.name = name;
        this.process = process;
        this.everySeconds = everySeconds;
        this.settings = settings;
    }

    /** As it comes: a window of 15 minutes, 5 minutes to become stable, a look each minute. */
    static FlinkAutoscaler asItComes(AutoscalerProcess process) {
        return new FlinkAutoscaler("flink-autoscaler", process, 60, Map.of());
    }

    /** For a quick reaction: a window of two minutes and short delays, a look each ten seconds. */
    static FlinkAutoscaler tuned(AutoscalerProcess process) {
        return new FlinkAutoscaler(
                "flink-autoscaler-tuned",
                process,
                10,
                Map.of(
                        "metrics.window", "2 min",
                        "stabilization.interval", "10 s",
                        "scale-down.interval", "2 min",
                        "catch-up.duration", "5 min",
                        "restart.time", "30 s",
                        "restart.time-tracking.enabled", "true"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Rescaling rescaling() {
        return Rescaling.NATIVE;
    }

    @Override
    public Autoscaler begin(Terms terms) {
        Map<String, String> all = new TreeMap<>();
        settings.forEach((key, value) -> all.put("job.autoscaler." + key, value));
        all.put("job.autoscaler.enabled", "true");
        all.put("job.autoscaler.vertex.max-parallelism", String.valueOf(terms.maxReplicas()));
        try {
            process.begin(terms.partitions(), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Run();
    }

    private final class Run implements Autoscaler {

        private int seconds;
        private int told;

        @Override
        public void tick(Sight sight, Levers levers) {
            if (seconds++ % everySeconds != 0) {
                return;
            }
            Optional<JobSnapshot> job = sight.job().value();
            Optional<JobMetrics> metrics = sight.metrics().value();
            boolean running =
                    job.filter(it -> it.reading().phase() == Phase.RUNNING).isPresent() && metrics.isPresent();
            if (!running) {
                return; // the operator does not ask it about a job that does not run
            }
            try {
                int wanted = process.look(line(sight.now(), job.orElseThrow(), metrics.orElseThrow()));
                if (wanted != told && levers.setParallelism(wanted)) {
                    told = wanted;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String line(Instant now, JobSnapshot job, JobMetrics metrics) {
        long recordsIn = 0;
        double rate = 0;
        double busy = 0;
        double busiest = 0;
        double backPressured = 0;
        for (JobMetrics.Subtask subtask : metrics.subtasks()) {
            recordsIn += subtask.recordsIn();
            rate += subtask.recordsPerSecond();
            busy += subtask.busy();
            busiest = Math.max(busiest, subtask.busy());
            backPressured += subtask.backPressured() / metrics.subtasks().size();
        }
        String pending = metrics.pendingRecords().isPresent()
                ? String.valueOf(metrics.pendingRecords().getAsDouble())
                : "-";
        return now.toEpochMilli()
                + " true "
                + job.reading().runningSince().orElse(now).toEpochMilli()
                + " " + metrics.subtasks().size()
                + " " + recordsIn
                + " " + busiest * 1000
                + " " + busy * 1000
                + " " + backPressured * 1000
                + " " + rate
                + " " + pending;
    }
}
