package dev.weft.filter;

import dev.weft.filter.NumberCondition.NumberRange.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds those of many ranges that hold a number, in a time that grows with their logarithm and with how many are found.
 */
final class NumberTree {

    /*
     * A centered interval tree. A node keeps the ranges that touch its center, twice: by where they start and by where
     * they end. Ranges wholly below the center are in one subtree, those wholly above in the other. For a number below
     * the center, those of the node that start early enough hold it, and the rest need not be looked at.
     */

    private final Decimal center;
    private final Range[] byLower;
    private final Range[] byUpper;
    private final @Nullable NumberTree below;
    private final @Nullable NumberTree above;

    private NumberTree(List<Range> ranges) {
        List<Decimal> ends = ranges.stream()
                .flatMap(range -> Stream.of(range.lower, range.upper))
                .filter(Objects::nonNull)
                .map(end -> Objects.requireNonNull(end).at)
                .sorted(Decimal.BY_VALUE)
                .toList();
        center = ends.get(ends.size() / 2);
        List<Range> touching = new ArrayList<>();
        List<Range> smaller = new ArrayList<>();
        List<Range> larger = new ArrayList<>();
        for (Range range : ranges) {
            if (range.upper != null && Decimal.compare(range.upper.at, center) < 0) {
                smaller.add(range);
            } else if (range.lower != null && Decimal.compare(range.lower.at, center) > 0) {
                larger.add(range);
            } else {
                touching.add(range);
            }
        }
        byLower = touching.stream().sorted(Range.BY_LOWER).toArray(Range[]::new);
        byUpper = touching.stream().sorted(Range.BY_UPPER).toArray(Range[]::new);
        below = of(smaller);
        above = of(larger);
    }

    /** Returns the tree of these ranges; null if there are none. */
    static @Nullable NumberTree of(List<Range> ranges) {
        return ranges.isEmpty() ? null : new NumberTree(ranges);
    }

    void open(Decimal number, SegmentWalk walk) {
        NumberTree tree = this;
        while (tree != null) {
            int order = Decimal.compare(number, tree.center);
            if (order < 0) {
                tree.openFromLower(number, walk);
                tree = tree.below;
            } else if (order > 0) {
                tree.openFromUpper(number, walk);
                tree = tree.above;
            } else {
                tree.openAtCenter(number, walk);
                return;
            }
        }
    }

    private void openFromLower(Decimal number, SegmentWalk walk) {
        for (Range range : byLower) {
            if (!range.startsBefore(number)) {
                return;
            }
            range.open(walk);
        }
    }

    private void openFromUpper(Decimal number, SegmentWalk walk) {
        for (Range range : byUpper) {
            if (!range.endsBehind(number)) {
                return;
            }
            range.open(walk);
        }
    }

    private void openAtCenter(Decimal number, SegmentWalk walk) {
        for (Range range : byLower) {
            if (range.startsBefore(number) && range.endsBehind(number)) {
                range.open(walk);
            }
        }
    }

    void addTo(Footprint footprint) {
        footprint.object(20).references(byLower.length).references(byUpper.length);
        for (Range range : byLower) {
            footprint.object(13);
            addTo(footprint, range.lower);
            addTo(footprint, range.upper == range.lower ? null : range.upper);
        }
        if (below != null) {
            below.addTo(footprint);
        }
        if (above != null) {
            above.addTo(footprint);
        }
    }

    private static void addTo(Footprint footprint, @Nullable End end) {
        if (end != null) {
            footprint.object(5).object(12);
        }
    }

    /** Where a range starts or ends; the number itself is part of it when {@code inclusive}. */
    private record End(Decimal at, boolean inclusive) {

        static @Nullable End of(@Nullable Bound bound) {
            return bound == null ? null : new End(Decimal.of(bound.at()), bound.inclusive());
        }
    }

    /** The numbers between two ends, or beyond one, and the branch that they lead to. */
    static final class Range {

        /** By where they begin, the earliest first; that without a beginning is the earliest. */
        private static final Comparator<Range> BY_LOWER = Comparator.comparing(
                range -> range.lower,
                Comparator.nullsFirst(Comparator.comparing(End::at, Decimal.BY_VALUE)
                        .thenComparing(End::inclusive, Comparator.reverseOrder())));

        /** By where they end, the last first. */
        private static final Comparator<Range> BY_UPPER = Comparator.comparing(
                range -> range.upper,
                Comparator.nullsFirst(Comparator.comparing(End::at, Decimal.BY_VALUE.reversed())
                        .thenComparing(End::inclusive, Comparator.reverseOrder())));

        private final @Nullable End lower;
        private final @Nullable End upper;
        private final Branch branch;
        private final boolean sure;

        /** @param sure whether the branch's test holds for every number between the ends */
        Range(@Nullable Bound lower, @Nullable Bound upper, Branch branch, boolean sure) {
            this.lower = End.of(lower);
            this.upper = End.of(upper);
            this.branch = branch;
            this.sure = sure;
        }

        private boolean startsBefore(Decimal number) {
            if (lower == null) {
                return true;
            }
            int order = Decimal.compare(lower.at, number);
            return order < 0 || (order == 0 && lower.inclusive);
        }

        private boolean endsBehind(Decimal number) {
            if (upper == null) {
                return true;
            }
            int order = Decimal.compare(upper.at, number);
            return order > 0 || (order == 0 && upper.inclusive);
        }

        private void open(SegmentWalk walk) {
            if (sure) {
                walk.openSure(branch);
            } else {
                walk.openLikely(branch);
            }
        }
    }
}
