package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A subtask as a JobManager shows it.
 *
 * @param taskManager the id of the one it runs on
 * @param began when it was deployed, by the JobManager's clock in milliseconds
 * @param runningMillis since when it runs, by the same clock
 * @param work what it has done; empty if the JobManager has not heard of it, or not lately, or it has only begun
 */
record Subtask(int index, boolean isRunning, String taskManager, long began, long runningMillis, Optional<Work> work) {

    /** A JobManager asks TaskManagers every 10 s unless configured otherwise, and when asked itself. */
    private static final long NEWS_MILLIS = 15_000;

    /** What is done in less says nothing of what will be. */
    private static final long BRIEF_MILLIS = 2_000;

    /** Both clocks are not read at once. */
    private static final long JITTER_MILLIS = 2_000;

    static Subtask parse(JsonNode subtask) {
        long running = subtask.path("status-duration").path("RUNNING").asLong(-1);
        boolean isRunning = subtask.path("status").asText().equals("RUNNING");
        return new Subtask(
                subtask.path("subtask").asInt(),
                isRunning,
                subtask.path("taskmanager-id").asText(),
                subtask.path("start-time").asLong(-1),
                Math.max(0, running),
                isRunning && running >= 0 ? work(subtask.path("metrics"), running) : Optional.empty());
    }

    /**
     * Numbers that were not heard of are 0 and called complete nevertheless; the busy time alone tells by being
     * {@code NaN}.
     */
    private static Optional<Work> work(JsonNode metrics, long running) {
        JsonNode busy = metrics.path("accumulated-busy-time");
        if (!busy.isNumber() || !Double.isFinite(busy.asDouble())) {
            return Optional.empty();
        }
        Work work = new Work(
                metrics.path("read-records").asDouble(),
                busy.asDouble(),
                metrics.path("accumulated-idle-time").asDouble(),
                metrics.path("accumulated-backpressured-time").asDouble());
        double age = running - work.millis();
        return work.millis() >= BRIEF_MILLIS && age <= NEWS_MILLIS && age >= -JITTER_MILLIS
                ? Optional.of(work)
                : Optional.empty();
    }
}
