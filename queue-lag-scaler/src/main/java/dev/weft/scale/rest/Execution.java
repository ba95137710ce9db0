package dev.weft.scale.rest;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * All tasks of a job, as they run now.
 *
 * @param attempt when the last of them was deployed, which no two executions have in common
 */
record Execution(long attempt, List<Vertex> vertices) {

    Execution {
        vertices = List.copyOf(vertices);
    }

    static Execution of(List<Vertex> vertices) {
        long attempt = vertices.stream()
                .map(Vertex::subtasks)
                .flatMap(Collection::stream)
                .mapToLong(Subtask::began)
                .max()
                .orElse(-1);
        return new Execution(attempt, vertices);
    }

    /** Returns whether all subtasks of all vertices run. */
    boolean isRunning() {
        return !vertices.isEmpty() && vertices.stream().allMatch(Vertex::isRunning);
    }

    /** Returns the ids of the TaskManagers they run on. */
    Set<String> taskManagers() {
        return vertices.stream()
                .map(Vertex::subtasks)
                .flatMap(Collection::stream)
                .map(Subtask::taskManager)
                .collect(toSet());
    }

    /** Returns whether it is known of each of them what it does. */
    boolean isMeasured() {
        return vertices.stream().allMatch(Vertex::isMeasured);
    }

    /** Returns for how many milliseconds all of them run. */
    long runningMillis() {
        return vertices.stream()
                .map(Vertex::subtasks)
                .flatMap(Collection::stream)
                .mapToLong(Subtask::runningMillis)
                .min()
                .orElse(0);
    }

    /** Returns the first subtask that nothing is known of, in words. */
    String unmeasured() {
        for (Vertex vertex : vertices) {
            for (Subtask subtask : vertex.subtasks()) {
                if (subtask.work().isEmpty()) {
                    return "subtask %d of \"%s\"".formatted(subtask.index(), vertex.name());
                }
            }
        }
        return "none";
    }
}
