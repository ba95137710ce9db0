package dev.weft.scale.simulator;

import java.util.Optional;

/**
 * A ScaledObject of KEDA with one trigger and {@code minReplicaCount: 0}, as far as it decides about size; times in
 * seconds.
 *
 * @param pollingInterval KEDA asks the trigger so often
 * @param cooldownPeriod so long must the trigger have been inactive before there are no replicas
 * @param target the average value per replica
 */
public record ScaledObject(
        int pollingInterval,
        int cooldownPeriod,
        int maxReplicaCount,
        double target,
        HpaBehavior behavior,
        Optional<Fallback> fallback) {

    /**
     * What is done when the trigger cannot be asked.
     *
     * @param failureThreshold after more failures than that in a row
     * @param replicas that there are to be then
     * @param ifHigher {@code currentReplicasIfHigher} instead of {@code static}
     */
    public record Fallback(int failureThreshold, int replicas, boolean ifHigher) {}
}
