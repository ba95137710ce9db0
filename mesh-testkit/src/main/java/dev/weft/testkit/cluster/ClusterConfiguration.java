package dev.weft.testkit.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code config.yaml} of a test cluster. A lost TaskManager is noticed within five seconds and jobs restart at once
 * and for ever, so that a test of recovery is about recovery and not about waiting.
 */
final class ClusterConfiguration {

    private static final String HOST = "127.0.0.1";
    private static final int FRAMEWORK_HEAP = 128;
    private static final int FRAMEWORK_OFF_HEAP = 128;
    private static final int NETWORK = 64;
    private static final int METASPACE = 256;

    private final FlinkClusterSettings settings;
    private final int rpcPort;
    private final int restPort;

    ClusterConfiguration(FlinkClusterSettings settings, int rpcPort, int restPort) {
        this.settings = settings;
        this.rpcPort = rpcPort;
        this.restPort = restPort;
    }

    /** Returns the file's text: JSON, which YAML includes, so that nothing needs quoting rules of its own. */
    String text() throws JsonProcessingException {
        Map<String, String> values = new TreeMap<>(FIXED);
        Path folder = settings.folder();
        values.put("jobmanager.rpc.port", String.valueOf(rpcPort));
        values.put("rest.port", String.valueOf(restPort));
        values.put("rest.bind-port", String.valueOf(restPort));
        values.put("web.tmpdir", folder.resolve("web").toString());
        values.put("io.tmp.dirs", folder.resolve("tmp").toString());
        values.put("execution.checkpointing.dir", checkpoints().toUri().toString());
        values.put("execution.checkpointing.savepoint-dir", savepoints().toUri().toString());
        values.put("taskmanager.numberOfTaskSlots", String.valueOf(settings.slots()));
        values.put("taskmanager.memory.task.heap.size", settings.taskHeapMegabytes() + "m");
        values.putAll(settings.configuration());
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(values);
    }

    Path checkpoints() {
        return settings.folder().resolve("checkpoints");
    }

    Path savepoints() {
        return settings.folder().resolve("savepoints");
    }

    static List<String> jobManagerJvm() {
        return List.of("-Xmx448m", "-XX:MaxMetaspaceSize=256m", "-XX:+UseSerialGC");
    }

    /** The JVM's limits must say what the configuration says, as Flink's own start scripts see to. */
    List<String> taskManagerJvm() {
        int heap = FRAMEWORK_HEAP + settings.taskHeapMegabytes();
        return List.of(
                "-Xms" + heap + "m",
                "-Xmx" + heap + "m",
                "-XX:MaxDirectMemorySize=" + (FRAMEWORK_OFF_HEAP + NETWORK) + "m",
                "-XX:MaxMetaspaceSize=" + METASPACE + "m",
                "-XX:+UseParallelGC");
    }

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("jobmanager.rpc.address", HOST),
            Map.entry("jobmanager.bind-host", HOST),
            Map.entry("jobmanager.memory.process.size", "1g"),
            Map.entry("rest.address", HOST),
            Map.entry("rest.bind-address", HOST),
            Map.entry("taskmanager.host", HOST),
            Map.entry("taskmanager.bind-host", HOST),
            Map.entry("taskmanager.cpu.cores", "1.0"),
            Map.entry("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP + "m"),
            Map.entry("taskmanager.memory.framework.off-heap.size", FRAMEWORK_OFF_HEAP + "m"),
            Map.entry("taskmanager.memory.task.off-heap.size", "0m"),
            Map.entry("taskmanager.memory.managed.size", "128m"),
            Map.entry("taskmanager.memory.network.min", NETWORK + "m"),
            Map.entry("taskmanager.memory.network.max", NETWORK + "m"),
            Map.entry("taskmanager.memory.jvm-metaspace.size", METASPACE + "m"),
            Map.entry("taskmanager.memory.jvm-overhead.min", "128m"),
            Map.entry("taskmanager.memory.jvm-overhead.max", "128m"),
            Map.entry("heartbeat.interval", "1000"),
            Map.entry("heartbeat.timeout", "5000"),
            Map.entry("heartbeat.rpc-failure-threshold", "1"),
            Map.entry("restart-strategy.type", "fixed-delay"),
            Map.entry("restart-strategy.fixed-delay.attempts", String.valueOf(Integer.MAX_VALUE)),
            Map.entry("restart-strategy.fixed-delay.delay", "200 ms"),
            Map.entry("cluster.registration.refused-registration-delay", "500"),
            Map.entry("cluster.registration.error-delay", "500"),
            // So long REST answers with what it last knew of a job; of Flink's own three seconds every start and every
            // end that a test waits for would take its share.
            Map.entry("web.refresh-interval", "100"),
            Map.entry("metrics.fetcher.update-interval", "500"));
}
