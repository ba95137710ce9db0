package dev.weft.testkit.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may differ from one {@link FlinkCluster} to the next.
 *
 * @param folder everything the cluster writes is below it: configuration, logs, checkpoints, savepoints
 * @param taskManagers how many to start with; may be 0
 * @param slots of each TaskManager
 * @param taskHeapMegabytes heap a TaskManager has for the job, beside the 128 MB Flink has for itself
 * @param jvmOptions further options of the TaskManagers' JVMs
 * @param configuration Flink settings that go before the cluster's own
 */
public record FlinkClusterSettings(
        Path folder,
        int taskManagers,
        int slots,
        int taskHeapMegabytes,
        List<String> jvmOptions,
        Map<String, String> configuration) {

    public FlinkClusterSettings {
        folder = folder.toAbsolutePath().normalize();
        jvmOptions = List.copyOf(jvmOptions);
        configuration = Map.copyOf(configuration);
    }

    /** Returns settings of a small cluster: one TaskManager with two slots and 384 MB for the job. */
    public static FlinkClusterSettings in(Path folder) {
        return new FlinkClusterSettings(folder, 1, 2, 384, List.of(), Map.of());
    }

    /** Returns these settings with that many TaskManagers to start with. */
    public FlinkClusterSettings withTaskManagers(int count) {
        return new FlinkClusterSettings(folder, count, slots, taskHeapMegabytes, jvmOptions, configuration);
    }

    /** Returns these settings with that many slots for each TaskManager. */
    public FlinkClusterSettings withSlots(int count) {
        return new FlinkClusterSettings(folder, taskManagers, count, taskHeapMegabytes, jvmOptions, configuration);
    }

    /** Returns these settings with that much heap for the job in each TaskManager. */
    public FlinkClusterSettings withTaskHeap(int megabytes) {
        return new FlinkClusterSettings(folder, taskManagers, slots, megabytes, jvmOptions, configuration);
    }

    /** Returns these settings with other options for the TaskManagers' JVMs. */
    public FlinkClusterSettings withJvmOptions(String... options) {
        return new FlinkClusterSettings(
                folder, taskManagers, slots, taskHeapMegabytes, List.of(options), configuration);
    }

    /** Returns these settings with one more Flink setting. */
    public FlinkClusterSettings with(String key, String value) {
        var more = new TreeMap<>(configuration);
        more.put(key, value);
        return new FlinkClusterSettings(folder, taskManagers, slots, taskHeapMegabytes, jvmOptions, more);
    }
}
