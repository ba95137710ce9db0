package dev.weft.scale.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the vertices of a job did lately.
 *
 * @param loads by the ids of all vertices
 * @param sources those that read the topics
 */
record Measured(List<Vertex> vertices, Map<String, Load> loads, List<Vertex> sources) {

    /** Below this share of time nobody is held up by who is busiest. */
    private static final double BUSY = 0.5;

    private static final double HELD_UP = 0.1;

    /** Returns what the sources take in. */
    double recordsPerSecond() {
        return sources.stream()
                .map(this::load)
                .mapToDouble(Load::recordsPerSecond)
                .sum();
    }

    double busiest() {
        return vertices.stream()
                .map(this::load)
                .mapToDouble(Load::busiest)
                .max()
                .orElse(0);
    }

    double backPressured() {
        return sources.stream()
                .map(this::load)
                .mapToDouble(Load::backPressured)
                .max()
                .orElse(0);
    }

    /** Returns the vertex that is busiest, if it is busy enough to hold up anybody. */
    Optional<Vertex> suspect() {
        double busiest = busiest();
        return busiest < BUSY
                ? Optional.empty()
                : vertices.stream()
                        .filter(vertex -> load(vertex).busiest() >= busiest)
                        .findFirst();
    }

    /** Returns whether the sources have to wait for the vertex. */
    boolean isHeldUpBy(Vertex vertex) {
        return !sources.contains(vertex) && backPressured() >= HELD_UP;
    }

    private Load load(Vertex vertex) {
        return loads.getOrDefault(vertex.id(), Load.NONE);
    }
}
