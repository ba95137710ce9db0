package dev.weft.scale.simulator;

import dev.weft.scale.simulator.Simulation.Result;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A scenario as a picture in SVG: what arrives, how old the oldest record is, what waits, and the sizes. */
final class Plot {

    private static final int WIDTH = 960;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 64;
    private static final int PANEL = 128;
    private static final int GAP = 40;
    private static final int LEGEND_LINE = 18;
    private static final int TIME_MARKS = 6;

    /** Colours that differ for most people, the shipped scaler's first; others take them in turn. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#e69f00", "#999999", "#cc79a7", "#56b4e9", "#8c564b");

    private static final String OPTIMUM_COLOUR = "#009e73";

    private final Scenario scenario;
    private final List<Result> results;
    private final StringBuilder svg = new StringBuilder();

    private Plot(Scenario scenario, List<Result> results) {
        this.scenario = scenario;
        this.results = results;
    }

    /** Returns the picture of what happened with the first seed. */
    static String of(Scenario scenario, List<Result> results) {
        return new Plot(scenario, results).draw();
    }

    private String draw() {
        int height = TOP + 4 * (PANEL + GAP) + results.size() * LEGEND_LINE + 12;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">",
                WIDTH, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        text(LEFT, 26, 18, "start", "#111111", scenario.name());
        text(LEFT, 46, 13, "start", "#444444", scenario.story());
        Course first = results.get(0).course();
        double rate = roundUp(most(first, i -> first.arrivals()[i]));
        Panel arrivals = new Panel(0, "records/s that arrive", y -> y / rate, new double[] {0, rate / 2, rate});
        Panel age = new Panel(1, "oldest record, seconds", logarithmic(10, 3600), new double[] {0, 10, 60, 300, 1800});
        Panel waiting = new Panel(
                2, "records that wait", logarithmic(100, 1e6), new double[] {0, 100, 1000, 10_000, 100_000, 1e6});
        double sizes = Math.max(2, roundUp(mostReplicas()));
        Panel replicas = new Panel(3, "replicas asked for", y -> y / sizes, new double[] {0, sizes / 2, sizes});
        arrivals.frame();
        arrivals.line(first, i -> first.arrivals()[i], "#444444", 1.2, "");
        age.frame();
        age.limit(scenario.cluster().slo());
        waiting.frame();
        replicas.frame();
        for (int i = results.size() - 1; i >= 0; i--) {
            Result result = results.get(i);
            Course course = result.course();
            double width = result.contender().equals("weft") ? 2.4 : 1.2;
            String dash = isOptimum(result) ? " stroke-dasharray=\"6 4\"" : "";
            age.line(course, at -> course.age()[at], colour(i), width, dash);
            waiting.line(course, at -> course.waiting()[at], colour(i), width, dash);
            replicas.steps(course, at -> course.replicas()[at], colour(i), width, dash);
        }
        legend();
        add("</svg>");
        return svg.toString();
    }

    private void legend() {
        int y = TOP + 4 * (PANEL + GAP) + 4;
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            String dash = isOptimum(result) ? " stroke-dasharray=\"6 4\"" : "";
            add("<path d=\"M%d %dh28\" stroke=\"%s\" stroke-width=\"3\"%s/>", LEFT, y - 4, colour(i), dash);
            text(LEFT + 38, y, 13, "start", "#111111", result.contender());
            String score = "%.0f s over the SLO, %.0f replica-minutes, %.1f restarts"
                    .formatted(
                            result.mean(Score::secondsLate),
                            result.mean(Score::replicaMinutes),
                            result.mean(Score::changes));
            text(LEFT + 190, y, 13, "start", "#444444", score);
            y += LEGEND_LINE;
        }
    }

    private static boolean isOptimum(Result result) {
        return result.contender().equals(Optimum.NAME);
    }

    private String colour(int index) {
        if (isOptimum(results.get(index))) {
            return OPTIMUM_COLOUR;
        }
        if (results.get(index).contender().equals("weft")) {
            return COLOURS.get(0);
        }
        return COLOURS.get(1 + index % (COLOURS.size() - 1));
    }

    private double mostReplicas() {
        return results.stream()
                .mapToDouble(each -> most(each.course(), i -> each.course().replicas()[i]))
                .max()
                .orElse(1);
    }

    private static double most(Course course, IntToDoubleFunction value) {
        return IntStream.range(0, course.age().length).mapToDouble(value).max().orElse(1);
    }

    /** Returns the next of 1, 2, 4, 6, 8, 10, 12, 20, 40 ... that is not smaller. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
        for (double step : new double[] {1, 1.2, 2, 4, 6, 8}) {
            if (value <= step * power) {
                return Math.max(1, Math.ceil(step * power));
            }
        }
        return 10 * power;
    }

    private static DoubleUnaryOperator logarithmic(double linearUpTo, double most) {
        double whole = Math.log1p(most / linearUpTo);
        return value -> Math.min(1, Math.log1p(value / linearUpTo) / whole);
    }

    private void add(String template, Object... values) {
        svg.append(String.format(Locale.ROOT, template, values)).append('\n');
    }

    private void text(int x, int y, int size, String anchor, String colour, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        add(
                "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x, y, size, anchor, colour, escaped);
    }

    /** One diagram, with time from left to right. */
    private final class Panel {

        private final int top;
        private final String title;
        private final DoubleUnaryOperator scale;
        private final double[] marks;

        private Panel(int index, String title, DoubleUnaryOperator scale, double[] marks) {
            this.top = TOP + index * (PANEL + GAP) + 14;
            this.title = title;
            this.scale = scale;
            this.marks = marks;
        }

        private void frame() {
            text(LEFT, top - 6, 12, "start", "#111111", title);
            for (double mark : marks) {
                add("<path d=\"M%d %.1fH%d\" stroke=\"#dddddd\"/>", LEFT, y(mark), WIDTH - RIGHT);
                text(LEFT - 6, (int) y(mark) + 4, 11, "end", "#666666", number(mark));
            }
            for (int i = 0; i <= TIME_MARKS; i++) {
                int second = scenario.seconds() / TIME_MARKS * i;
                text((int) x(second), top + PANEL + 14, 11, "middle", "#666666", time(second));
            }
        }

        private void limit(double value) {
            add("<path d=\"M%d %.1fH%d\" stroke=\"#cc0000\" stroke-dasharray=\"3 3\"/>", LEFT, y(value), WIDTH - RIGHT);
            text(WIDTH - RIGHT, (int) y(value) - 4, 11, "end", "#cc0000", "SLO");
        }

        private void line(Course course, IntToDoubleFunction value, String colour, double width, String dash) {
            path(course, value, colour, width, dash, false);
        }

        private void steps(Course course, IntToDoubleFunction value, String colour, double width, String dash) {
            path(course, value, colour, width, dash, true);
        }

        private void path(
                Course course, IntToDoubleFunction value, String colour, double width, String dash, boolean steps) {
            StringBuilder path = new StringBuilder();
            int points = course.age().length;
            for (int i = 0; i < points; i++) {
                boolean same = i > 0 && value.applyAsDouble(i) == value.applyAsDouble(i - 1);
                boolean goesOn = i < points - 1 && value.applyAsDouble(i) == value.applyAsDouble(i + 1);
                if (same && (goesOn || steps && i < points - 1)) {
                    continue;
                }
                double x = x(i * course.step());
                double y = y(value.applyAsDouble(i));
                if (i == 0) {
                    path.append(String.format(Locale.ROOT, "M%.0f %.1f", x, y));
                } else if (steps) {
                    path.append(String.format(Locale.ROOT, "H%.0fV%.1f", x, y));
                } else {
                    path.append(String.format(Locale.ROOT, "L%.0f %.1f", x, y));
                }
            }
            add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>", path, colour, width, dash);
        }

        private double x(int second) {
            return LEFT + (double) (WIDTH - LEFT - RIGHT) * second / scenario.seconds();
        }

        private double y(double value) {
            return top + PANEL * (1 - scale.applyAsDouble(value));
        }

        private String number(double value) {
            return value >= 1000 ? "%.0fk".formatted(value / 1000) : "%.0f".formatted(value);
        }

        private String time(int second) {
            return scenario.seconds() > 4 * 3600
                    ? "%d:%02d h".formatted(second / 3600, second / 60 % 60)
                    : "%d min".formatted(second / 60);
        }
    }
}
