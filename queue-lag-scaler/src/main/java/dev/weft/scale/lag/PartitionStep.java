package dev.weft.scale.lag;

import dev.weft.scale.PartitionLag;
import dev.weft.scale.lag.Look.Consumer;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.TrackerState.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Leads one partition from one look to the next. */
final class PartitionStep {

    /** Gauges of a job are refreshed some seconds apart: a commit this much older than one is surely behind it. */
    private static final long GAUGE_LAG_MS = 30_000;

    /** So long must a commit have stood before it is worth remembering by ourselves. */
    private static final long AT_REST_MS = 60_000;

    /** Groups that commit more often than this are where their commit is, as well as anybody can tell. */
    private static final long OFTEN_MS = 15_000;

    private static final long DRAIN_WINDOW_MS = 15_000;
    private static final long UNKNOWN_GAP_MS = 30_000;
    private static final double LONGEST_WAIT_MS = Duration.ofDays(7).toMillis();

    private final Look look;
    private final StartPolicy start;
    private final Density density;

    PartitionStep(Look look, StartPolicy start, Density density) {
        this.look = look;
        this.start = start;
        this.density = density;
    }

    /**
     * A partition after a look.
     *
     * @param estimated whether its position was reckoned
     * @param records that wait
     * @param arrivals records per second
     * @param waitedMs how long the first of them has waited
     * @param moved whether its position moved since the look before
     * @param needsStart whether the offset of a time is to be looked up
     */
    record Result(
            PartitionState state,
            boolean estimated,
            double records,
            double arrivals,
            long waitedMs,
            boolean moved,
            boolean needsStart) {

        PartitionLag lag(TopicPartition partition, Look look) {
            Optional<Instant> unmovedSince = records > 0 && !moved
                    ? Optional.of(look.instant(Math.max(state.movedMs(), state.waitingMs())))
                    : Optional.empty();
            return new PartitionLag(
                    partition.topic(),
                    partition.partition(),
                    records,
                    estimated,
                    arrivals,
                    Duration.ofMillis(waitedMs),
                    unmovedSince);
        }
    }

    /** Where the consumer is: at {@code base} for sure, and by reckoning at {@code offset}. */
    private record Standing(long base, long offset, boolean estimated, boolean needsStart) {

        static Standing at(long offset) {
            return new Standing(offset, offset, false, false);
        }
    }

    /** Returns what is left of a partition when its topic was deleted and made again: that its commit is stale. */
    static Anchor anchorOfRecreated(@Nullable PartitionState old, Offsets now) {
        long committed = now.committed().orElse(Anchor.NONE);
        boolean stale = old != null && committed == old.commits().offset();
        return stale ? Anchor.EMPTY.withIgnored(committed) : Anchor.EMPTY;
    }

    /**
     * Takes a look at a partition.
     *
     * @param told the position the job tells
     * @param late whether its topic was known before it was there
     */
    Result step(
            Optional<PartitionState> before,
            Anchor remembered,
            Offsets offsets,
            Optional<Long> told,
            Optional<Probed> probed,
            Optional<Long> lookedUp,
            boolean late) {
        boolean isOther = before.filter(each -> isOther(each, offsets)).isPresent();
        Anchor known = isOther ? Anchor.EMPTY.withIgnored(remembered.ignored()) : remembered;
        Anchor anchor = withoutStaleCommit(known, offsets);
        boolean beginsAnew = isOther || anchor.ignored() != known.ignored() && anchor.ignored() != Anchor.NONE;
        @Nullable PartitionState old = beginsAnew ? null : before.orElse(null);
        OptionalLong committed = committed(offsets, anchor);
        Commits commits = old == null
                ? Commits.first(committed, offsets.leaderEpoch(), look.ms())
                : old.commits().next(committed, offsets.leaderEpoch(), look.ms());
        @Nullable Live live = live(old, told);
        double drain = drain(old, live, commits);

        anchor = remembering(anchor, old, live, commits);
        anchor = withStart(anchor, offsets, commits, live, lookedUp, late && before.isEmpty());
        boolean isGone = isImpossible(live, offsets) || old != null && isImpossible(old.live(), offsets);
        Standing standing = standing(anchor, offsets, commits, isGone ? null : live, drain);
        long base = within(standing.base(), offsets);
        Tail looked = old == null
                ? Tail.restored(anchor)
                : probed.map(old.tail()::answered).orElse(old.tail());
        long clear = Math.min(looked.behind(base), offsets.stableEnd());
        Tail tail = looked.seen(clear, offsets.stableEnd(), look.consumer() == Consumer.RESTING);
        long position = Math.max(within(standing.offset(), offsets), clear);
        long raw = offsets.stableEnd() - position;
        Arrivals arrivals = old == null
                ? Arrivals.first(offsets.highWatermark(), look.ms())
                : old.arrivals().next(offsets.highWatermark(), look.ms());
        double records = records(raw, tail, position);
        EndMarks marks = old == null
                ? EndMarks.first(offsets.stableEnd(), look.ms())
                : old.marks().next(offsets.stableEnd(), look.ms(), position);
        boolean moved = old != null && hasMoved(old, live, commits);
        long waitingMs =
                records > 0 ? old != null && old.waitingMs() != Anchor.NONE ? old.waitingMs() : look.ms() : Anchor.NONE;
        var state = new PartitionState(
                anchor.withClear(tail),
                arrivals,
                marks,
                commits,
                live,
                tail,
                drain,
                offsets.stableEnd(),
                position,
                old == null || moved ? look.ms() : old.movedMs(),
                waitingMs,
                records > 0 && old != null ? old.emptyMs() : look.ms());
        double arrivalsPerSecond = arrivals.perSecond() * density.head();
        return new Result(
                state,
                standing.estimated() && records > 0,
                records,
                arrivalsPerSecond,
                records > 0 ? waitedMs(marks, tail, position, records, arrivalsPerSecond) : 0,
                moved,
                standing.needsStart());
    }

    /** An end does not go back, nor does a leader's epoch where offsets go on: it is the log of another topic. */
    private static boolean isOther(PartitionState old, Offsets offsets) {
        return offsets.highWatermark() < old.arrivals().end()
                || old.commits().isAheadUnderEarlierLeader(offsets.committed(), offsets.leaderEpoch());
    }

    private static Anchor withoutStaleCommit(Anchor anchor, Offsets offsets) {
        if (offsets.committed().isEmpty()) {
            return anchor.withIgnored(Anchor.NONE);
        }
        long committed = offsets.committed().getAsLong();
        if (committed == anchor.ignored()) {
            return anchor;
        }
        return committed > offsets.highWatermark()
                ? Anchor.EMPTY.withIgnored(committed)
                : anchor.withIgnored(Anchor.NONE);
    }

    private static OptionalLong committed(Offsets offsets, Anchor anchor) {
        return anchor.ignored() == Anchor.NONE ? offsets.committed() : OptionalLong.empty();
    }

    private @Nullable Live live(@Nullable PartitionState old, Optional<Long> told) {
        boolean goesOn = look.sameExecution() && look.consumer() != Consumer.RESTING;
        Live before = old == null || !goesOn ? null : old.live();
        Execution execution = look.execution();
        if (told.isEmpty() || execution == null || look.consumer() != Consumer.RUNNING) {
            return before;
        }
        long checkpoint = before != null && before.position() == told.get() ? before.checkpoint() : execution.newest();
        return new Live(told.get(), look.jobMs(), checkpoint);
    }

    /** Returns whether a position is behind an end that was asked for later: it is one in a topic that is gone. */
    private boolean isImpossible(@Nullable Live live, Offsets offsets) {
        return live != null && live.position() > offsets.highWatermark() && live.sampledMs() <= look.queueMs();
    }

    private double drain(@Nullable PartitionState old, @Nullable Live live, Commits commits) {
        if (old == null) {
            return 0;
        }
        @Nullable Live liveBefore = old.live();
        if (live != null && liveBefore != null) {
            long passed = live.sampledMs() - liveBefore.sampledMs();
            return passed <= 0
                    ? old.drain()
                    : drained(old.drain(), Math.max(0, live.position() - liveBefore.position()), passed);
        }
        long since = Math.max(old.commits().sinceMs(), old.emptyMs());
        if (old.commits().offset() != Commits.NONE
                && commits.offset() > old.commits().offset()) {
            return drained(old.drain(), commits.offset() - old.commits().offset(), Math.max(1000, look.ms() - since));
        }
        boolean stopped = look.consumer() == Consumer.RESTING
                || look.ms() - since > Math.max(3 * commits.gapMs(), 2 * UNKNOWN_GAP_MS);
        return stopped
                ? Smoothing.towards(old.drain(), 0, look.ms() - old.arrivals().ms(), DRAIN_WINDOW_MS)
                : old.drain();
    }

    private static double drained(double before, long offsets, long passedMs) {
        double rate = offsets * 1000.0 / passedMs;
        return before == 0 ? rate : Smoothing.towards(before, rate, passedMs, DRAIN_WINDOW_MS);
    }

    /** Keeps the position the job is known to come back to, and drops it on newer evidence. */
    private Anchor remembering(Anchor anchor, @Nullable PartitionState old, @Nullable Live live, Commits commits) {
        boolean committed = commits.present()
                && (old == null || commits.offset() != old.commits().offset());
        Anchor now = committed ? anchor.withKept(Anchor.NONE) : anchor;
        Execution execution = look.execution();
        if (live != null && execution != null && live.sampledMs() == look.jobMs()) {
            if (execution.previous() > live.checkpoint()) {
                // The newest checkpoint began after the previous one ended, and that after this position was reached.
                return now.withKept(live.position());
            }
            now = live.position() < now.kept() ? now.withKept(Anchor.NONE) : now;
        }
        boolean atRest = commits.present() && look.ms() - commits.sinceMs() >= AT_REST_MS;
        return atRest && commits.offset() > now.kept() && look.consumer() != Consumer.GROUP
                ? now.withKept(commits.offset())
                : now;
    }

    private Anchor withStart(
            Anchor anchor,
            Offsets offsets,
            Commits commits,
            @Nullable Live live,
            Optional<Long> lookedUp,
            boolean late) {
        if (commits.present() || live != null || anchor.kept() != Anchor.NONE) {
            return anchor.withStart(Anchor.NONE);
        }
        if (anchor.start() != Anchor.NONE) {
            return anchor;
        }
        if (start instanceof StartPolicy.Latest) {
            // A Flink source reads partitions that come later from their beginning, whatever it did with the first.
            boolean whole = late && look.consumer() != Consumer.GROUP;
            return anchor.withStart(whole ? offsets.logStart() : offsets.stableEnd());
        }
        return lookedUp.map(anchor::withStart).orElse(anchor);
    }

    private Standing standing(Anchor anchor, Offsets offsets, Commits commits, @Nullable Live live, double drain) {
        if (live != null && look.ms() - live.sampledMs() <= look.freshMs() && isNewest(live, commits)) {
            return Standing.at(live.position());
        }
        if (commits.present()) {
            long base =
                    look.consumer() == Consumer.GROUP ? commits.offset() : Math.max(commits.offset(), anchor.kept());
            return reckoned(base, offsets, commits, live, drain);
        }
        boolean isJob = look.consumer() != Consumer.GROUP;
        long last = isJob ? Math.max(commits.offset(), anchor.kept()) : Anchor.NONE;
        if (last != Anchor.NONE) {
            return new Standing(last, last, look.consumer() == Consumer.UNKNOWN, false);
        }
        boolean pending = start instanceof StartPolicy.From && anchor.start() == Anchor.NONE;
        long begin = anchor.start() == Anchor.NONE ? offsets.logStart() : anchor.start();
        return new Standing(begin, begin, pending || look.consumer() == Consumer.UNKNOWN, pending);
    }

    /** A job that was restored from an older state is behind what its group once committed. */
    private static boolean isNewest(Live live, Commits commits) {
        return !commits.present()
                || live.position() >= commits.offset()
                || commits.sinceMs() + GAUGE_LAG_MS < live.sampledMs();
    }

    private Standing reckoned(long base, Offsets offsets, Commits commits, @Nullable Live live, double drain) {
        boolean reckonable = switch (look.consumer()) {
            case RESTING -> false;
            case RUNNING -> live != null; // without one it has taken nothing yet
            case GROUP -> commits.gapMs() >= OFTEN_MS;
            case UNKNOWN -> true;
        };
        if (!reckonable) {
            return Standing.at(base);
        }
        long passed = look.ms() - commits.sinceMs();
        long believed = Math.min(passed, commits.gapMs() == 0 ? UNKNOWN_GAP_MS : 2 * commits.gapMs());
        long ahead = commits.offset() + (long) (drain * believed / 1000);
        // A reckoning never says that nothing waits.
        long offset = Math.max(base, Math.min(ahead, offsets.stableEnd() - 1));
        return new Standing(base, offset, offset > base || look.consumer() == Consumer.UNKNOWN, false);
    }

    private static long within(long position, Offsets offsets) {
        return Math.min(Math.max(position, offsets.logStart()), offsets.stableEnd());
    }

    private double records(long raw, Tail tail, long position) {
        if (raw <= 0) {
            return 0;
        }
        double records = density.now() * raw;
        return tail.writtenAt(position).isPresent() ? Math.max(1, records) : records;
    }

    private boolean hasMoved(PartitionState old, @Nullable Live live, Commits commits) {
        if (commits.offset() != old.commits().offset()) {
            return true;
        }
        if (live == null) {
            return false;
        }
        @Nullable Live before = old.live();
        return before == null ? live.position() > old.position() : live.position() != before.position();
    }

    private long waitedMs(EndMarks marks, Tail tail, long position, double records, double arrivalsPerSecond) {
        OptionalLong watched = marks.waitedMs(position, look.ms());
        if (watched.isPresent()) {
            return watched.getAsLong();
        }
        long atLeast = marks.watchedMs(look.ms());
        Optional<Instant> written = tail.writtenAt(position);
        double reckoned = written.map(
                        at -> (double) Duration.between(at, look.at()).toMillis())
                .orElse(arrivalsPerSecond > 0 ? records * 1000 / arrivalsPerSecond : 0);
        return (long) Math.min(LONGEST_WAIT_MS, Math.max(atLeast, reckoned));
    }
}
