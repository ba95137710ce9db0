package dev.weft.benchmarks.pattern;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Where Flink's operators keep their state; the same for all of them. */
enum Backend {
    HEAP,
    ROCKSDB;

    /** More than the state takes, so that no contender waits for a disk. */
    private static final String MEMORY = "256mb";

    /** Prepares a harness that was not set up yet; files go into the folder. */
    void keepStateOf(AbstractStreamOperatorTestHarness<?> harness, Path folder) throws IOException {
        Files.createDirectories(folder);
        if (this == HEAP) {
            harness.setStateBackend(new HashMapStateBackend());
        } else {
            EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend(true);
            rocksDb.getMemoryConfiguration().setFixedMemoryPerSlot(MEMORY);
            rocksDb.setDbStoragePath(folder.resolve("rocksdb").toUri().toString());
            harness.setStateBackend(rocksDb);
        }
        harness.setCheckpointStorage(
                new FileSystemCheckpointStorage(folder.resolve("checkpoints").toUri()));
    }
}
