package dev.weft.benchmarks.routing;

import dev.weft.benchmarks.process.Crash;
import dev.weft.job.flink.MeshTopology;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The routing job on one Flink process, JobManager and all. */
public final class WeftContender {

    private WeftContender() {}

    /**
     * Routes until the process is killed: {@code <bootstrap> <run> <folder> <guarantee> [more routes] [settings of the
     * input]}.
     */
    public static void main(String[] args) throws Exception {
        Crash.onAnyFailure();
        EmbeddedFlink flink = EmbeddedFlink.start(FlinkSettings.in(Path.of(args[2])));
        StreamExecutionEnvironment env = flink.environment();
        int more = args.length > 4 ? Integer.parseInt(args[4]) : 0;
        String settings = args.length > 5 ? args[5] : "";
        MeshTopology.assemble(env, Workload.job(args[0], "bench-" + args[1], args[3], more, settings), Map.of());
        env.execute();
    }
}
