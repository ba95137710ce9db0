package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobSummary;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft savepoint}: a job's progress, kept to start from later; the job goes on. */
@Command(
        name = "savepoint",
        description = "Take a savepoint of a job and print where it is. The job goes on.",
        footer = {
            "",
            "Examples:",
            "  weft savepoint shop --jobmanager http://flink:8081",
            "  weft savepoint shop --jobmanager http://flink:8081 --savepoint-dir s3://mesh/savepoints"
        })
final class SavepointCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Parameters(paramLabel = "JOB", description = "id or name of a job")
    private String job = "";

    @Option(names = "--savepoint-dir", paramLabel = "DIR", description = "where to put it (default: the cluster's)")
    private @Nullable String directory;

    @Option(
            names = "--timeout",
            defaultValue = "5m",
            paramLabel = "DURATION",
            description = "how long to wait for it (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE})")
    private TextOrJson output = TextOrJson.TEXT;

    SavepointCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        FlinkRest cluster = options.cluster(shell);
        JobSummary meant = ClusterOptions.job(cluster, job);
        String savepoint = cluster.savepoint(meant.id(), Optional.ofNullable(directory), timeout);
        shell.say(
                output == TextOrJson.JSON
                        ? Json.line(Json.object().put("id", meant.id()).put("savepoint", savepoint))
                        : savepoint);
        return ExitCodes.OK;
    }
}
