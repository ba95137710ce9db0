package dev.weft.benchmarks.process;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What contenders cost, each measured once in every round. Who begins alternates, so that nobody is always the one
 * before whom the machine was idle.
 */
public final class Rounds<C, T> {

    private final Map<C, List<T>> costs = new IdentityHashMap<>();

    private Rounds() {}

    /** Measures one contender, in the round with that number, counted from 0. */
    public interface Measuring<C, T> {
        T measure(C contender, int round) throws Exception;
    }

    /** Measures all of them in so many rounds, at least one. */
    public static <C, T> Rounds<C, T> run(int rounds, List<C> contenders, Measuring<C, T> measuring) throws Exception {
        if (rounds < 1) {
            throw new IllegalArgumentException("found " + rounds + " rounds, expected 1 or more");
        }
        Rounds<C, T> run = new Rounds<>();
        for (int round = 0; round < rounds; round++) {
            List<C> order = new ArrayList<>(contenders);
            Collections.rotate(order, round);
            for (C contender : order) {
                T cost = measuring.measure(contender, round);
                run.costs
                        .computeIfAbsent(contender, unused -> new ArrayList<>())
                        .add(cost);
            }
        }
        return run;
    }

    public double min(C contender, ToDoubleFunction<T> of) {
        return each(contender, of).min().orElseThrow();
    }

    public double max(C contender, ToDoubleFunction<T> of) {
        return each(contender, of).max().orElseThrow();
    }

    /** Returns the middle one, of an even number the mean of the two in the middle. */
    public double median(C contender, ToDoubleFunction<T> of) {
        double[] sorted = each(contender, of).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private DoubleStream each(C contender, ToDoubleFunction<T> of) {
        return requireNonNull(costs.get(contender), "who was measured").stream().mapToDouble(of);
    }
}
