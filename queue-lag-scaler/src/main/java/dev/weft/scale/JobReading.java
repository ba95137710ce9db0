package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a Flink job says of itself, as far as it matters for its size. There is no CPU in it.
 *
 * @param phase what the job does now
 * @param parallelism of the source in the execution that runs; 0 if none does
 * @param runningSince when all tasks of that execution ran; empty unless {@code phase} is RUNNING
 * @param recordsPerSecond the source takes in, all subtasks together
 * @param busiest the share of time the busiest subtask of any vertex is busy, 0 to 1
 * @param backPressured the share of time the source cannot pass on what it has, 0 to 1
 * @param targetLimited whether what holds the job back is a target outside of it
 * @param checkpoint the newest completed checkpoint of the job, in any of its executions
 * @param failedCheckpoints in a row since then
 * @param checkpointInterval as configured; zero if there are no checkpoints
 * @param upperBound the parallelism the job was told to have at most; 0 if unknown
 */
public record JobReading(
        Phase phase,
        int parallelism,
        Optional<Instant> runningSince,
        double recordsPerSecond,
        double busiest,
        double backPressured,
        boolean targetLimited,
        Optional<Checkpoint> checkpoint,
        int failedCheckpoints,
        Duration checkpointInterval,
        int upperBound) {

    /** What a job does. */
    public enum Phase {
        /** All its tasks run. */
        RUNNING,
        /** It is between two executions: deploying, failing over, being rescaled. */
        RESTARTING,
        /** It has no TaskManager to run on. */
        WAITING,
        /** It has ended or does not exist. */
        ENDED
    }

    /** A completed checkpoint. */
    public record Checkpoint(long id, Instant completed, boolean savepoint) {}
}
