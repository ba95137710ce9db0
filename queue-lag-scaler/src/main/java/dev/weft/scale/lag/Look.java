package dev.weft.scale.lag;

import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.TrackerState.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One look at a queue, as far as it is the same for all partitions.
 *
 * @param at now, by the wall clock
 * @param ms now, by {@link TrackerState#ms}
 * @param queueMs when offsets were asked for
 * @param jobMs when the job was asked
 * @param freshMs so old may a position be
 * @param consumer what is known of who consumes
 * @param positions that the job told at this look
 * @param execution they belong to; null if there is no job, or it never told of itself
 * @param sameExecution whether that is still the one of the look before
 */
record Look(
        Instant at,
        long ms,
        long queueMs,
        long jobMs,
        long freshMs,
        Consumer consumer,
        Map<TopicPartition, Long> positions,
        @Nullable Execution execution,
        boolean sameExecution) {

    /** A longer time between two looks than any outage that is worth reckoning over: the clock was put forward. */
    private static final Duration CLOCK_JUMP = Duration.ofMinutes(15);

    /** So many refreshes old may a position be. */
    private static final int FRESH_REFRESHES = 2;

    /** Who consumes. */
    enum Consumer {
        /** A group that does not tell its positions. */
        GROUP,
        /** A job that runs. */
        RUNNING,
        /** A job that does not, so that no position moves. */
        RESTING,
        /** A job that cannot be asked. */
        UNKNOWN
    }

    static Look of(TrackerState before, Sighting seen, Duration poll) {
        long ms = before.ms + passedMs(before.at, seen.at(), poll);
        long freshMs = FRESH_REFRESHES * poll.toMillis();
        Optional<JobSnapshot> job =
                seen.job().flatMap(Reading::value).filter(each -> ageMs(seen.at(), each.at()) <= freshMs);
        Execution execution = job.map(each -> execution(before.execution, each)).orElse(before.execution);
        return new Look(
                seen.at(),
                ms,
                ms - ageMs(seen.at(), seen.queue().at()),
                ms - job.map(each -> ageMs(seen.at(), each.at())).orElse(0L),
                freshMs,
                consumer(seen, job),
                job.map(JobSnapshot::positions).orElse(Map.of()),
                execution,
                isSame(before.execution, execution));
    }

    /** Returns an instant of the wall clock. */
    Instant instant(long thenMs) {
        return at.minusMillis(ms - thenMs);
    }

    private static long passedMs(@Nullable Instant before, Instant now, Duration poll) {
        if (before == null) {
            return 0;
        }
        Duration passed = Duration.between(before, now);
        boolean jumped = passed.isNegative() || passed.compareTo(CLOCK_JUMP) > 0;
        return jumped ? poll.toMillis() : passed.toMillis();
    }

    private static long ageMs(Instant now, Instant then) {
        return Math.max(0, Duration.between(then, now).toMillis());
    }

    private static Consumer consumer(Sighting seen, Optional<JobSnapshot> job) {
        if (seen.job().isEmpty()) {
            return Consumer.GROUP;
        }
        return job.map(each -> each.reading().phase() == Phase.RUNNING ? Consumer.RUNNING : Consumer.RESTING)
                .orElse(Consumer.UNKNOWN);
    }

    private static Execution execution(@Nullable Execution before, JobSnapshot job) {
        long checkpoint = job.reading().checkpoint().map(each -> each.id()).orElse(Anchor.NONE);
        if (before == null || !before.job().equals(job.id())) {
            return new Execution(job.id(), job.attempt(), checkpoint, Anchor.NONE);
        }
        return checkpoint == before.newest()
                ? new Execution(job.id(), job.attempt(), checkpoint, before.previous())
                : new Execution(job.id(), job.attempt(), checkpoint, before.newest());
    }

    private static boolean isSame(@Nullable Execution before, @Nullable Execution now) {
        return before != null && now != null && before.job().equals(now.job()) && before.attempt() == now.attempt();
    }
}
