package dev.weft.job.cli.flink;

import dev.weft.job.FunctionJars;
import dev.weft.job.JobConfig;
import dev.weft.job.flink.MeshTopology;
import dev.weft.job.rules.RulesText;
import dev.weft.local.StartFailure;
import dev.weft.local.flink.EmbeddedFlink;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Puts a mesh job on the Flink of this process. */
public final class EmbeddedJob {

    private EmbeddedJob() {}

    /**
     * Starts the job and returns its id.
     *
     * @param text where the config was read from
     * @param jars where classes of functions are looked up
     * @param savepoint where to go on; state in it that the job does not have any more is dropped
     * @param environment where references to secrets are looked up
     * @throws StartFailure if Flink refuses it
     */
    public static String start(
            EmbeddedFlink flink,
            JobConfig config,
            RulesText text,
            FunctionJars jars,
            Map<String, String> environment,
            Optional<String> savepoint)
            throws StartFailure {
        try {
            StreamExecutionEnvironment env = flink.environment();
            savepoint.ifPresent(path -> env.configure(new Configuration()
                    .set(StateRecoveryOptions.SAVEPOINT_PATH, path)
                    .set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true)));
            MeshTopology.assemble(env, config, text, jars, environment);
            return env.executeAsync(config.name()).getJobID().toHexString();
        } catch (Exception e) {
            throw StartFailure.of("The job", e);
        }
    }
}
