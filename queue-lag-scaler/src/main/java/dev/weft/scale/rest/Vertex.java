package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A vertex of a job's graph, as a JobManager shows it.
 *
 * @param isSource whether nothing of the job goes into it
 * @param parallelism of the execution there is
 */
record Vertex(String id, String name, boolean isSource, int parallelism, int maxParallelism, List<Subtask> subtasks) {

    Vertex {
        subtasks = List.copyOf(subtasks);
    }

    /** Reads what is shown of a job, without the subtasks. */
    static List<Vertex> of(JsonNode job) {
        List<String> fed = new ArrayList<>();
        for (JsonNode node : job.path("plan").path("nodes")) {
            if (!node.path("inputs").isEmpty()) {
                fed.add(node.path("id").asText());
            }
        }
        List<Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : job.path("vertices")) {
            String id = vertex.path("id").asText();
            vertices.add(new Vertex(
                    id,
                    vertex.path("name").asText(),
                    !fed.contains(id),
                    vertex.path("parallelism").asInt(),
                    vertex.path("maxParallelism").asInt(),
                    List.of()));
        }
        return vertices;
    }

    /** Returns the same with the subtasks that are shown of it. */
    Vertex with(JsonNode shown) {
        List<Subtask> some = new ArrayList<>();
        shown.path("subtasks").forEach(subtask -> some.add(Subtask.parse(subtask)));
        return new Vertex(id, name, isSource, shown.path("parallelism").asInt(), maxParallelism, some);
    }

    /** Returns whether all subtasks of the execution run. */
    boolean isRunning() {
        return subtasks.size() == parallelism && subtasks.stream().allMatch(Subtask::isRunning);
    }

    /** Returns whether it is known of each subtask what it does. */
    boolean isMeasured() {
        return subtasks.stream().allMatch(subtask -> subtask.work().isPresent());
    }
}
