package dev.weft.benchmarks.workflow;

import dev.weft.benchmarks.process.Crash;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.NamedFiles;
import dev.weft.job.flink.MeshTopology;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job with one workflow, on one Flink process, JobManager and all. */
public final class WorkflowJob {

    static final String IN = "bench.in";
    static final String OUT = "bench.out";
    static final String DEAD = "bench.dead";

    /** What a job has that does not say. */
    static final String MEMORY = "64MB";

    private WorkflowJob() {}

    /**
     * Runs until the process is killed: {@code <bootstrap> <run> <folder> <every> <memory> <document> [checkpoint to go
     * on from]}; the memory is {@code limits.functionMemory}.
     */
    public static void main(String[] args) throws Exception {
        Crash.onAnyFailure();
        Path folder = Path.of(args[2]);
        EmbeddedFlink flink = EmbeddedFlink.start(FlinkSettings.in(folder).withSlots(1));
        StreamExecutionEnvironment env = flink.environment();
        if (args.length > 6) {
            Configuration recovery = new Configuration();
            recovery.set(StateRecoveryOptions.SAVEPOINT_PATH, args[6]);
            env.configure(recovery);
        }
        MeshTopology.assemble(env, job(args[0], args[1], args[3], args[4], args[5]), Map.of());
        env.execute();
    }

    private static JobConfig job(String bootstrap, String run, String every, String memory, String document) {
        String text = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: bench-%s }
                spec:
                  kafka: { bootstrapServers: "%s", startFrom: earliest }
                  checkpoint: { every: %s }
                  parallelism: 1
                  limits: { functionMemory: %s }
                  channels:
                    in: { topic: %s }
                    out: { topic: %s }
                    dead: { topic: %s }
                  deadLetter: dead
                  workflows:
                    earlyEvents: 10s
                    retain: 1m
                    definitions:
                      - { file: workflow.yaml, from: [in], to: out }
                """.formatted(run, bootstrap, every, memory, IN, OUT, DEAD);
        return JobConfigReader.read("bench.yaml", text, Map.of(NamedFiles.variable("workflow.yaml"), document))
                .orElseThrow();
    }
}
