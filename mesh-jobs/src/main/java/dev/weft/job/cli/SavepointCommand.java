package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private SavepointOptions options = new SavepointOptions();

    @Option(
            names = "--timeout",
            defaultValue = "5m",
            paramLabel = "DURATION",
            description = "how long to wait for it (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(5);

    SavepointCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        options.print(shell, (cluster, job, directory) -> cluster.savepoint(job, directory, timeout));
        return ExitCodes.OK;
    }
}
