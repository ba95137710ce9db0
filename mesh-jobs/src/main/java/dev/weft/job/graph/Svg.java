package dev.weft.job.graph;

import dev.weft.job.graph.Layout.Curve;
import dev.weft.job.graph.Layout.Placed;
import java.util.List;
import java.util.Locale;

/**
 * Writes a picture as one self-contained SVG file: no script, no font, no link to anywhere, on a ground of its own so
 * that it can be read on any page, with darker colours where the reader's system is set to dark.
 */
final class Svg {

    private static final String STYLE = """
              <style>
                .ground { fill: #ffffff }
                .name { font: 600 17px system-ui, sans-serif; fill: #111827 }
                .about, .detail { font: 11px system-ui, sans-serif; fill: #4b5563 }
                .label { font: 600 13px system-ui, sans-serif; fill: #111827 }
                .channel { fill: #dbeafe; stroke: #2563eb; stroke-width: 1.2 }
                .route { fill: #fef3c7; stroke: #b45309; stroke-width: 1.2 }
                .pattern { fill: #ede9fe; stroke: #7c3aed; stroke-width: 1.2 }
                .target { fill: #dcfce7; stroke: #15803d; stroke-width: 1.2 }
                .dead { fill: #fee2e2; stroke: #b91c1c; stroke-width: 1.2; stroke-dasharray: 5 3 }
                .flow, .covered, .unreadable { fill: none; stroke: #6b7280; stroke-width: 1.3 }
                .covered { stroke-dasharray: 2 4 }
                .unreadable { stroke: #b91c1c; stroke-dasharray: 5 3 }
                .tip { fill: #6b7280 }
                .deadtip { fill: #b91c1c }
                @media (prefers-color-scheme: dark) {
                  .ground { fill: #111827 }
                  .name, .label { fill: #f3f4f6 }
                  .about, .detail { fill: #cbd5e1 }
                  .channel { fill: #1e3a5f; stroke: #60a5fa }
                  .route { fill: #4a3410; stroke: #f59e0b }
                  .pattern { fill: #3b2a63; stroke: #a78bfa }
                  .target { fill: #14361f; stroke: #4ade80 }
                  .dead { fill: #4c1d1d; stroke: #f87171 }
                  .flow, .covered { stroke: #9ca3af }
                  .unreadable { stroke: #f87171 }
                  .tip { fill: #9ca3af }
                  .deadtip { fill: #f87171 }
                }
              </style>
            """;

    /** How far left of the first column, and below the last box, the line to the dead letter runs. */
    private static final double ASIDE = 18;

    private static final double BELOW = 26;

    private final MeshPicture picture;
    private final Layout layout;
    private final StringBuilder text = new StringBuilder();

    private Svg(MeshPicture picture) {
        this.picture = picture;
        this.layout = Layout.of(picture);
    }

    static String of(MeshPicture picture) {
        return new Svg(picture).drawn();
    }

    private String drawn() {
        double height = layout.height() + BELOW;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%1$s\" height=\"%2$s\""
                        + " viewBox=\"0 0 %1$s %2$s\">",
                n(layout.width()), n(height));
        line("  <title>%s</title>", escaped(picture.name()));
        line("  <desc>%s</desc>", escaped(picture.about()));
        text.append(STYLE);
        line("  <rect class=\"ground\" width=\"%s\" height=\"%s\"/>", n(layout.width()), n(height));
        double room = layout.width() - 40;
        line("  <text class=\"name\" x=\"22\" y=\"30\">%s</text>", escaped(Words.fitting(picture.name(), room, 17)));
        line("  <text class=\"about\" x=\"22\" y=\"47\">%s</text>", escaped(Words.fitting(picture.about(), room, 11)));
        layout.curves().forEach(this::curve);
        unreadable();
        layout.boxes().forEach(this::box);
        return text.append("</svg>\n").toString();
    }

    private void curve(Curve curve) {
        double bend = (curve.toX() - curve.fromX()) / 2;
        double end = curve.ends() ? curve.toX() - 6 : curve.toX();
        String style = curve.kind() == Arrow.Kind.COVERED ? "covered" : "flow";
        line(
                "  <path class=\"%s\" d=\"M%s %s C%s %s %s %s %s %s\"/>",
                style,
                n(curve.fromX()),
                n(curve.fromY()),
                n(curve.fromX() + bend),
                n(curve.fromY()),
                n(end - bend),
                n(curve.toY()),
                n(end),
                n(curve.toY()));
        if (curve.ends()) {
            tip("tip", curve.toX(), curve.toY());
        }
    }

    private void tip(String style, double x, double y) {
        line("  <path class=\"%s\" d=\"M%s %s l-7 -3.5 v7 z\"/>", style, n(x), n(y));
    }

    /** One line for all of them: down the left of the sources, along the bottom, and up into the dead letter. */
    private void unreadable() {
        List<String> from = picture.arrows().stream()
                .filter(arrow -> arrow.kind() == Arrow.Kind.UNREADABLE)
                .map(Arrow::from)
                .toList();
        List<Placed> sources = layout.boxes().stream()
                .filter(placed -> from.contains(placed.box().id()))
                .toList();
        layout.boxes().stream()
                .filter(placed -> placed.box().kind() == Box.Kind.DEAD_LETTER && !sources.isEmpty())
                .forEach(dead -> unreadable(sources, dead));
    }

    private void unreadable(List<Placed> sources, Placed dead) {
        double left = sources.get(0).x() - ASIDE;
        double top = sources.stream().mapToDouble(Svg::middle).min().orElse(0);
        double bottom = layout.height() - 40 + BELOW;
        double middle = dead.x() + dead.width() / 2;
        sources.forEach(source ->
                line("  <path class=\"unreadable\" d=\"M%s %s H%s\"/>", n(source.x()), n(middle(source)), n(left)));
        line(
                "  <path class=\"unreadable\" d=\"M%s %s V%s H%s V%s\"/>",
                n(left), n(top), n(bottom), n(middle), n(dead.bottom() + 6));
        line("  <path class=\"deadtip\" d=\"M%s %s l-3.5 7 h7 z\"/>", n(middle), n(dead.bottom()));
        line(
                "  <text class=\"about\" x=\"%s\" y=\"%s\">cannot be read, or no filter can decide</text>",
                n(left + 6), n(bottom + 14));
    }

    private static double middle(Placed placed) {
        return placed.y() + placed.height() / 2;
    }

    private void box(Placed placed) {
        Box box = placed.box();
        double round = switch (box.kind()) {
            case ROUTE, PATTERN -> 5;
            case TARGET -> 0;
            case CHANNEL, DEAD_LETTER -> Math.min(18, placed.height() / 2);
        };
        line("  <g>");
        line(
                "    <title>%s</title>",
                escaped(box.detail().isEmpty() ? box.label() : box.label() + ": " + box.detail()));
        line(
                "    <rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>",
                box.kind().style(), n(placed.x()), n(placed.y()), n(placed.width()), n(placed.height()), n(round));
        boolean two = !box.detail().isEmpty();
        words("label", placed, box.label(), middle(placed) + (two ? -3 : 4.5), Layout.LABEL);
        if (two) {
            words("detail", placed, box.shortDetail(), middle(placed) + 12, Layout.DETAIL);
        }
        line("  </g>");
    }

    private void words(String style, Placed placed, String words, double y, double size) {
        line(
                "    <text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
                style, n(placed.x() + 14), n(y), escaped(Words.fitting(words, placed.width() - 24, size)));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String n(double pixels) {
        return pixels == Math.rint(pixels) ? Long.toString((long) pixels) : String.format(Locale.ROOT, "%.1f", pixels);
    }

    /** Safe as text of XML 1.0, which has no way to write most control characters. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(isXml(point) ? point : ' ');
            }
        });
        return safe.toString();
    }

    private static boolean isXml(int point) {
        boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
        return point >= ' ' && !surrogate && point != 0xFFFE && point != 0xFFFF;
    }
}
