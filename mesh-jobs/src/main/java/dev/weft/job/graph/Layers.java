package dev.weft.job.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/*
 * Which box stands in which column, and in which order from top to bottom: the first two steps of Sugiyama, Tagawa and
 * Toda's method for layered drawings. A box stands one column right of the last box that leads to it. An arrow that
 * passes a column gets a place of its own there (a slot without a box), so that it is never drawn across a box. The
 * order within a column is found by moving each slot to the mean place of its neighbours, left to right and back, and
 * keeping the order with the fewest crossings.
 */
/** The columns of a picture, each with its slots from top to bottom, and the wires between neighbouring columns. */
record Layers(List<List<Slot>> columns, List<Wire> wires) {

    private static final int SWEEPS = 12;

    /** A place in a column: for a box, or for an arrow that passes by. */
    static final class Slot {
        private final @Nullable Box box;
        private final int column;

        private Slot(@Nullable Box box, int column) {
            this.box = box;
            this.column = column;
        }

        /** The box that stands here, or null where only an arrow passes. */
        @Nullable
        Box box() {
            return box;
        }

        int column() {
            return column;
        }
    }

    /** A piece of an arrow, from one column to the next. */
    record Wire(Slot from, Slot to, Arrow.Kind kind) {}

    static Layers of(MeshPicture picture) {
        List<Arrow> arrows = picture.arrows().stream()
                .filter(arrow -> arrow.kind() != Arrow.Kind.UNREADABLE)
                .toList();
        Map<String, Integer> column = columns(picture, arrows);
        int last = column.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<List<Slot>> columns = new ArrayList<>();
        IntStream.rangeClosed(0, last).forEach(each -> columns.add(new ArrayList<>()));
        Map<String, Slot> slots = new HashMap<>();
        for (Box box : picture.boxes()) {
            Slot slot = new Slot(box, column.getOrDefault(box.id(), 0));
            slots.put(box.id(), slot);
            columns.get(slot.column()).add(slot);
        }
        List<Wire> wires = new ArrayList<>();
        for (Arrow arrow : arrows) {
            string(slots.get(arrow.from()), slots.get(arrow.to()), arrow.kind(), columns, wires);
        }
        return new Layers(leastCrossed(columns, wires), wires);
    }

    private static Map<String, Integer> columns(MeshPicture picture, List<Arrow> arrows) {
        Map<String, Integer> column = new HashMap<>();
        boolean moved = true;
        for (int pass = 0; moved && pass <= picture.boxes().size(); pass++) {
            moved = false;
            for (Arrow arrow : arrows) {
                int right = column.getOrDefault(arrow.from(), 0) + 1;
                if (right > column.getOrDefault(arrow.to(), 0)) {
                    column.put(arrow.to(), right);
                    moved = true;
                }
            }
        }
        if (moved) {
            throw new IllegalArgumentException("events would go in a circle");
        }
        int last = column.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        picture.boxes().stream()
                .filter(box -> box.kind() == Box.Kind.DEAD_LETTER)
                .forEach(box -> column.put(box.id(), last));
        return column;
    }

    private static void string(
            @Nullable Slot from, @Nullable Slot to, Arrow.Kind kind, List<List<Slot>> columns, List<Wire> wires) {
        if (from == null || to == null) {
            throw new IllegalArgumentException("an arrow without a box at its end");
        }
        Slot left = from;
        for (int column = from.column() + 1; column < to.column(); column++) {
            Slot passing = new Slot(null, column);
            columns.get(column).add(passing);
            wires.add(new Wire(left, passing, kind));
            left = passing;
        }
        wires.add(new Wire(left, to, kind));
    }

    private static List<List<Slot>> leastCrossed(List<List<Slot>> columns, List<Wire> wires) {
        List<List<Slot>> order = copy(columns);
        List<List<Slot>> best = copy(columns);
        long fewest = crossings(order, wires);
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean toTheRight = sweep % 2 == 0;
            for (int step = 1; step < order.size(); step++) {
                sortByNeighbours(order, toTheRight ? step : order.size() - 1 - step, toTheRight, wires);
            }
            long crossings = crossings(order, wires);
            if (crossings < fewest) {
                fewest = crossings;
                best = copy(order);
            }
        }
        best.forEach(Layers::deadLetterLast);
        return best;
    }

    private static void sortByNeighbours(List<List<Slot>> order, int column, boolean leftOnes, List<Wire> wires) {
        Map<Slot, Integer> place = places(order);
        Map<Slot, double[]> sums = new HashMap<>();
        for (Wire wire : wires) {
            Slot here = leftOnes ? wire.to() : wire.from();
            Slot there = leftOnes ? wire.from() : wire.to();
            if (here.column() == column) {
                double[] sum = sums.computeIfAbsent(here, slot -> new double[2]);
                sum[0] += place.getOrDefault(there, 0);
                sum[1]++;
            }
        }
        order.get(column).sort(Comparator.comparingDouble(slot -> {
            double[] sum = sums.get(slot);
            return sum == null ? place.getOrDefault(slot, 0) : sum[0] / sum[1];
        }));
        deadLetterLast(order.get(column));
    }

    private static void deadLetterLast(List<Slot> column) {
        column.sort(
                Comparator.comparing(slot -> slot.box() != null && slot.box().kind() == Box.Kind.DEAD_LETTER));
    }

    private static long crossings(List<List<Slot>> order, List<Wire> wires) {
        Map<Slot, Integer> place = places(order);
        long crossings = 0;
        for (int i = 0; i < wires.size(); i++) {
            for (int j = i + 1; j < wires.size(); j++) {
                Wire one = wires.get(i);
                Wire other = wires.get(j);
                if (one.from().column() == other.from().column()) {
                    long left = place.getOrDefault(one.from(), 0) - place.getOrDefault(other.from(), 0);
                    long right = place.getOrDefault(one.to(), 0) - place.getOrDefault(other.to(), 0);
                    crossings += left * right < 0 ? 1 : 0;
                }
            }
        }
        return crossings;
    }

    private static Map<Slot, Integer> places(List<List<Slot>> order) {
        Map<Slot, Integer> places = new HashMap<>();
        for (List<Slot> column : order) {
            for (int place = 0; place < column.size(); place++) {
                places.put(column.get(place), place);
            }
        }
        return places;
    }

    private static List<List<Slot>> copy(List<List<Slot>> columns) {
        List<List<Slot>> copy = new ArrayList<>();
        columns.forEach(column -> copy.add(new ArrayList<>(column)));
        return copy;
    }
}
