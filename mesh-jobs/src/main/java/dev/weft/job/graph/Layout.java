package dev.weft.job.graph;

import dev.weft.job.graph.Layers.Slot;
import dev.weft.job.graph.Layers.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * Where everything stands, in pixels. Columns are as wide as their widest box. Within a column each slot wants to be
 * level with the mean of its neighbours; "want" and "no overlap, order kept" is least squares under an order, which
 * pooling adjacent violators solves exactly in one pass. A box is as high as its arrows need, so that they do not
 * meet in one point.
 */
/** The measured picture: boxes with their places and arrows with their ends. */
record Layout(List<Placed> boxes, List<Curve> curves, double width, double height) {

    static final double LABEL = 13;
    static final double DETAIL = 11;

    private static final double MARGIN = 40;
    private static final double HEADING = 64;
    private static final double BETWEEN_COLUMNS = 110;
    private static final double BETWEEN_BOXES = 14;
    private static final double PADDING = 14;
    private static final double NARROWEST = 110;
    private static final double WIDEST = 300;
    private static final double LOWEST = 44;
    private static final double PER_WIRE = 7;
    private static final int SWEEPS = 8;

    /** A box and the rectangle it fills. */
    record Placed(Box box, double x, double y, double width, double height) {
        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }
    }

    /** A piece of an arrow; {@code ends} where it arrives at a box. */
    record Curve(double fromX, double fromY, double toX, double toY, Arrow.Kind kind, boolean ends) {}

    static Layout of(MeshPicture picture) {
        Layers layers = Layers.of(picture);
        Map<Slot, Double> heights = heights(layers);
        Map<Slot, Double> tops = tops(layers, heights);
        double[] lefts = new double[layers.columns().size()];
        double[] widths = new double[lefts.length];
        double x = MARGIN;
        for (int column = 0; column < lefts.length; column++) {
            lefts[column] = x;
            widths[column] = widest(layers.columns().get(column));
            x += widths[column] + BETWEEN_COLUMNS;
        }
        List<Placed> placed = new ArrayList<>();
        for (List<Slot> column : layers.columns()) {
            for (Slot slot : column) {
                Box box = slot.box();
                if (box != null) {
                    int at = slot.column();
                    placed.add(new Placed(box, lefts[at], of(tops, slot), widths[at], of(heights, slot)));
                }
            }
        }
        double bottom = placed.stream().mapToDouble(Placed::bottom).max().orElse(HEADING);
        List<Curve> curves = curves(layers, tops, heights, lefts, widths);
        return new Layout(placed, curves, x - BETWEEN_COLUMNS + MARGIN, bottom + MARGIN);
    }

    private static double widest(List<Slot> column) {
        double widest = NARROWEST;
        for (Slot slot : column) {
            Box box = slot.box();
            if (box != null) {
                double text = Math.max(Words.width(box.label(), LABEL), Words.width(box.shortDetail(), DETAIL));
                widest = Math.max(widest, Math.min(WIDEST, text + 2 * PADDING));
            }
        }
        return Math.ceil(widest);
    }

    private static Map<Slot, Double> heights(Layers layers) {
        Map<Slot, int[]> wires = new HashMap<>();
        for (Wire wire : layers.wires()) {
            wires.computeIfAbsent(wire.from(), slot -> new int[2])[0]++;
            wires.computeIfAbsent(wire.to(), slot -> new int[2])[1]++;
        }
        Map<Slot, Double> heights = new HashMap<>();
        for (List<Slot> column : layers.columns()) {
            for (Slot slot : column) {
                int[] sides = wires.getOrDefault(slot, new int[2]);
                double needed = PER_WIRE * (Math.max(sides[0], sides[1]) + 1);
                heights.put(slot, slot.box() == null ? 0 : Math.max(LOWEST, needed));
            }
        }
        return heights;
    }

    private static Map<Slot, Double> tops(Layers layers, Map<Slot, Double> heights) {
        Map<Slot, Double> tops = new HashMap<>();
        layers.columns().forEach(column -> stack(column, heights, tops));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean toTheRight = sweep % 2 == 0;
            for (int step = 0; step < layers.columns().size(); step++) {
                int at = toTheRight ? step : layers.columns().size() - 1 - step;
                level(layers.columns().get(at), layers.wires(), toTheRight, heights, tops);
            }
        }
        double highest =
                tops.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
        tops.replaceAll((slot, top) -> Math.rint(top - highest + HEADING));
        return tops;
    }

    /** The column's slots one below the other, around level zero. */
    private static void stack(List<Slot> column, Map<Slot, Double> heights, Map<Slot, Double> tops) {
        double y = 0;
        for (Slot slot : column) {
            tops.put(slot, y);
            y += of(heights, slot) + BETWEEN_BOXES;
        }
        double middle = y / 2;
        column.forEach(slot -> tops.put(slot, of(tops, slot) - middle));
    }

    /** Moves each slot as near to the level of its neighbours as order and distance allow. */
    private static void level(
            List<Slot> column,
            List<Wire> wires,
            boolean leftNeighbours,
            Map<Slot, Double> heights,
            Map<Slot, Double> tops) {
        double[] wanted = new double[column.size()];
        double[] offset = new double[column.size()];
        for (int i = 0; i < wanted.length; i++) {
            Slot slot = column.get(i);
            offset[i] = i == 0 ? 0 : offset[i - 1] + of(heights, column.get(i - 1)) + BETWEEN_BOXES;
            wanted[i] = neighbourLevel(slot, wires, leftNeighbours, heights, tops) - of(heights, slot) / 2 - offset[i];
        }
        double[] level = nearestRising(wanted);
        for (int i = 0; i < level.length; i++) {
            tops.put(column.get(i), level[i] + offset[i]);
        }
    }

    private static double neighbourLevel(
            Slot slot, List<Wire> wires, boolean leftNeighbours, Map<Slot, Double> heights, Map<Slot, Double> tops) {
        return wires.stream()
                .filter(wire -> (leftNeighbours ? wire.to() : wire.from()) == slot)
                .map(wire -> leftNeighbours ? wire.from() : wire.to())
                .mapToDouble(neighbour -> middle(neighbour, heights, tops))
                .average()
                .orElseGet(() -> middle(slot, heights, tops));
    }

    /** The non-decreasing numbers nearest to those wanted, in the sense of least squares. */
    private static double[] nearestRising(double[] wanted) {
        double[] mean = new double[wanted.length];
        int[] size = new int[wanted.length];
        int pools = 0;
        for (double value : wanted) {
            mean[pools] = value;
            size[pools] = 1;
            pools++;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                int both = size[pools - 2] + size[pools - 1];
                mean[pools - 2] = (mean[pools - 2] * size[pools - 2] + mean[pools - 1] * size[pools - 1]) / both;
                size[pools - 2] = both;
                pools--;
            }
        }
        double[] rising = new double[wanted.length];
        int next = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < size[pool]; i++) {
                rising[next++] = mean[pool];
            }
        }
        return rising;
    }

    private static List<Curve> curves(
            Layers layers, Map<Slot, Double> tops, Map<Slot, Double> heights, double[] lefts, double[] widths) {
        Map<Wire, Double> leaving = ports(layers.wires(), true, heights, tops);
        Map<Wire, Double> arriving = ports(layers.wires(), false, heights, tops);
        List<Curve> curves = new ArrayList<>();
        for (Wire wire : layers.wires()) {
            int from = wire.from().column();
            int to = wire.to().column();
            double y = of(arriving, wire);
            boolean ends = wire.to().box() != null;
            curves.add(new Curve(lefts[from] + widths[from], of(leaving, wire), lefts[to], y, wire.kind(), ends));
            if (!ends) {
                curves.add(new Curve(lefts[to], y, lefts[to] + widths[to], y, wire.kind(), false));
            }
        }
        return curves;
    }

    /** Spreads the wires of each slot over its side, in the order of their other ends. */
    private static Map<Wire, Double> ports(
            List<Wire> wires, boolean leaving, Map<Slot, Double> heights, Map<Slot, Double> tops) {
        Map<Slot, List<Wire>> bySlot = new HashMap<>();
        for (Wire wire : wires) {
            bySlot.computeIfAbsent(leaving ? wire.from() : wire.to(), slot -> new ArrayList<>())
                    .add(wire);
        }
        Map<Wire, Double> ports = new HashMap<>();
        bySlot.forEach((slot, own) -> {
            own.sort(Comparator.comparingDouble(wire -> middle(leaving ? wire.to() : wire.from(), heights, tops)));
            for (int i = 0; i < own.size(); i++) {
                ports.put(own.get(i), of(tops, slot) + of(heights, slot) * (i + 1) / (own.size() + 1));
            }
        });
        return ports;
    }

    private static double middle(Slot slot, Map<Slot, Double> heights, Map<Slot, Double> tops) {
        return of(tops, slot) + of(heights, slot) / 2;
    }

    private static <K> double of(Map<K, Double> measures, K key) {
        return measures.getOrDefault(key, 0.0);
    }
}
