package dev.weft.scale.simulator;

/**
 * The constants of a simulated topic, job and Kubernetes; times in seconds.
 *
 * @param linearity the exponent alpha: {@code n} subtasks drain {@code perSubtask * n^alpha} records per second
 * @param transaction a producer's transaction is so long; 0 if it writes without
 * @param kept share of the records that compaction keeps; 1 if there is none
 * @param committedBefore whether the group had committed in every partition before the run began
 */
public record Cluster(
        int partitions, double linearity, int checkpointEvery, int transaction, double kept, boolean committedBefore) {

    /** Twelve partitions, subtasks that do not hinder each other, a checkpoint every 30 s. */
    public static final Cluster USUAL = new Cluster(12, 1, 30, 0, 1, true);

    Cluster withCheckpointEvery(int seconds) {
        return new Cluster(partitions, linearity, seconds, transaction, kept, committedBefore);
    }

    Cluster withTransaction(int seconds) {
        return new Cluster(partitions, linearity, checkpointEvery, seconds, kept, committedBefore);
    }

    Cluster withCompaction(double share) {
        return new Cluster(partitions, linearity, checkpointEvery, transaction, share, committedBefore);
    }

    Cluster withLinearity(double alpha) {
        return new Cluster(partitions, alpha, checkpointEvery, transaction, kept, committedBefore);
    }

    Cluster withPartitions(int count) {
        return new Cluster(count, linearity, checkpointEvery, transaction, kept, committedBefore);
    }

    Cluster withoutCommits() {
        return new Cluster(partitions, linearity, checkpointEvery, transaction, kept, false);
    }

    /** Returns how long a record may wait. */
    int slo() {
        return 60;
    }

    /** Returns the most TaskManagers there may be: one for each partition, since more could do nothing. */
    int maxReplicas() {
        return partitions;
    }

    /** Returns what one subtask drains that is alone, records per second. */
    double perSubtask() {
        return 100;
    }

    /** Returns what each of {@code n} subtasks drains, records per second. */
    double perSubtask(int n) {
        return perSubtask() * Math.pow(n, linearity - 1);
    }

    /** Returns how long a checkpoint takes from the trigger to the completion. */
    int checkpointTakes() {
        return 2;
    }

    /** Returns the time from the order to a registered TaskManager, on average. */
    int taskManagerStart() {
        return 20;
    }

    /** Returns the time from the end of an execution to the next one. */
    int restart() {
        return 8;
    }

    /** Returns how often Flink's REST server fetches metrics: {@code metrics.fetcher.update-interval}. */
    int metricsEvery() {
        return 10;
    }
}
