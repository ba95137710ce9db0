package dev.weft.scale.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What is known of a job from one reading to the next. Used while its lock is held. */
final class JobMemory {

    /** Metrics come while a job starts, and with partitions that are discovered. */
    private static final Duration NAMES_LAST = Duration.ofSeconds(60);

    final ReentrantLock lock = new ReentrantLock();

    /** As configured; it stays the same as long as the job. */
    Optional<Duration> checkpointInterval = Optional.empty();

    /** Asking once more would only fill the JobManager's log. */
    boolean hasNoRequirements;

    private Checkpoints checkpoints = Checkpoints.NONE;
    private long attempt = -1;
    private Instant runningSince = Instant.EPOCH;
    private LoadMeter meter = new LoadMeter();
    private final Map<String, Listed> names = new HashMap<>();

    private record Listed(MetricNames names, Instant at, boolean isEarly) {}

    /** Takes in what is shown and returns what is known. */
    Checkpoints keep(Checkpoints shown) {
        checkpoints = shown.orBefore(checkpoints);
        return checkpoints;
    }

    /** Forgets what was of another execution. */
    void look(Execution execution, Instant now) {
        if (execution.attempt() != attempt) {
            attempt = execution.attempt();
            runningSince = now.minusMillis(execution.runningMillis());
            meter = new LoadMeter();
            names.clear();
        }
    }

    LoadMeter meter() {
        return meter;
    }

    /** Returns since when all tasks of the execution run; the same for as long as they do. */
    Instant runningSince() {
        return runningSince;
    }

    /** Returns the metrics of a vertex, if they were listed and are likely to be the same still. */
    Optional<MetricNames> names(String vertex, Instant now) {
        return Optional.ofNullable(names.get(vertex))
                .filter(listed -> !listed.isEarly && now.isBefore(listed.at.plus(NAMES_LAST)))
                .filter(listed -> !now.isBefore(listed.at))
                .map(Listed::names);
    }

    MetricNames keep(String vertex, MetricNames listed, Instant now) {
        names.put(vertex, new Listed(listed, now, now.isBefore(runningSince.plus(NAMES_LAST))));
        return listed;
    }

    void forgetNames(String vertex) {
        names.remove(vertex);
    }
}
