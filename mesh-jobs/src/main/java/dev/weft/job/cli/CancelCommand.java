package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobSummary;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft cancel}: ends a job at once. */
@Command(
        name = "cancel",
        description = {
            "End a job at once, without a savepoint.",
            "What it read since its last checkpoint is read again by a job that starts from the committed",
            "offsets. To go on exactly where a job was, end it with weft stop."
        },
        footer = {"", "Example:", "  weft cancel shop --jobmanager http://flink:8081"})
final class CancelCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Parameters(paramLabel = "JOB", description = "id or name of a job")
    private String job = "";

    @Option(
            names = "--timeout",
            defaultValue = "1m",
            paramLabel = "DURATION",
            description = "how long to wait for the end (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(1);

    CancelCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        FlinkRest cluster = options.cluster(shell);
        JobSummary meant = ClusterOptions.job(cluster, job);
        cluster.cancel(meant.id());
        cluster.awaitEnd(meant.id(), timeout);
        shell.say("canceled " + meant.name() + " (" + meant.id() + ")");
        return ExitCodes.OK;
    }
}
