package dev.weft.scale;

import java.time.Duration;

/**
 * What a user wants of the size of a consumer.
 *
 * @param consumer who consumes
 * @param slo so long may the oldest record wait
 * @param utilisation share of its capacity a consumer should use in the long run, above 0 and at most 1
 * @param minReplicas fewest replicas while there is work, at least 1
 * @param maxReplicas most replicas, at least {@code minReplicas}
 * @param slots subtasks a replica holds, at least 1
 * @param capacityPerSubtask records per second one subtask drains, until it is learned; 0 if nobody knows
 * @param idleAfter so long must there have been no work before there are no replicas
 * @param toZero whether there may be none: a job with timers or windows must not sleep
 * @param downWindow the largest size of so much time decides how far to go down
 * @param benefitHorizon what is saved in so much time must be worth the restart
 * @param steadyFor least time between two changes of size
 * @param poll how often the scaler looks
 */
public record PolicySettings(
        Consumer consumer,
        Duration slo,
        double utilisation,
        int minReplicas,
        int maxReplicas,
        int slots,
        double capacityPerSubtask,
        Duration idleAfter,
        boolean toZero,
        Duration downWindow,
        Duration benefitHorizon,
        Duration steadyFor,
        Duration poll) {

    /** Who consumes a queue, which says how its size is changed. */
    public enum Consumer {
        /** A Flink job whose scheduler is adaptive: it is told its parallelism, then TaskManagers come or go. */
        FLINK_ADAPTIVE,
        /** A Flink job in reactive mode: it takes all the TaskManagers there are. */
        FLINK_REACTIVE,
        /** A FlinkDeployment of the operator: one TaskManager at least. */
        FLINK_OPERATOR,
        /** Any Kafka consumer group. */
        GROUP
    }
}
