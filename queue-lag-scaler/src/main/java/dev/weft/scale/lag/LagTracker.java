package dev.weft.scale.lag;

import dev.weft.scale.JobReading;
import dev.weft.scale.Observation;
import dev.weft.scale.PartitionLag;
import dev.weft.scale.lag.Look.Consumer;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Tracked.LookUp;
import dev.weft.scale.lag.Tracked.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes of offsets and positions, look after look, how much really waits in each partition of a queue.
 *
 * <ul>
 *   <li>A job's own positions count while they are fresh and of the execution that runs; what it committed counts
 *       otherwise, moved on by what it drained so far if nobody can say that it stands still.
 *   <li>What waits are records, not offsets: short tails are probed for a record, longer ones reckoned by how many
 *       records came of an offset so far. {@code 0 <= lag <= end - log start} holds whatever is read.
 *   <li>The rate of arrivals is that of the high watermark, so neither a replay nor the end of a long transaction is a
 *       burst.
 *   <li>A wall clock that jumps changes no rate; times before the jump move with it.
 * </ul>
 *
 * Pure: the same state and sighting give the same result. Where the numbers come from is told in
 * {@code docs/scaler.md}.
 */
public final class LagTracker {

    private static final double CAUGHT_UP_SECONDS = 30;

    private final StartPolicy start;
    private final Duration poll;

    /**
     * Makes a tracker.
     *
     * @param start where the consumer begins without a position
     * @param poll about how often there is a look; positive
     */
    public LagTracker(StartPolicy start, Duration poll) {
        this.start = start;
        this.poll = poll;
    }

    /** Takes a look. */
    public Tracked track(TrackerState before, Sighting seen) {
        Look look = Look.of(before, seen, poll);
        Map<TopicPartition, PartitionState> partitions = new HashMap<>();
        Map<TopicPartition, Anchor> anchors = new HashMap<>();
        List<PartitionLag> lags = new ArrayList<>();
        List<Probe> probes = new ArrayList<>();
        List<LookUp> lookUps = new ArrayList<>();
        Set<String> recreated = recreated(before, seen.queue());
        Set<String> known = topicsOf(before);
        Progress progress = new Progress();
        var stepper = new PartitionStep(look, start, before.density);
        for (TopicPartition partition : sorted(seen.queue())) {
            Offsets offsets = Objects.requireNonNull(seen.queue().partitions().get(partition));
            boolean isOther = recreated.contains(partition.topic());
            PartitionState old = before.partitions.get(partition);
            PartitionStep.Result result = stepper.step(
                    isOther ? Optional.empty() : Optional.ofNullable(old),
                    isOther
                            ? PartitionStep.anchorOfRecreated(old, offsets)
                            : before.anchors.getOrDefault(partition, Anchor.EMPTY),
                    offsets,
                    Optional.ofNullable(look.positions().get(partition)),
                    Optional.ofNullable(seen.probes().get(partition)),
                    Optional.ofNullable(seen.starts().get(partition)),
                    known.contains(partition.topic()) && !isOther);
            PartitionState next = result.state();
            partitions.put(partition, next);
            if (!next.anchor().equals(Anchor.EMPTY)) {
                anchors.put(partition, next.anchor());
            }
            lags.add(result.lag(partition, look));
            if (next.tail().asked()) {
                probes.add(
                        new Probe(partition, next.tail().position(), next.tail().end()));
            }
            if (result.needsStart() && start instanceof StartPolicy.From from) {
                lookUps.add(new LookUp(partition, from.time()));
            }
            progress.add(isOther ? null : old, next);
        }
        long endsMovedMs = progress.endsMoved ? look.ms() : before.endsMovedMs;
        Optional<JobReading> job = seen.job()
                .flatMap(Reading::value)
                .filter(each -> look.consumer() != Consumer.UNKNOWN)
                .map(JobSnapshot::reading);
        Density density = job.filter(reading -> look.consumer() == Consumer.RUNNING && look.sameExecution())
                .map(reading -> progress.learn(before.density, reading.recordsPerSecond()))
                .orElse(before.density);
        var observation = new Observation(
                look.at(),
                lags,
                look.instant(endsMovedMs),
                progress.drain * density.now(),
                job,
                job.isPresent() ? seen.job().flatMap(Reading::value).map(JobSnapshot::taskManagers) : Optional.empty());
        var after = new TrackerState(
                look.ms(),
                look.at(),
                partitions,
                anchors,
                seen.queue().topicIds(),
                density,
                look.execution(),
                endsMovedMs);
        boolean rated = before.at != null;
        return new Tracked(observation, rated, after, probes, lookUps);
    }

    private static List<TopicPartition> sorted(QueueSnapshot queue) {
        return queue.partitions().keySet().stream().sorted(TrackerState.BY_NAME).toList();
    }

    private static Set<String> recreated(TrackerState before, QueueSnapshot queue) {
        Set<String> others = new HashSet<>();
        queue.topicIds().forEach((topic, id) -> {
            if (!before.topicIds.getOrDefault(topic, id).equals(id)) {
                others.add(topic);
            }
        });
        return others;
    }

    private static Set<String> topicsOf(TrackerState before) {
        Set<String> topics = new HashSet<>();
        before.partitions.keySet().forEach(each -> topics.add(each.topic()));
        return topics;
    }

    /** What all partitions together did between two looks. */
    private static final class Progress {
        private boolean endsMoved;
        private double drain;
        private double raw;
        private double offsetsRead;
        private long passedMs;

        void add(@Nullable PartitionState old, PartitionState next) {
            endsMoved |=
                    old == null || old.arrivals().end() != next.arrivals().end() || old.stableEnd() != next.stableEnd();
            drain += next.drain();
            raw += Math.max(0, next.stableEnd() - next.position());
            Live live = next.live();
            Live liveBefore = old == null ? null : old.live();
            if (liveBefore != null && live != null) {
                offsetsRead += Math.max(0, live.position() - liveBefore.position());
                passedMs = Math.max(passedMs, live.sampledMs() - liveBefore.sampledMs());
            }
        }

        Density learn(Density density, double recordsPerSecond) {
            boolean caughtUp = raw <= CAUGHT_UP_SECONDS * drain;
            return density.next(offsetsRead, recordsPerSecond * passedMs / 1000, passedMs, caughtUp);
        }
    }
}
