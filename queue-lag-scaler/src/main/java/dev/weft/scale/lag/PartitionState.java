package dev.weft.scale.lag;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a partition from one look to the next. Milliseconds are those of {@link TrackerState#ms}.
 *
 * @param live the newest position the job told of in this execution; null if it has told none
 * @param drain offsets per second by which the consumer advances
 * @param position where it was taken to be
 * @param movedMs when it was last seen to move
 * @param waitingMs since when records wait; {@link Anchor#NONE} if none does
 * @param emptyMs when none waited last
 */
record PartitionState(
        Anchor anchor,
        Arrivals arrivals,
        EndMarks marks,
        Commits commits,
        @Nullable Live live,
        Tail tail,
        double drain,
        long stableEnd,
        long position,
        long movedMs,
        long waitingMs,
        long emptyMs) {}
