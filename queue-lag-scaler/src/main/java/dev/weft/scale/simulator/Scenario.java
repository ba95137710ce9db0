package dev.weft.scale.simulator;

import java.util.List;

/**
 * A case to be played.
 *
 * @param name as in tables and names of files
 * @param story what happens, in a sentence
 * @param seconds how long it lasts
 * @param replicas that run when it begins
 * @param backlog records that wait when it begins, all partitions together
 * @param arrivals what is written
 */
public record Scenario(
        String name,
        String story,
        int seconds,
        Cluster cluster,
        int replicas,
        long backlog,
        Arrivals arrivals,
        List<Disturbance> disturbances) {

    public Scenario {
        disturbances = List.copyOf(disturbances);
    }
}
