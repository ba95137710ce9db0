package dev.weft.workflow.host;

import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.engine.Limits;
import java.io.Serializable;
import java.time.Duration;

/**
 * How workflows live in a job.
 *
 * @param shards among how many addresses those are divided who wait for events without a value that tells them apart.
 *     At least 1; an event that such a filter wants is sent to all. What is kept depends on it: a job that goes on from
 *     a savepoint has to have the same number
 * @param earlyEvents how long events are kept for those that will listen for them, where the definition does not say;
 *     zero for not at all
 * @param retain how long it is known of an instance that it has ended, and how: until then it does not begin again
 * @param lifecycle how much is told of what happens
 * @param showsInstances whether it is told how each instance is, whenever that changes
 * @param holdsCalls whether calls to the outside wait until a checkpoint knows of them: so none is ever made that the
 *     job does not remember
 * @param onTime a time of a schedule that passed longer ago is one that was missed
 */
public record HostSettings(
        int shards,
        Duration earlyEvents,
        Duration retain,
        LifecycleLevel lifecycle,
        boolean showsInstances,
        boolean holdsCalls,
        Duration onTime,
        Limits limits)
        implements Serializable {

    /** What holds where nothing is said. */
    public static final HostSettings USUAL = new HostSettings(
            8,
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            LifecycleLevel.WORKFLOW,
            true,
            false,
            Duration.ofMinutes(1),
            Limits.USUAL);

    /** Returns these settings with another number of shards. */
    public HostSettings withShards(int other) {
        return new HostSettings(other, earlyEvents, retain, lifecycle, showsInstances, holdsCalls, onTime, limits);
    }
}
