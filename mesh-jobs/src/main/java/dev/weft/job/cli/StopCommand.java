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

/** {@code weft stop}: ends a job so that it can be started again where it stopped. */
@Command(
        name = "stop",
        description = "Stop a job with a savepoint, and print where the savepoint is.",
        footer = {
            "",
            "Example: stop, and start again with more subtasks:",
            "  weft stop shop --jobmanager http://flink:8081",
            "  weft submit shop.yaml --jobmanager http://flink:8081 --parallelism 4 --from-savepoint WHERE"
        })
final class StopCommand implements Callable<Integer> {

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
            description = "how long to wait for the end (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE})")
    private TextOrJson output = TextOrJson.TEXT;

    StopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        FlinkRest cluster = options.cluster(shell);
        JobSummary meant = ClusterOptions.job(cluster, job);
        String savepoint = cluster.stopWithSavepoint(meant.id(), Optional.ofNullable(directory), timeout);
        cluster.awaitEnd(meant.id(), timeout);
        shell.say(
                output == TextOrJson.JSON
                        ? Json.line(Json.object().put("id", meant.id()).put("savepoint", savepoint))
                        : savepoint);
        return ExitCodes.OK;
    }
}
