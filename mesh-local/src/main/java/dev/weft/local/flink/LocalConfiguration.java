package dev.weft.local.flink;

import dev.weft.local.LoopbackPort;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** Flink's settings for a cluster inside one process: loopback only, little memory, all files in one folder. */
final class LocalConfiguration {

    private LocalConfiguration() {}

    static Configuration of(FlinkSettings settings, int webPort) {
        Map<String, String> values = new TreeMap<>(FIXED);
        Path temporary = settings.temporary();
        values.put("rest.port", String.valueOf(webPort));
        values.put("rest.bind-port", String.valueOf(webPort));
        values.put("web.submit.enable", String.valueOf(settings.acceptsJars()));
        values.put("web.tmpdir", temporary.toString());
        values.put("web.upload.dir", temporary.resolve("upload").toString());
        values.put("io.tmp.dirs", temporary.toString());
        values.put("blob.storage.directory", temporary.resolve("blobs").toString());
        values.put("process.working-dir", temporary.resolve("process").toString());
        values.put("execution.checkpointing.dir", settings.checkpoints().toUri().toString());
        values.put(
                "execution.checkpointing.savepoint-dir",
                settings.savepoints().toUri().toString());
        values.put("state.backend.type", settings.rocksDb() ? "rocksdb" : "hashmap");
        values.put("taskmanager.numberOfTaskSlots", String.valueOf(settings.slots()));
        return Configuration.fromMap(values);
    }

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("rest.address", LoopbackPort.HOST),
            Map.entry("rest.bind-address", LoopbackPort.HOST),
            Map.entry("jobmanager.rpc.address", LoopbackPort.HOST),
            Map.entry("jobmanager.bind-host", LoopbackPort.HOST),
            Map.entry("taskmanager.host", LoopbackPort.HOST),
            Map.entry("taskmanager.bind-host", LoopbackPort.HOST),
            Map.entry("taskmanager.memory.network.min", "64m"),
            Map.entry("taskmanager.memory.network.max", "64m"),
            Map.entry("taskmanager.memory.managed.size", "128m"),
            Map.entry("execution.target", MiniClusterExecutor.NAME),
            Map.entry("execution.attached", "false"),
            // Job and cluster share one class path: nothing is uploaded, so there is nothing of the job's to leak.
            Map.entry("classloader.resolve-order", "parent-first"),
            Map.entry("classloader.check-leaked-classloader", "false"),
            // A job that runs or has ended is said to within half a second, not three.
            Map.entry("web.refresh-interval", "500"),
            // The numbers on the screen follow the events within a second, not ten.
            Map.entry("metrics.fetcher.update-interval", "1000"));
}
