package dev.weft.scale.control;

import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.Memory;
import dev.weft.scale.Observation;
import dev.weft.scale.PolicySettings;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.TrackerState;
import java.time.Duration;
import java.time.Instant;

/**
 * All that a {@link ScaledQueue} takes from one step to the next and over a restart.
 *
 * @param lags what is remembered of the queue
 * @param policy what is remembered of its consumer
 * @param actuation what KEDA and the job were told
 * @param before replicas there were last, when there were any; 0 if there never were
 * @param decided whether there was a decision ever
 * @param read when the queue was read last
 * @param resumed when it was read first after a time in which nobody looked
 * @param job the id of the job; empty if none was seen
 */
record Remembered(
        TrackerState lags,
        Memory policy,
        Actuation actuation,
        int before,
        boolean decided,
        Instant read,
        Instant resumed,
        String job) {

    static final Remembered NOTHING = new Remembered(
            TrackerState.empty(), Memory.empty(), Actuation.NONE, 0, false, Instant.EPOCH, Instant.EPOCH, "");

    /** The queue was read. */
    Remembered lookedAt(Instant at, Duration poll, TrackerState state) {
        return new Remembered(state, policy, actuation, before, decided, at, isCurrent(at, poll) ? resumed : at, job);
    }

    /**
     * The job was read. Of one that took the place of another nothing is known but where it reads. And while nobody
     * could tell KEDA to keep the replicas at none, its fallback may have started some.
     */
    Remembered of(JobSnapshot seen, PolicySettings settings) {
        if (settings.consumer() == Consumer.GROUP) {
            return this;
        }
        boolean other = !job.isEmpty() && !job.equals(seen.id());
        if (other && seen.reading().phase() == Phase.RESTARTING) {
            return this; // how large it is will be seen when it runs
        }
        boolean started = read.equals(resumed)
                && actuation.replicas() == 0
                && seen.reading().phase() == Phase.RUNNING;
        boolean found = other || started || !decided;
        return new Remembered(
                lags,
                found ? Memory.empty() : policy,
                found ? Actuation.asFound(seen, settings) : actuation,
                before,
                decided,
                read,
                resumed,
                seen.id());
    }

    /** What was read last says nothing any more, whatever the clock will say. */
    Remembered outdated() {
        return new Remembered(lags, policy, actuation, before, decided, Instant.EPOCH, resumed, job);
    }

    /** There was a decision. */
    Remembered decided(Memory next, Actuation reached) {
        int last = reached.replicas() > 0 ? reached.replicas() : before;
        return new Remembered(lags, next, reached, last, true, read, resumed, job);
    }

    /** Whether what was read last still says something: two polls may fail. */
    boolean isCurrent(Instant at, Duration poll) {
        return !at.isBefore(read) && !at.isAfter(read.plus(poll.multipliedBy(2)));
    }

    /** Nobody knows what was written while nobody looked, so a consumer is not idle for longer than somebody does. */
    Observation cautious(Observation seen) {
        boolean longer = seen.endsUnmovedSince().isBefore(resumed);
        return new Observation(
                seen.at(),
                seen.partitions(),
                longer ? resumed : seen.endsUnmovedSince(),
                seen.drainedPerSecond(),
                seen.job(),
                seen.replicas());
    }

    /** Returns what KEDA is told by this. */
    Answer answer() {
        boolean active = actuation.replicas() > 0;
        return new Answer.Wanted(active, actuation.replicas(), active ? 0 : before);
    }
}
