package dev.weft.benchmarks.delivery;

import dev.weft.benchmarks.process.Crash;
import dev.weft.benchmarks.routing.Workload;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.flink.MeshTopology;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job with one route to one target, on one Flink process, JobManager and all. */
public final class WeftContender {

    static final String DEAD = "bench.dead";

    private WeftContender() {}

    /** Delivers until the process is killed: {@code <bootstrap> <run> <folder> <url>}. */
    public static void main(String[] args) throws Exception {
        Crash.onAnyFailure();
        EmbeddedFlink flink = EmbeddedFlink.start(FlinkSettings.in(Path.of(args[2])));
        StreamExecutionEnvironment env = flink.environment();
        MeshTopology.assemble(env, job(args[0], args[1], args[3]), Map.of());
        env.execute();
    }

    private static JobConfig job(String bootstrap, String run, String url) {
        String text = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: bench-%s }
                spec:
                  kafka: { bootstrapServers: "%s", startFrom: earliest }
                  checkpoint: { every: 10s }
                  parallelism: 1
                  channels:
                    in: { topic: %s }
                    dead: { topic: %s }
                  deadLetter: dead
                  targets:
                    server:
                      http: { url: "%s", concurrency: %d }
                  routes:
                    - { name: all, from: [in], to: [server] }
                """.formatted(run, bootstrap, Workload.INPUT, DEAD, url, DeliveryCost.CONCURRENCY);
        return JobConfigReader.read("benchmark.yaml", text, Map.of()).orElseThrow();
    }
}
