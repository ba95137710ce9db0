package dev.weft.scale.simulator;

import java.util.random.RandomGenerator;

/** What is written to a topic. */
@FunctionalInterface
public interface Arrivals {

    /** Returns how many records are written in each second to each partition: {@code [second][partition]}. */
    int[][] generate(int seconds, int partitions, RandomGenerator random);

    /** A rate over time, records per second. */
    @FunctionalInterface
    interface Rate {
        double at(int second);
    }

    /** Records that come one by one and independently at a rate, evenly over the partitions. */
    static Arrivals poisson(Rate rate) {
        return poisson(rate, partition -> 1);
    }

    /** As {@link #poisson(Rate)}, with a weight for each partition. */
    static Arrivals poisson(Rate rate, java.util.function.IntToDoubleFunction weight) {
        return (seconds, partitions, random) -> {
            double all = 0;
            for (int p = 0; p < partitions; p++) {
                all += weight.applyAsDouble(p);
            }
            int[][] records = new int[seconds][partitions];
            for (int second = 0; second < seconds; second++) {
                double now = Math.max(0, rate.at(second));
                for (int p = 0; p < partitions; p++) {
                    records[second][p] = poisson(now * weight.applyAsDouble(p) / all, random);
                }
            }
            return records;
        };
    }

    /** Returns a number of a Poisson distribution: Knuth's product, or the normal one that is near it. */
    private static int poisson(double mean, RandomGenerator random) {
        if (mean <= 0) {
            return 0;
        }
        if (mean > 50) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            count++;
            product *= random.nextDouble();
        }
        return count;
    }
}
