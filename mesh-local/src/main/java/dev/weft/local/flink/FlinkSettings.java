package dev.weft.local.flink;

import dev.weft.local.LoopbackPort;
import java.nio.file.Path;

/**
 * What may differ from one embedded Flink to the next.
 *
 * @param folder everything Flink writes is below it
 * @param webPort where the web pages and REST answer, or {@link LoopbackPort#ANY}
 * @param slots how many subtasks of one operator can run at once
 * @param rocksDb whether keyed state lives in RocksDB on disk; on the heap otherwise
 * @param acceptsJars whether jars may be uploaded over REST: leave it off where a browser runs, because any page it
 *     opens could send one
 */
public record FlinkSettings(Path folder, int webPort, int slots, boolean rocksDb, boolean acceptsJars) {

    public FlinkSettings {
        folder = folder.toAbsolutePath().normalize();
        if (slots < 1) {
            throw new IllegalArgumentException("a Flink needs at least 1 slot, not " + slots);
        }
    }

    /** Returns settings for a laptop: any free port, two slots, state in RocksDB, no jars. */
    public static FlinkSettings in(Path folder) {
        return new FlinkSettings(folder, LoopbackPort.ANY, 2, true, false);
    }

    /** Returns these settings with web pages and REST on {@code port}. */
    public FlinkSettings withWebPort(int port) {
        return new FlinkSettings(folder, port, slots, rocksDb, acceptsJars);
    }

    /** Returns these settings with room for that many subtasks. */
    public FlinkSettings withSlots(int count) {
        return new FlinkSettings(folder, webPort, count, rocksDb, acceptsJars);
    }

    /** Returns these settings with keyed state on the heap. */
    public FlinkSettings withStateOnHeap() {
        return new FlinkSettings(folder, webPort, slots, false, acceptsJars);
    }

    /** Returns these settings for a Flink that takes jars over REST. */
    public FlinkSettings acceptingJars() {
        return new FlinkSettings(folder, webPort, slots, rocksDb, true);
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    Path savepoints() {
        return folder.resolve("savepoints");
    }
}
