package dev.weft.scale.simulator;

/**
 * Something that happens to the model.
 *
 * @param from the second it begins in
 * @param to the second it is over; of no meaning for what happens at once
 * @param value what it says depends on the kind
 */
public record Disturbance(Kind kind, int from, int to, double value) {

    /** What can happen. */
    public enum Kind {
        /** Offsets cannot be asked for; the job goes on. */
        OFFSETS_UNKNOWN,
        /** The broker is down: nothing is written, read or asked. */
        BROKER_DOWN,
        /** The JobManager's REST interface does not answer. */
        REST_DOWN,
        /** At once: the JobManager fails, is back after {@code value} seconds and restores the last checkpoint. */
        JOB_MANAGER_FAILS,
        /** At once: a TaskManager that is used is killed. */
        TASK_MANAGER_KILLED,
        /** No checkpoint completes. */
        CHECKPOINTS_FAIL,
        /** Subtasks drain {@code value} times what they did. */
        SLOWER,
        /** A target outside of the job takes no more than {@code value} records per second. */
        TARGET_SLOW,
        /** Partition number {@code value} gives no record. */
        STUCK,
        /** The CPU is used up by something that has nothing to do with records. */
        CPU_BUSY,
        /** At once: the job is restored with the positions it had {@code value} seconds before. */
        REWIND,
        /** At once: all but the last {@code value} seconds are deleted, as short retention does. */
        RETENTION,
        /** At once: the topic is deleted and created; the job begins at its first offset. */
        RECREATED,
        /** The process of the scaler is away. */
        SCALER_DOWN
    }

    static Disturbance at(int second, Kind kind, double value) {
        return new Disturbance(kind, second, second + 1, value);
    }

    boolean lastsAt(int second) {
        return from <= second && second < to;
    }
}
