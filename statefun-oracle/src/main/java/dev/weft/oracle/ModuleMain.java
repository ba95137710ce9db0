package dev.weft.oracle;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.statefun.flink.core.StatefulFunctionsConfig;
import org.apache.flink.statefun.flink.core.StatefulFunctionsJob;
import org.apache.flink.statefun.flink.core.spi.Modules;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a {@code module.yaml} on Apache StateFun until it is killed: {@code ModuleMain FILE PARALLELISM
 * CHECKPOINT_MILLIS FOLDER}, the last for checkpoints. Says {@link #STARTING} when all of it is about to be started.
 */
public final class ModuleMain {

    /** What tests wait for. */
    public static final String STARTING = "starting the module";

    private ModuleMain() {}

    public static void main(String[] args) throws Exception {
        Configuration settings = OracleSettings.of(Long.parseLong(args[2]), args[3]);
        settings.setString("statefun.remote.module-name", "file://" + args[0]);
        StatefulFunctionsConfig config = StatefulFunctionsConfig.fromFlinkConfiguration(settings);
        config.setProvider((loader, given) -> Modules.loadFromClassPath(given).createStatefulFunctionsUniverse());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(Integer.parseInt(args[1]), settings);
        System.out.println(STARTING);
        StatefulFunctionsJob.main(env, config);
    }
}
