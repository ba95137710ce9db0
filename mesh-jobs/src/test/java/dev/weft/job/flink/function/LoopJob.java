package dev.weft.job.flink.function;

import dev.weft.function.Message;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A job of nothing but a {@link Feed}, the loop with the functions of a {@link Ring}, and somebody who hears it. */
final class LoopJob {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MiniCluster cluster;
    private final JobID id;

    private LoopJob(MiniCluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
    }

    /** Starts a cluster for jobs. */
    static MiniCluster cluster() throws Exception {
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(3)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
        return cluster;
    }

    /** What is asked of Flink: checkpoints each 100 ms, state on the heap, and to go on after failures. */
    static Configuration settings(Path folder) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1_000_000);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return settings;
    }

    static LoopJob start(MiniCluster cluster, Configuration settings, int parallelism, Ring ring) throws Exception {
        return start(cluster, settings, parallelism, ring, 64 << 20, 64 << 20, null);
    }

    static LoopJob startFrom(MiniCluster cluster, Configuration settings, int parallelism, Ring ring, String savepoint)
            throws Exception {
        return start(cluster, settings, parallelism, ring, 64 << 20, 64 << 20, savepoint);
    }

    static LoopJob start(
            MiniCluster cluster,
            Configuration settings,
            int parallelism,
            Ring ring,
            long memory,
            long backlog,
            @Nullable String savepoint)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        FunctionLoop.behind(
                        env.<Message>fromSource(
                                        new Feed.Said(ring.name()),
                                        WatermarkStrategy.noWatermarks(),
                                        "say",
                                        MessageSerializer.TYPE)
                                .uid("say"),
                        new FunctionSettings(ring, ring, memory, backlog),
                        "functions",
                        "functions-loop",
                        128)
                .sinkTo(new Hearing(ring))
                .uid("hear");
        JobGraph graph = env.getStreamGraph().getJobGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint, false));
        }
        cluster.submitJob(graph).get();
        return new LoopJob(cluster, graph.getJobID());
    }

    private record Hearing(Ring ring) implements Sink<Outbound> {
        @Override
        public SinkWriter<Outbound> createWriter(WriterInitContext context) {
            Ring.Heard heard = ring.heard();
            return new SinkWriter<>() {
                @Override
                public void write(Outbound element, Context unused) {
                    heard.hear(element);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }

    /** Stops with a savepoint, and returns where it is. */
    String stops(Path folder, boolean drain, SavepointFormatType form) throws Exception {
        String savepoint = cluster.stopWithSavepoint(id, folder.toUri().toString(), drain, form)
                .get();
        ends(JobStatus.FINISHED);
        return savepoint;
    }

    void cancels() throws Exception {
        cluster.cancelJob(id).get();
        ends(JobStatus.CANCELED);
    }

    void ends(JobStatus how) throws Exception {
        awaits("the end of the job", () -> status().isGloballyTerminalState());
        if (status() != how) {
            throw new AssertionError("the job is " + status() + ", expected " + how);
        }
    }

    private JobStatus status() {
        return cluster.getJobStatus(id).join();
    }

    long checkpoints() {
        return cluster.getExecutionGraph(id)
                .join()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }

    long failedCheckpoints() {
        return cluster.getExecutionGraph(id)
                .join()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfFailedCheckpoints();
    }

    /** Waits for something that must come within a minute; that the job has failed for good ends it. */
    void awaits(String what, Callable<Boolean> condition) throws Exception {
        Await.until(what, PATIENCE, condition);
    }
}
