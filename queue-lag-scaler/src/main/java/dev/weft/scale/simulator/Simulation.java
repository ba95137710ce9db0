package dev.weft.scale.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Policies side by side: each contender and the {@code optimum} in each scenario, with each seed. */
public record Simulation(List<Scenario> scenarios, List<Contender> contenders, List<Long> seeds) {

    /** The share of its size that what arrives may use, for the optimum as for Weft. */
    static final double UTILISATION = 0.8;

    public Simulation {
        scenarios = List.copyOf(scenarios);
        contenders = List.copyOf(contenders);
        seeds = List.copyOf(seeds);
    }

    /** What one contender came to in one scenario: a score for each seed, and the course of the first. */
    public record Result(String scenario, String contender, List<Score> scores, Course course) {

        public Result {
            scores = List.copyOf(scores);
        }

        /** Returns the mean of something over the seeds. */
        public double mean(ToDoubleFunction<Score> value) {
            return scores.stream().mapToDouble(value).average().orElseThrow();
        }

        /** Returns the most of something that not every run has. */
        public OptionalDouble most(Function<Score, OptionalInt> value) {
            return scores.stream()
                    .map(value)
                    .filter(OptionalInt::isPresent)
                    .mapToDouble(OptionalInt::getAsInt)
                    .max();
        }
    }

    /** Plays all of it, a contender in one thread at a time, and tells of each scenario as it is done. */
    public List<Result> play(Consumer<List<Result>> done) {
        List<Result> all = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            List<Episode> episodes = seeds.parallelStream()
                    .map(seed -> Episode.of(scenario, seed))
                    .toList();
            List<Supplier<Result>> parts = new ArrayList<>();
            contenders.forEach(each ->
                    parts.add(() -> result(episodes, each.name(), episode -> new Run(episode, each).play())));
            parts.add(() -> result(episodes, Optimum.NAME, episode -> Optimum.play(episode, UTILISATION)));
            List<Result> results = parts.parallelStream().map(Supplier::get).toList();
            done.accept(results);
            all.addAll(results);
        }
        return all;
    }

    private static Result result(List<Episode> episodes, String contender, Function<Episode, Run.Outcome> run) {
        List<Run.Outcome> outcomes = episodes.stream().map(run).toList();
        return new Result(
                episodes.get(0).scenario().name(),
                contender,
                outcomes.stream().map(Run.Outcome::score).toList(),
                outcomes.get(0).course());
    }
}
