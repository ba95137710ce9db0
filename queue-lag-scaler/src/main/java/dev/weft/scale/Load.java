package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a consumer has to do, without what no size of it could help.
 *
 * @param counted partitions that need subtasks
 * @param stuck partitions that stand still although records wait in them
 */
record Load(List<PartitionLag> counted, List<PartitionLag> stuck) {

    /** A partition that stands still for so long is not reckoned with, though it may yet move. */
    private static final Duration DOUBTED = Duration.ofSeconds(20);

    /** A partition that stands still for so long, and for two checkpoints, is a case for a person. */
    private static final Duration STUCK = Duration.ofSeconds(60);

    Load {
        counted = List.copyOf(counted);
        stuck = List.copyOf(stuck);
    }

    /**
     * Sorts out what was observed. A partition is stuck only while the consumer runs and others move: if none does, it
     * is the consumer that stands still.
     *
     * @param running since when the consumer runs without a break; empty if it does not
     */
    static Load of(Observation seen, Optional<Instant> running, Duration checkpoints) {
        boolean moves = running.isPresent()
                && seen.drainedPerSecond() > 0
                && seen.partitions().stream()
                        .anyMatch(
                                each -> stillFor(each, running.get(), seen.at()).compareTo(DOUBTED) < 0);
        if (!moves) {
            return new Load(seen.partitions(), List.of());
        }
        var counted = new ArrayList<PartitionLag>();
        var stuck = new ArrayList<PartitionLag>();
        for (PartitionLag each : seen.partitions()) {
            Duration still = stillFor(each, running.get(), seen.at());
            if (still.compareTo(max(STUCK, checkpoints.multipliedBy(2))) >= 0) {
                stuck.add(each);
            } else {
                counted.add(still.compareTo(DOUBTED) >= 0 ? withoutLag(each) : each);
            }
        }
        return new Load(counted, stuck);
    }

    /** Returns the same as if nothing waited: what comes in is known, what waits is not. */
    Load arrivalsOnly() {
        return new Load(counted.stream().map(Load::withoutLag).toList(), stuck);
    }

    double lag() {
        return counted.stream().mapToDouble(PartitionLag::records).sum();
    }

    double arrivals() {
        return counted.stream().mapToDouble(PartitionLag::arrivalsPerSecond).sum();
    }

    Duration oldest() {
        return counted.stream().map(PartitionLag::oldest).reduce(Duration.ZERO, Load::max);
    }

    private static Duration stillFor(PartitionLag partition, Instant running, Instant at) {
        return partition
                .unmovedSince()
                .map(since -> Duration.between(since.isAfter(running) ? since : running, at))
                .orElse(Duration.ZERO);
    }

    private static PartitionLag withoutLag(PartitionLag each) {
        return new PartitionLag(
                each.topic(),
                each.partition(),
                0,
                each.estimated(),
                each.arrivalsPerSecond(),
                Duration.ZERO,
                each.unmovedSince());
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
