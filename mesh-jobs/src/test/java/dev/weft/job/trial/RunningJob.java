package dev.weft.job.trial;

import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Leg;
import dev.weft.job.audit.Row;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobState;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.testkit.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** A mesh job on some cluster. */
record RunningJob(FlinkRest cluster, String id) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Returns the job once every task of it runs. */
    static RunningJob await(FlinkRest cluster, String id) throws Exception {
        cluster.awaitRunning(id, PATIENCE);
        return new RunningJob(cluster, id);
    }

    /**
     * Returns what the job counts once {@code enough} accepts it. Flink collects counters a moment after the fact and
     * one after the other: that one is complete says nothing of the next, so ask for all that are looked at.
     */
    MeshCounts awaitCounts(Predicate<MeshCounts> enough) throws Exception {
        return Await.value(
                "the job to count enough",
                PATIENCE,
                () -> Optional.of(cluster.counts(id)).filter(enough));
    }

    /** Returns the books of all subtasks at one checkpoint, not before the last that is complete now. */
    Balance audit() throws Exception {
        return cluster.audit(id).read(PATIENCE, waiting -> {});
    }

    /** Returns what the books say of a leg once {@code enough} accepts it; nothing may be missing meanwhile. */
    Row awaitRow(Leg leg, Predicate<Row> enough) throws Exception {
        return Await.value("the books of " + leg + " to say enough", PATIENCE, () -> {
            Balance balance = audit();
            if (!balance.unbalanced(true).isEmpty()) {
                throw new AssertionError("events are missing: " + balance.unbalanced(true));
            }
            return balance.rows().stream()
                    .filter(row -> row.leg().equals(leg))
                    .filter(enough)
                    .findFirst();
        });
    }

    JobState state() throws Exception {
        return cluster.job(id).state();
    }

    /** Returns why the job last failed; empty if it has run without a break. */
    Optional<String> failure() throws Exception {
        return cluster.failure(id);
    }

    /** Stops the job where it is and returns its savepoint. */
    String stopWithSavepoint() throws Exception {
        String savepoint = cluster.stopWithSavepoint(id, Optional.empty(), PATIENCE);
        cluster.awaitEnd(id, PATIENCE);
        return savepoint;
    }
}
