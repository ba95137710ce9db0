package dev.weft.scale.simulator;

import dev.weft.scale.simulator.Simulation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/** Results in writing: lines for a console, CSV and JSON. Numbers are means over the seeds, times the longest. */
public final class Table {

    private static final String HEADER = "%-20s %-18s %7s %7s %6s %5s %6s %5s  %s"
            .formatted("scenario", "policy", "S", "C", "R", "W", "Z", "wrong", "left");

    private static final String LEGEND = "S seconds over the SLO, C replica-minutes, R restarts, starts and stops, "
            + "W slowest wake (s), Z slowest way to zero (s), wrong zeros/wakes of all seeds, left records at the end.";

    private static final List<Column> COLUMNS = List.of(
            new Column("secondsLate", Score::secondsLate),
            new Column("replicaSeconds", Score::replicaSeconds),
            new Column("changes", Score::changes),
            new Column("wake", score -> orNone(score.wake())),
            new Column("zero", score -> orNone(score.zero())),
            new Column("wrongZeros", Score::wrongZeros),
            new Column("uncoveredZeros", Score::uncoveredZeros),
            new Column("wrongWakes", Score::wrongWakes),
            new Column("delivered", Score::delivered),
            new Column("left", Score::left),
            new Column("oldest", Score::oldest));

    private Table() {}

    private record Column(String name, ToDoubleFunction<Score> value) {

        /** Returns the value as JSON and CSV have it: a whole number, or nothing. */
        String of(Score score, String none) {
            double number = value.applyAsDouble(score);
            return Double.isNaN(number) ? none : Long.toString(Math.round(number));
        }
    }

    private static double orNone(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : Double.NaN;
    }

    /** Returns the lines above the first scenario. */
    public static List<String> header() {
        return List.of(LEGEND, HEADER);
    }

    /** Returns a line for each policy. */
    public static List<String> lines(List<Result> results) {
        return results.stream().map(Table::line).toList();
    }

    private static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%-20s %-18s %7.0f %7.0f %6.1f %5s %6s %5s  %.0f",
                result.scenario(),
                result.contender(),
                result.mean(Score::secondsLate),
                result.mean(Score::replicaMinutes),
                result.mean(Score::changes),
                text(result.most(Score::wake)),
                text(result.most(Score::zero)),
                wrong(result),
                result.mean(Score::left));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Long.toString(Math.round(value.getAsDouble())) : "-";
    }

    private static String wrong(Result result) {
        int zeros = 0;
        int wakes = 0;
        for (Score score : result.scores()) {
            zeros += score.wrongZeros() + score.uncoveredZeros();
            wakes += score.wrongWakes();
        }
        return zeros + "/" + wakes;
    }

    /** Returns one line for each run, and one with the names of the columns before. */
    public static List<String> csv(List<Result> results, List<Long> seeds) {
        List<String> lines = new ArrayList<>();
        lines.add("scenario,policy,seed,"
                + String.join(",", COLUMNS.stream().map(Column::name).toList()));
        for (Result result : results) {
            for (int i = 0; i < result.scores().size(); i++) {
                Score score = result.scores().get(i);
                List<String> values =
                        COLUMNS.stream().map(each -> each.of(score, "")).toList();
                lines.add("%s,%s,%d,%s"
                        .formatted(result.scenario(), result.contender(), seeds.get(i), String.join(",", values)));
            }
        }
        return lines;
    }

    /** Returns the same as a JSON array with one object for each run. */
    public static String json(List<Result> results, List<Long> seeds) {
        List<String> objects = new ArrayList<>();
        for (Result result : results) {
            for (int i = 0; i < result.scores().size(); i++) {
                Score score = result.scores().get(i);
                List<String> fields = COLUMNS.stream()
                        .map(each -> "\"%s\":%s".formatted(each.name(), each.of(score, "null")))
                        .toList();
                objects.add("{\"scenario\":\"%s\",\"policy\":\"%s\",\"seed\":%d,%s}"
                        .formatted(result.scenario(), result.contender(), seeds.get(i), String.join(",", fields)));
            }
        }
        return "[\n" + String.join(",\n", objects) + "\n]\n";
    }
}
