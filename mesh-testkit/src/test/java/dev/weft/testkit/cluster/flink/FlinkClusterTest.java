package dev.weft.testkit.cluster.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Await;
import dev.weft.testkit.cluster.ClusterOverview;
import dev.weft.testkit.cluster.FlinkCluster;
import dev.weft.testkit.cluster.FlinkClusterSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aJobGoesOnWhenItsTaskManagerIsKilledAndReplaced() throws Exception {
        try (var cluster = FlinkCluster.start(FlinkClusterSettings.in(folder).withSlots(3))) {
            Await.until(
                    "every slot to be free",
                    PATIENCE,
                    () -> cluster.overview()
                            .filter(new ClusterOverview(1, 3, 3, 0)::equals)
                            .isPresent());
            JobClient job = endlessJob(cluster.restAddress());
            Await.until(
                    "every slot to be in use",
                    PATIENCE,
                    () -> cluster.overview()
                            .filter(new ClusterOverview(1, 3, 0, 1)::equals)
                            .isPresent());

            cluster.killTaskManager(1);
            cluster.awaitTaskManagers(0);
            assertThat(cluster.startTaskManager()).isEqualTo(2);

            cluster.awaitTaskManagers(1);
            Await.until(
                    "the job to run again",
                    PATIENCE,
                    () -> job.getJobStatus().get() == JobStatus.RUNNING
                            && cluster.overview()
                                    .filter(now -> now.freeSlots() == 0)
                                    .isPresent());
            assertThat(cluster.taskManagers()).containsExactly(2);
        }
    }

    private static JobClient endlessJob(URI restAddress) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createRemoteEnvironment(restAddress.getHost(), restAddress.getPort());
        env.configure(Configuration.fromMap(Map.of("state.backend.type", "rocksdb")));
        env.setParallelism(3);
        env.enableCheckpointing(100);
        env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
        return env.executeAsync("endless");
    }
}
