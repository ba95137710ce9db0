package dev.weft.job.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Flink cluster, as its JobManager's REST interface shows it. Every call blocks, takes at most a minute unless it
 * says otherwise, and fails with one sentence for the person who asked. Safe for use by several threads.
 *
 * <p>Source: the REST API pages of Flink 2.2, version {@code v1}.
 */
public final class FlinkRest {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** Ids asked for in one request: they stand in the URL, whose length the server bounds. */
    private static final int METRICS_AT_ONCE = 40;

    private static final String WEFT_GROUP = ".weft.";
    private static final String RULE_VERSION = WEFT_GROUP + "ruleVersion";

    /** Texts, which have no sum. */
    private static final String AUDIT = WEFT_GROUP + "audit";

    /** Of which a sum says nothing. */
    private static final List<String> LATENCIES = List.of(".latencyMillis", ".latencyMicros");

    private final RestCalls calls;

    private FlinkRest(RestCalls calls) {
        this.calls = calls;
    }

    /**
     * Returns the cluster at {@code http://host:port}; {@code http://} may be left out. Nothing is connected yet.
     *
     * @throws IllegalArgumentException if it is no such address; the message is for the person who wrote it
     */
    public static FlinkRest at(String address) {
        String full = address.contains("://") ? address : "http://" + address;
        try {
            URI uri = new URI(full.endsWith("/") ? full : full + "/");
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return new FlinkRest(new RestCalls(uri));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(notAnAddress(address), e);
        }
        throw new IllegalArgumentException(notAnAddress(address));
    }

    private static String notAnAddress(String address) {
        return "\"%s\" is not the address of a JobManager, such as http://localhost:8081".formatted(address);
    }

    /** Returns the address without a slash at its end. */
    public String address() {
        return calls.address();
    }

    /** Returns the page of the web UI that shows the job. */
    public String webPage(String jobId) {
        return address() + "/#/job/running/" + jobId + "/overview";
    }

    /** Returns the version of Flink the cluster runs. */
    public String flinkVersion() throws ClusterFailure, InterruptedException {
        return calls.get("config").path("flink-version").asText("unknown");
    }

    /** Returns the task slots of all registered TaskManagers, and how many of them are free. */
    public Slots slots() throws ClusterFailure, InterruptedException {
        JsonNode overview = calls.get("overview");
        return new Slots(
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt());
    }

    /** How many tasks a cluster can run side by side. */
    public record Slots(int total, int free) {}

    /** Uploads a jar and returns the id by which it can be run. Takes at most five minutes. */
    public String uploadJar(Path jar) throws ClusterFailure, InterruptedException {
        String stored = calls.upload("jars/upload", jar).path("filename").asText();
        return stored.substring(stored.lastIndexOf('/') + 1);
    }

    /** Forgets an uploaded jar. Jobs started from it go on. */
    public void deleteJar(String jarId) throws ClusterFailure, InterruptedException {
        calls.delete("jars/" + encoded(jarId));
    }

    /** Starts a job and returns its id. The cluster has accepted the job then; it may not be running yet. */
    public String run(JarRun run) throws ClusterFailure, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        run.arguments().forEach(body.putArray("programArgsList")::add);
        run.savepoint().ifPresent(path -> body.put("savepointPath", path));
        run.parallelism().ifPresent(parallelism -> body.put("parallelism", parallelism));
        if (run.allowNonRestoredState()) {
            body.put("allowNonRestoredState", true);
        }
        return calls.post("jars/" + encoded(run.jarId()) + "/run", body)
                .path("jobid")
                .asText();
    }

    /** Returns the cluster's jobs, the latest started first; those that ended long ago may have been forgotten. */
    public List<JobSummary> jobs() throws ClusterFailure, InterruptedException {
        List<JobSummary> jobs = new ArrayList<>();
        calls.get("jobs/overview").path("jobs").forEach(job -> jobs.add(summary(job)));
        jobs.sort(Comparator.comparing(JobSummary::started).reversed());
        return jobs;
    }

    /** Returns one job. */
    public JobSummary job(String jobId) throws ClusterFailure, InterruptedException {
        return summary(details(jobId));
    }

    private JsonNode details(String jobId) throws ClusterFailure, InterruptedException {
        return calls.get("jobs/" + encoded(jobId));
    }

    private static JobSummary summary(JsonNode job) {
        return new JobSummary(
                job.path("jid").asText(),
                job.path("name").asText(),
                JobState.valueOf(job.path("state").asText()),
                Instant.ofEpochMilli(job.path("start-time").asLong()),
                Duration.ofMillis(job.path("duration").asLong()));
    }

    /**
     * Waits until the job and every task of it run.
     *
     * @throws ClusterFailure if the job ends instead, or does not run in time; says the cause the cluster gives
     */
    public void awaitRunning(String jobId, Duration limit) throws ClusterFailure, InterruptedException {
        Patience patience = new Patience(limit);
        while (true) {
            JsonNode details = details(jobId);
            JobState state = summary(details).state();
            if (state == JobState.RUNNING && allTasksRun(details)) {
                return;
            }
            if (state.isFinal()) {
                throw new ClusterFailure("job %s is %s%s".formatted(jobId, state.inWords(), because(jobId)));
            }
            if (!patience.pause(BETWEEN_LOOKS)) {
                throw new ClusterFailure("job %s is not running after %d s: it is %s%s"
                        .formatted(jobId, limit.toSeconds(), waitingFor(details, state), because(jobId)));
            }
        }
    }

    private static boolean allTasksRun(JsonNode details) {
        for (JsonNode vertex : details.path("vertices")) {
            String status = vertex.path("status").asText();
            if (!status.equals("RUNNING") && !status.equals("FINISHED")) {
                return false;
            }
        }
        return true;
    }

    private static String waitingFor(JsonNode details, JobState state) {
        boolean noSlots = details.path("status-counts").path("SCHEDULED").asInt() > 0;
        return state == JobState.RUNNING && noSlots ? "waiting for free task slots" : state.inWords();
    }

    private String because(String jobId) throws ClusterFailure, InterruptedException {
        return failure(jobId).map(cause -> ". " + cause).orElse("");
    }

    /** Returns why the job last failed, in one sentence; empty if it has not. */
    public Optional<String> failure(String jobId) throws ClusterFailure, InterruptedException {
        JsonNode entries = calls.get("jobs/" + encoded(jobId) + "/exceptions")
                .path("exceptionHistory")
                .path("entries");
        String trace = entries.path(0).path("stacktrace").asText();
        return trace.isBlank() ? Optional.empty() : Optional.of(RootCause.of(trace));
    }

    /** Waits until the job has ended and returns how. */
    public JobState awaitEnd(String jobId, Duration limit) throws ClusterFailure, InterruptedException {
        Patience patience = new Patience(limit);
        while (true) {
            JobState state = job(jobId).state();
            if (state.isFinal()) {
                return state;
            }
            if (!patience.pause(BETWEEN_LOOKS)) {
                throw new ClusterFailure("job %s has not ended after %d s: it is %s"
                        .formatted(jobId, limit.toSeconds(), state.inWords()));
            }
        }
    }

    /** Asks the job to stop at once, without a savepoint. */
    public void cancel(String jobId) throws ClusterFailure, InterruptedException {
        calls.patch("jobs/" + encoded(jobId) + "?mode=cancel");
    }

    /**
     * Takes a savepoint and returns where it is. The job goes on.
     *
     * @param directory where to put it; the cluster's {@code execution.checkpointing.savepoint-dir} when empty
     */
    public String savepoint(String jobId, Optional<String> directory, Duration limit)
            throws ClusterFailure, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        directory.ifPresent(path -> body.put("target-directory", path));
        return awaitSavepoint(jobId, calls.post("jobs/" + encoded(jobId) + "/savepoints", body), limit);
    }

    /**
     * Takes a savepoint, stops the job at exactly that point, and returns where the savepoint is.
     *
     * @param directory where to put it; the cluster's {@code execution.checkpointing.savepoint-dir} when empty
     */
    public String stopWithSavepoint(String jobId, Optional<String> directory, Duration limit)
            throws ClusterFailure, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        directory.ifPresent(path -> body.put("targetDirectory", path));
        body.put("drain", false);
        return awaitSavepoint(jobId, calls.post("jobs/" + encoded(jobId) + "/stop", body), limit);
    }

    private String awaitSavepoint(String jobId, JsonNode accepted, Duration limit)
            throws ClusterFailure, InterruptedException {
        String request = accepted.path("request-id").asText();
        Patience patience = new Patience(limit);
        while (true) {
            JsonNode answer = calls.get("jobs/" + encoded(jobId) + "/savepoints/" + encoded(request));
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                return location(jobId, answer.path("operation"));
            }
            if (!patience.pause(BETWEEN_LOOKS)) {
                throw new ClusterFailure(
                        "the savepoint of job %s is not complete after %d s".formatted(jobId, limit.toSeconds()));
            }
        }
    }

    private static String location(String jobId, JsonNode operation) throws ClusterFailure {
        JsonNode failure = operation.path("failure-cause");
        if (failure.isObject()) {
            throw new ClusterFailure("job %s made no savepoint: %s"
                    .formatted(
                            jobId,
                            RootCause.of(failure.path("stack-trace")
                                    .asText(failure.path("class").asText()))));
        }
        return operation.path("location").asText();
    }

    /** Returns what the mesh job has counted, summed over its subtasks; zeros for a job that is not a mesh job. */
    public MeshCounts counts(String jobId) throws ClusterFailure, InterruptedException {
        Map<String, Long> counters = new HashMap<>();
        Optional<RulesInForce> rules = Optional.empty();
        for (JsonNode vertex : details(jobId).path("vertices")) {
            String metrics = "jobs/%s/vertices/%s/subtasks/metrics"
                    .formatted(encoded(jobId), encoded(vertex.path("id").asText()));
            List<String> ids = weftMetrics(metrics);
            sums(metrics, ids).forEach((name, sum) -> counters.merge(name, sum, Long::sum));
            Optional<String> version =
                    ids.stream().filter(id -> id.endsWith(RULE_VERSION)).findFirst();
            if (version.isPresent()) {
                rules = rulesInForce(metrics, version.get());
            }
        }
        return MeshCounts.of(counters, rules);
    }

    private Optional<RulesInForce> rulesInForce(String metrics, String id) throws ClusterFailure, InterruptedException {
        JsonNode version =
                calls.get(metrics + "?agg=min,max&get=" + encoded(id)).path(0);
        return version.has("min")
                ? Optional.of(new RulesInForce(
                        version.path("min").asInt(), version.path("max").asInt()))
                : Optional.empty();
    }

    /** Returns what collects the books of the job's operators. */
    public AuditReader audit(String jobId) {
        return new AuditReader(calls, jobId);
    }

    private List<String> weftMetrics(String metrics) throws ClusterFailure, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode metric : calls.get(metrics)) {
            String id = metric.path("id").asText();
            if (id.contains(WEFT_GROUP)
                    && !id.contains(AUDIT)
                    && LATENCIES.stream().noneMatch(id::contains)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private Map<String, Long> sums(String metrics, List<String> ids) throws ClusterFailure, InterruptedException {
        Map<String, Long> sums = new HashMap<>();
        for (int from = 0; from < ids.size(); from += METRICS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + METRICS_AT_ONCE));
            for (JsonNode metric : calls.get(metrics + "?agg=sum&get=" + encoded(String.join(",", some)))) {
                String id = metric.path("id").asText();
                String name = id.substring(id.indexOf(WEFT_GROUP) + WEFT_GROUP.length());
                sums.merge(name, metric.path("sum").asLong(), Long::sum);
            }
        }
        return sums;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
