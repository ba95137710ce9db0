package dev.weft.scale.simulator;

import java.util.Random;

/**
 * A scenario with one seed: what is the same for everybody who plays it.
 *
 * @param arrivals how many records are written in each second to each partition; read by many, changed by nobody
 */
record Episode(Scenario scenario, long seed, int[][] arrivals) {

    static Episode of(Scenario scenario, long seed) {
        int partitions = scenario.cluster().partitions();
        return new Episode(
                scenario, seed, scenario.arrivals().generate(scenario.seconds(), partitions, new Random(seed)));
    }
}
