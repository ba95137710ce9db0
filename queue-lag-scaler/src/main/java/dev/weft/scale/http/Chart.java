package dev.weft.scale.http;

import dev.weft.scale.control.Answers.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A drawing of a ScaledObject's history: lag, arrivals and replicas, one above the other with one axis of time. */
final class Chart {

    private static final int LEFT = 64;
    private static final int WIDTH = 860;
    private static final int HEIGHT = 110;
    private static final int GAP = 34;
    private static final int TOP = 22;
    private static final int RIGHT = 16;
    private static final int TICKS = 6;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder svg = new StringBuilder();
    private final List<Seen> history;
    private final Instant from;
    private final double span;

    private Chart(List<Seen> history) {
        this.history = history;
        this.from = history.get(0).decision().at();
        Instant to = history.get(history.size() - 1).decision().at();
        this.span = Math.max(1, Duration.between(from, to).toMillis());
    }

    /** Returns the drawing as an element {@code svg}; nothing drawn of fewer than two decisions. */
    static String of(List<Seen> history) {
        return history.size() < 2 ? "" : new Chart(history).drawn();
    }

    private String drawn() {
        int height = TOP + 3 * (HEIGHT + GAP);
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Lag, arrivals and replicas since %s\">"
                .formatted(LEFT + WIDTH + RIGHT, height, from));
        panel(0, "records waiting", "lag", seen -> seen.decision().lag(), false);
        panel(1, "arrivals per second", "arrivals", seen -> seen.decision().arrivalsPerSecond(), false);
        panel(2, "replicas wanted", "replicas", seen -> seen.decision().replicas(), true);
        return svg.append("</svg>").toString();
    }

    private void panel(int number, String title, String kind, ToDoubleFunction<Seen> value, boolean steps) {
        int top = TOP + number * (HEIGHT + GAP);
        double most = history.stream().mapToDouble(value).max().orElse(0);
        double scale = most > 0 ? most : 1;
        svg.append("<g class=\"%s\"><text class=\"title\" x=\"%d\" y=\"%d\">%s</text>"
                .formatted(kind, LEFT, top - 7, title));
        for (double share : new double[] {0, 0.5, 1}) {
            double y = top + HEIGHT * (1 - share);
            svg.append(Numbers.text(
                    "<path class=\"grid\" d=\"M%d %.1fh%d\"/><text class=\"y\" x=\"%d\" y=\"%.1f\">%s</text>",
                    LEFT, y, WIDTH, LEFT - 6, y + 4, Numbers.shown(scale * share)));
        }
        for (int tick = 0; tick <= TICKS; tick++) {
            Instant at = from.plusMillis((long) (span * tick / TICKS));
            svg.append(Numbers.text(
                    "<text class=\"x\" x=\"%.1f\" y=\"%d\">%s</text>",
                    LEFT + (double) WIDTH * tick / TICKS, top + HEIGHT + 15, TIME.format(at)));
        }
        line(top, scale, value, steps);
        svg.append("</g>");
    }

    private void line(int top, double scale, ToDoubleFunction<Seen> value, boolean steps) {
        svg.append("<path class=\"line\" d=\"");
        boolean first = true;
        for (Seen seen : history) {
            double x =
                    LEFT + WIDTH * (Duration.between(from, seen.decision().at()).toMillis() / span);
            double y = top + HEIGHT * (1 - Math.max(0, value.applyAsDouble(seen)) / scale);
            svg.append(
                    first
                            ? Numbers.text("M%.1f %.1f", x, y)
                            : steps ? Numbers.text("H%.1fV%.1f", x, y) : Numbers.text("L%.1f %.1f", x, y));
            first = false;
        }
        svg.append("\"/>");
    }
}
