package dev.weft.scale.simulator;

import java.time.Duration;

/**
 * What whoever configures a policy knows beforehand.
 *
 * @param perSubtask records per second one subtask is said to drain
 * @param maxReplicas most TaskManagers, of one slot each
 * @param slo so long may a record wait
 * @param seed of whatever is random in the policy, such as the phase of its polls
 */
public record Terms(
        String topic, String group, int partitions, double perSubtask, int maxReplicas, Duration slo, long seed) {}
