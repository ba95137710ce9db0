package dev.weft.job.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.local.LoopbackPort;
import dev.weft.scale.cli.Scaler;
import dev.weft.scale.cli.ScalerConfig;
import dev.weft.scale.control.Memories;
import dev.weft.scale.grpc.AllowList;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import dev.weft.scale.kafka.KafkaQueues;
import dev.weft.scale.rest.FlinkEndpoint;
import dev.weft.scale.rest.FlinkJobs;
import dev.weft.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A mesh job of the adaptive scheduler on a real cluster, a whole scaler that looks after it, and a {@link KedaPlayer}
 * that does what the scaler says to the TaskManagers, of one slot each.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
final class ScaledMesh implements AutoCloseable {

    private static final int MOST = 3;

    /** Events per second each subtask can read: a burst of 5,000 needs all three. */
    private static final int PER_SUBTASK = 2_500;

    /** Small answers, so that the broker's quota makes many short pauses and not a few long ones. */
    private static final String SMALL = "startFrom: earliest, properties: { max.partition.fetch.bytes: \"32768\" }";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClusterMesh mesh;
    private final Shop shop;
    private final RunningJob job;
    private final TaskManagers taskManagers;
    private final int port;
    private Scaler scaler;
    private final KedaPlayer keda;

    private ScaledMesh(ClusterMesh mesh, Shop shop, RunningJob job) throws Exception {
        this.mesh = mesh;
        this.shop = shop;
        this.job = job;
        this.taskManagers = new TaskManagers(mesh.flink());
        this.port = LoopbackPort.claim("the scaler", LoopbackPort.ANY);
        this.scaler = scaler();
        this.keda = KedaPlayer.start(port, scaledObject(), taskManagers, MOST);
    }

    /** Starts everything, with one TaskManager and no events. */
    static ScaledMesh start(Path folder, Shop shop, int partitions) throws Exception {
        ClusterMesh mesh = ClusterMesh.start(
                folder,
                settings -> settings.withSlots(1)
                        .with("jobmanager.scheduler", "adaptive")
                        // Without a TaskManager a job waits, and does not fail; Flink reads no -1 here.
                        .with("jobmanager.adaptive-scheduler.submission.resource-wait-timeout", "240 d")
                        .with("jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout", "2 s")
                        .with("jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling", "2 s")
                        // For so long a TaskManager that was killed keeps the JobManager from metrics of all others.
                        .with("web.timeout", "5 s"));
        try {
            mesh.createTopics(partitions, shop.topics());
            ReadingSpeed.limit(mesh.bootstrapServers(), shop, MOST, PER_SUBTASK);
            String config = shop.config(mesh.bootstrapServers()).replace("startFrom: earliest", SMALL);
            RunningJob job = mesh.submit(config, 1, Optional.empty());
            return new ScaledMesh(mesh, shop, job);
        } catch (Exception | AssertionError e) {
            mesh.close();
            throw e;
        }
    }

    private Scaler scaler() throws IOException {
        ScalerConfig config = new ScalerConfig(
                new InetSocketAddress(LoopbackPort.HOST, port),
                new InetSocketAddress(LoopbackPort.HOST, 0),
                Optional.empty(),
                Map.of("main", new ScalerConfig.KafkaCluster(mesh.bootstrapServers(), Map.of())),
                Map.of(
                        "main",
                        new ScalerConfig.FlinkCluster(
                                mesh.flink().restAddress(), Optional.empty(), Optional.empty(), Optional.empty())),
                Optional.empty(),
                new AllowList(List.of()));
        KafkaQueues queues = new KafkaQueues(
                Map.of("main", Map.of("bootstrap.servers", mesh.bootstrapServers())), PATIENCE, Clock.systemUTC());
        FlinkJobs jobs = new FlinkJobs(
                Map.of("main", FlinkEndpoint.at(mesh.flink().restAddress()).within(PATIENCE)), Clock.systemUTC());
        return Scaler.start(config, new Scaler.Outside(queues, jobs, taskManagers, Memories.none(), List.of(queues)));
    }

    private ScaledObjectRef scaledObject() {
        return ScaledObjectRef.newBuilder()
                .setNamespace("trial")
                .setName(shop.name())
                .putScalerMetadata("scalerAddress", "weft-scaler:9090")
                .putScalerMetadata("consumerGroup", "weft-" + shop.name())
                .putScalerMetadata("topics", shop.input())
                .putScalerMetadata("job", shop.name())
                .putScalerMetadata("scaling", "adaptive")
                .putScalerMetadata("maxReplicas", String.valueOf(MOST))
                .putScalerMetadata("scaleToZero", "true")
                .putScalerMetadata("slo", "15s")
                .putScalerMetadata("idleAfter", "5s")
                .putScalerMetadata("downWindow", "5s")
                .putScalerMetadata("steadyFor", "5s")
                .putScalerMetadata("pollInterval", "1s")
                .build();
    }

    ClusterMesh mesh() {
        return mesh;
    }

    KedaPlayer keda() {
        return keda;
    }

    TaskManagers taskManagers() {
        return taskManagers;
    }

    /** Ends the scaler and starts another, which remembers nothing, at the same address. */
    void replaceScaler() throws Exception {
        scaler.close();
        scaler = scaler();
    }

    /** Waits until as many TaskManagers are there, and the source has as many subtasks; 0 while it does not run. */
    void awaitSize(String what, IntPredicate wanted, Duration bound) throws Exception {
        try {
            Await.until(
                    "the job to go " + what,
                    bound,
                    () -> wanted.test(taskManagers.replicas()) && wanted.test(parallelism()));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; " + keda.happenings() + "; " + decisions(), e);
        }
    }

    /** Returns how often the number of TaskManagers was changed. */
    int changes() {
        return (int) keda.happenings().stream()
                .filter(each -> each.kind() == KedaPlayer.Happening.Kind.SCALED)
                .count();
    }

    private JsonNode decisions() throws IOException {
        URLConnection asked = URI.create("http://%s:%d/decisions".formatted(LoopbackPort.HOST, scaler.httpPort()))
                .toURL()
                .openConnection();
        asked.setRequestProperty("Accept", "application/json");
        try (InputStream answer = asked.getInputStream()) {
            return JSON.readTree(answer);
        }
    }

    private int parallelism() throws IOException {
        JsonNode shown = rest("jobs/" + job.id());
        JsonNode source = shown.path("vertices").path(0);
        return source.path("status").asText().equals("RUNNING")
                ? source.path("parallelism").asInt()
                : 0;
    }

    /** Returns how often the job was started again. */
    int restarts() throws IOException {
        return rest("jobs/" + job.id() + "/metrics?get=numRestarts")
                .path(0)
                .path("value")
                .asInt(-1);
    }

    private JsonNode rest(String path) throws IOException {
        return JSON.readTree(mesh.flink().restAddress().resolve("/" + path).toURL());
    }

    @Override
    public void close() throws InterruptedException {
        keda.close();
        scaler.close();
        mesh.close();
    }
}
