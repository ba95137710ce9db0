package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.scale.lag.JobSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The jobs of one cluster. */
final class ClusterJobs {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final String name;
    private final RestCalls calls;
    private final Map<String, JobMemory> memories = new ConcurrentHashMap<>();

    ClusterJobs(String name, FlinkEndpoint endpoint) {
        this.name = name;
        this.calls = new RestCalls(endpoint);
    }

    JobSnapshot read(String job, Set<String> topics, Instant now) throws RestFailure, InterruptedException {
        Deadline deadline = calls.deadline();
        JobList jobs = jobs(deadline);
        memories.keySet().retainAll(jobs.jobs().stream().map(JobList.Entry::id).collect(Collectors.toSet()));
        JobList.Entry found = jobs.find(job);
        JobMemory memory = memories.computeIfAbsent(found.id(), unused -> new JobMemory());
        if (!memory.lock.tryLock(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new RestFailure(0, "another reading of job %s has not ended yet".formatted(found.id()));
        }
        try {
            return new JobLook(calls, deadline, memory, found, now).snapshot(topics);
        } finally {
            memory.lock.unlock();
        }
    }

    int setParallelism(String job, int upperBound) throws RestFailure, InterruptedException {
        Deadline deadline = calls.deadline();
        String id = jobs(deadline).find(job).id();
        List<Vertex> vertices = Vertex.of(calls.get("jobs/" + id, deadline));
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        int most = 0;
        for (Vertex vertex : vertices) {
            int bound = vertex.maxParallelism() > 0 ? Math.min(upperBound, vertex.maxParallelism()) : upperBound;
            most = Math.max(most, bound);
            told.putObject(vertex.id())
                    .putObject("parallelism")
                    .put("lowerBound", 1)
                    .put("upperBound", bound);
        }
        if (most < upperBound || upperBound < 1) {
            throw new RestFailure(
                    0,
                    "job %s cannot have %d subtasks, only 1 to %d: its maximum parallelism"
                            .formatted(id, upperBound, most));
        }
        try {
            calls.put("jobs/" + id + "/resource-requirements", told, deadline);
        } catch (RestFailure e) {
            throw e.reason().contains("reactive mode")
                    ? new RestFailure(
                            0,
                            "job %s runs in reactive mode and takes all TaskManagers there are, it cannot be told its"
                                            .formatted(id)
                                    + " parallelism; expected jobmanager.scheduler: adaptive without scheduler-mode,"
                                    + " or scaling: reactive in the trigger")
                    : e;
        }
        return upperBound;
    }

    OptionalLong triggerCheckpoint(String job) throws RestFailure, InterruptedException {
        Deadline deadline = calls.deadline();
        String id = jobs(deadline).find(job).id();
        ObjectNode configured = JsonNodeFactory.instance.objectNode().put("checkpointType", "CONFIGURED");
        String path = "jobs/" + id + "/checkpoints";
        String request =
                calls.post(path, configured, deadline).path("request-id").asText();
        boolean isUnderWay = false;
        do {
            JsonNode answer;
            try {
                answer = calls.get(path + "/" + RestCalls.encoded(request), deadline);
            } catch (RestFailure e) {
                if (isUnderWay && !deadline.pause(BETWEEN_LOOKS)) {
                    break; // the end of the time cut this look off, and the one before is still true
                }
                throw e;
            }
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                return OptionalLong.of(completed(id, answer.path("operation")));
            }
            isUnderWay = true;
        } while (deadline.pause(BETWEEN_LOOKS));
        return OptionalLong.empty();
    }

    private static long completed(String job, JsonNode operation) throws RestFailure {
        JsonNode checkpoint = operation.path("checkpointId");
        if (checkpoint.isIntegralNumber()) {
            return checkpoint.asLong();
        }
        JsonNode cause = operation.path("failureCause");
        String trace = cause.path("stack-trace").asText();
        String said = trace.isBlank() ? cause.path("class").asText("no reason given") : trace;
        throw new RestFailure(0, "job %s made no checkpoint: %s".formatted(job, RestCalls.cause(said)));
    }

    private JobList jobs(Deadline deadline) throws RestFailure, InterruptedException {
        return JobList.parse(name, calls.get("jobs/overview", deadline));
    }
}
