package dev.weft.benchmarks.pattern;

import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * CPU time per event of the operator that finds patterns, beside flink-cep's operator, Esper and Siddhi.
 *
 * <p>In each round every contender, in a process of its own, is asked every question; the order alternates. What is
 * measured is the CPU time of the thread that finds, without a network, once the process is warm and all windows are
 * full. Every contender makes the same event of each match; where these differ, the whole benchmark fails.
 *
 * <p>{@code PatternCost [--rounds 3] [--questions sequence,count] [--only "flink-cep, heap;weft, heap"] [--work-dir
 * DIR]}; {@code --only} takes the contenders of these names, {@code --share 10} a tenth of the keys and events.
 */
public final class PatternCost {

    private final Path folder;
    private final String share;
    private final Map<Question, Map<Entrant, List<Cost>>> costs = new EnumMap<>(Question.class);

    private PatternCost(Path folder, String share) {
        this.folder = folder;
        this.share = share;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        Path folder = Path.of(options.getOrDefault("--work-dir", ".weft/benchmark"));
        Files.createDirectories(folder);
        List<Question> questions = options.containsKey("--questions")
                ? Arrays.stream(options.get("--questions").split(",", -1))
                        .map(Question::of)
                        .toList()
                : List.of(Question.values());
        List<Entrant> entrants = options.containsKey("--only")
                ? Arrays.stream(options.get("--only").split(";", -1))
                        .map(Entrant::of)
                        .toList()
                : List.of(Entrant.values());
        PatternCost cost = new PatternCost(folder, options.getOrDefault("--share", "1"));
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "3"));
        for (int round = 0; round < rounds; round++) {
            for (Question question : questions) {
                List<Entrant> order = new ArrayList<>(question.entrants(entrants));
                Collections.rotate(order, round);
                for (Entrant entrant : order) {
                    cost.measure(round, question, entrant);
                }
            }
        }
        cost.report();
    }

    private void measure(int round, Question question, Entrant entrant) throws IOException, InterruptedException {
        String run = question.title() + "-" + entrant.name().toLowerCase(Locale.ROOT) + "-" + round + "-"
                + System.nanoTime();
        Path files = folder.resolve(run);
        Jvm process = Jvm.start(
                folder.resolve(run + ".log"),
                "-Xmx2g",
                TrialMain.class,
                question.title(),
                entrant.title(),
                files.toAbsolutePath().toString(),
                share);
        Cost cost;
        try {
            cost = Cost.parse(process.awaitLine(TrialMain.COST));
        } finally {
            process.kill();
        }
        System.out.printf(
                Locale.ROOT,
                "round %d  %-17s %-29s %9.2f us  (checkpoint %.2f)  elsewhere %8.2f us  %9.0f B  %d matches  load %s%n",
                round + 1,
                question.title(),
                entrant.title(),
                cost.micros(),
                cost.ofCheckpoint(),
                cost.elsewhere(),
                cost.bytes(),
                cost.matches(),
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        Map<Entrant, List<Cost>> others = costs.computeIfAbsent(question, unused -> new EnumMap<>(Entrant.class));
        others.values().stream().flatMap(List::stream).findAny().ifPresent(other -> {
            if (other.matches() != cost.matches() || other.ids() != cost.ids()) {
                throw new IllegalStateException(entrant.title() + " found " + cost.matches() + " matches of "
                        + question.title() + ", others " + other.matches() + ", or not the same");
            }
        });
        others.computeIfAbsent(entrant, unused -> new ArrayList<>()).add(cost);
    }

    private void report() {
        costs.forEach((question, ofQuestion) -> {
            System.out.printf(
                    Locale.ROOT,
                    "%n%-17s %-29s %12s %12s %12s %12s   %d matches%n",
                    "median of " + ofQuestion.values().iterator().next().size(),
                    question.title(),
                    "us/event",
                    "checkpoint",
                    "elsewhere",
                    "bytes/event",
                    ofQuestion.values().iterator().next().get(0).matches());
            ofQuestion.forEach((entrant, all) -> System.out.printf(
                    Locale.ROOT,
                    "%-17s %-29s %12.2f %12.2f %12.2f %12.0f%n",
                    "",
                    entrant.title(),
                    median(all, Cost::micros),
                    median(all, Cost::ofCheckpoint),
                    median(all, Cost::elsewhere),
                    median(all, Cost::bytes)));
        });
    }

    private static double median(List<Cost> all, ToDoubleFunction<Cost> of) {
        double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
