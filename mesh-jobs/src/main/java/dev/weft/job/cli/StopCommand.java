package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private SavepointOptions options = new SavepointOptions();

    @Option(
            names = "--timeout",
            defaultValue = "5m",
            paramLabel = "DURATION",
            description = "how long to wait for the end (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(5);

    StopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        options.print(shell, (cluster, job, directory) -> {
            String savepoint = cluster.stopWithSavepoint(job, directory, timeout);
            cluster.awaitEnd(job, timeout);
            return savepoint;
        });
        return ExitCodes.OK;
    }
}
