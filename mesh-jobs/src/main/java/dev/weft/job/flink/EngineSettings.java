package dev.weft.job.flink;

import dev.weft.job.CheckpointSettings;
import dev.weft.job.DedupPlan;
import dev.weft.job.Guarantee;
import dev.weft.job.JobConfig;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What a mesh job asks of Flink, whatever the cluster's own configuration says. */
final class EngineSettings {

    private EngineSettings() {}

    static void apply(StreamExecutionEnvironment env, JobConfig config) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.NAME, config.name());
        // Events are immutable, so handing the same object on is safe and saves a copy at each step.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        // Kryo would hide in a new type until a savepoint cannot be read: refuse it when the job is built.
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        CheckpointSettings checkpoint = config.checkpoint();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoint.every());
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpoint.timeout());
        settings.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                config.guarantee() == Guarantee.EXACTLY_ONCE
                        ? CheckpointingMode.EXACTLY_ONCE
                        : CheckpointingMode.AT_LEAST_ONCE);
        // An aligned checkpoint holds no event between two operators, whose form may change with the next Weft.
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (!DedupPlan.of(config).channels().isEmpty()
                || !config.targets().isEmpty()
                || !config.patterns().isEmpty()
                || !config.functions().isEmpty()) {
            // What passed within days, waits for a dead target, has begun and is not complete, or is remembered by
            // functions, is too much to be copied with each checkpoint.
            settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
            // Nearly every event is asked about for the first time: the filter spares the search for what is not there.
            settings.setString("state.backend.rocksdb.use-bloom-filter", "true");
            // A filter of millions of keys is larger than the cache keeps: in one piece, it was read again each time.
            settings.setString("state.backend.rocksdb.memory.partitioned-index-filters", "true");
        }
        if (!config.functions().isEmpty()) {
            // Whatever the cluster says: timers on the heap would be written to where messages on their way are.
            settings.setString("state.backend.rocksdb.timer-service.factory", "ROCKSDB");
        }
        env.configure(settings);
        config.parallelism().ifPresent(env::setParallelism);
    }
}
