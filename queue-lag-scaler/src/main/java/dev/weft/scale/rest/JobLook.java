package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.JobSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** One look at one job. */
final class JobLook {

    /** A JobManager that is asked asks in turn, and does not wait for what it hears. */
    private static final Duration FOR_NEWS = Duration.ofMillis(200);

    private static final int LOOKS = 5;

    /** A JobManager may not have heard of all tasks of a job that has just begun. */
    private static final long BEGINNING_MILLIS = 25_000;

    private final RestCalls calls;
    private final Deadline deadline;
    private final JobMemory memory;
    private final JobList.Entry job;
    private final Instant now;
    private final String path;

    JobLook(RestCalls calls, Deadline deadline, JobMemory memory, JobList.Entry job, Instant now) {
        this.calls = calls;
        this.deadline = deadline;
        this.memory = memory;
        this.job = job;
        this.now = now;
        this.path = "jobs/" + job.id();
    }

    JobSnapshot snapshot(Set<String> topics) throws RestFailure, InterruptedException {
        JsonNode cluster = calls.get("overview", deadline);
        int taskManagers = cluster.path("taskmanagers").asInt();
        int freeSlots = cluster.path("slots-available").asInt();
        JsonNode details = calls.get(path, deadline);
        String state = details.path("state").asText();
        List<Vertex> graph = Vertex.of(details);
        Checkpoints checkpoints = memory.keep(Checkpoints.parse(checkpoints()));
        Standing standing = new Standing(
                now,
                job.id(),
                checkpoints,
                checkpointInterval(),
                upperBound(graph),
                freeSlots,
                taskManagers,
                most(graph));

        if (job.hasEnded()) {
            return standing.without(Phase.ENDED);
        }
        if (taskManagers == 0) {
            return standing.without(Phase.WAITING);
        }
        Execution execution = Execution.of(state.equals("RUNNING") ? withSubtasks(graph) : List.of());
        for (int look = 1; execution.isRunning() && !execution.isMeasured() && look < LOOKS; look++) {
            deadline.pause(FOR_NEWS);
            execution = Execution.of(withSubtasks(graph));
        }
        if (!execution.isRunning()) {
            return standing.without(Phase.RESTARTING);
        }
        memory.look(execution, now);
        if (!execution.isMeasured()) {
            if (execution.runningMillis() < BEGINNING_MILLIS) {
                return standing.without(Phase.RESTARTING);
            }
            throw new RestFailure(
                    0,
                    "the JobManager has not heard lately what %s of job %s does"
                            .formatted(execution.unmeasured(), job.id()));
        }
        return running(standing, execution, topics);
    }

    private JobSnapshot running(Standing standing, Execution execution, Set<String> topics)
            throws RestFailure, InterruptedException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        Map<String, Load> loads = new LinkedHashMap<>();
        List<Vertex> sources = new ArrayList<>();
        for (Vertex vertex : execution.vertices()) {
            loads.put(vertex.id(), memory.meter().measure(vertex));
            if (vertex.isSource() && addPositions(vertex, topics, positions)) {
                sources.add(vertex);
            }
        }
        if (sources.isEmpty()) {
            execution.vertices().stream().filter(Vertex::isSource).forEach(sources::add);
        }
        Measured measured = new Measured(execution.vertices(), loads, sources);
        JobReading reading = new JobReading(
                Phase.RUNNING,
                sources.stream().mapToInt(Vertex::parallelism).max().orElse(0),
                Optional.of(memory.runningSince()),
                measured.recordsPerSecond(),
                measured.busiest(),
                measured.backPressured(),
                waitsForATarget(measured),
                standing.checkpoints().completed(),
                standing.checkpoints().failed(),
                standing.checkpointInterval(),
                standing.upperBound());
        return standing.with(reading, execution.attempt(), positions, execution.taskManagers());
    }

    private List<Vertex> withSubtasks(List<Vertex> graph) throws RestFailure, InterruptedException {
        List<Vertex> vertices = new ArrayList<>();
        for (Vertex vertex : graph) {
            vertices.add(vertex.with(calls.get(path + "/vertices/" + vertex.id(), deadline)));
        }
        return vertices;
    }

    /** Returns whether the vertex reads any of the topics. */
    private boolean addPositions(Vertex vertex, Set<String> topics, Map<TopicPartition, Long> positions)
            throws RestFailure, InterruptedException {
        VertexMetrics metrics = new VertexMetrics(calls, job.id(), vertex.id());
        Map<TopicPartition, String> ids = names(vertex, metrics).offsetsOf(topics);
        Map<String, Double> offsets = metrics.greatest(ids.values(), deadline);
        if (offsets.size() < ids.size()) {
            memory.forgetNames(vertex.id());
        }
        ids.forEach((partition, id) -> {
            double last = offsets.getOrDefault(id, -1.0);
            if (last >= 0) {
                positions.put(partition, (long) last + 1);
            }
        });
        return !ids.isEmpty();
    }

    private MetricNames names(Vertex vertex, VertexMetrics metrics) throws RestFailure, InterruptedException {
        Optional<MetricNames> known = memory.names(vertex.id(), now);
        return known.isPresent() ? known.get() : memory.keep(vertex.id(), metrics.list(deadline), now);
    }

    private boolean waitsForATarget(Measured measured) throws RestFailure, InterruptedException {
        Optional<Vertex> suspect = measured.suspect();
        if (suspect.isEmpty()) {
            return false;
        }
        VertexMetrics metrics = new VertexMetrics(calls, job.id(), suspect.get().id());
        return new TargetWait(metrics, names(suspect.get(), metrics), deadline)
                .isSeen(measured.isHeldUpBy(suspect.get()));
    }

    private JsonNode checkpoints() throws RestFailure, InterruptedException {
        return calls.get(path + "/checkpoints", deadline);
    }

    /** A job without checkpoints has no configuration of them. */
    private Duration checkpointInterval() throws RestFailure, InterruptedException {
        if (memory.checkpointInterval.isEmpty()) {
            memory.checkpointInterval = Optional.of(configuredInterval());
        }
        return memory.checkpointInterval.get();
    }

    private Duration configuredInterval() throws RestFailure, InterruptedException {
        try {
            long millis = calls.get(path + "/checkpoints/config", deadline)
                    .path("interval")
                    .asLong();
            return millis <= 0 || millis == Long.MAX_VALUE ? Duration.ZERO : Duration.ofMillis(millis);
        } catch (RestFailure e) {
            if (e.isRefusal()) {
                return Duration.ZERO;
            }
            throw e;
        }
    }

    private int upperBound(List<Vertex> graph) throws RestFailure, InterruptedException {
        if (memory.hasNoRequirements || job.hasEnded()) {
            return 0;
        }
        try {
            JsonNode requirements = calls.get(path + "/resource-requirements", deadline);
            return graph.stream()
                    .filter(Vertex::isSource)
                    .mapToInt(vertex -> requirements
                            .path(vertex.id())
                            .path("parallelism")
                            .path("upperBound")
                            .asInt())
                    .max()
                    .orElse(0);
        } catch (RestFailure e) {
            if (e.isRefusal()) {
                memory.hasNoRequirements = true;
                return 0;
            }
            throw e;
        }
    }

    private static OptionalInt most(List<Vertex> graph) {
        return graph.stream()
                .filter(Vertex::isSource)
                .mapToInt(Vertex::maxParallelism)
                .filter(most -> most > 0)
                .max();
    }
}
