package dev.weft.job.cli;

import dev.weft.job.audit.Balance;
import dev.weft.job.cluster.AuditReader;
import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobState;
import dev.weft.job.cluster.JobSummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft audit}: whether every event a job has read is accounted for. */
@Command(
        name = "audit",
        description = {
            "Show what became of every event a job has read, and whether any is missing.",
            "All numbers are of one checkpoint; restarts and changes of the parallelism do not disturb them."
        },
        footer = {
            "",
            "received = filtered + delivered + parked + retrying + in flight + dead; difference is what is missing.",
            "",
            "Examples:",
            "  weft audit shop                                      the mesh that runs on this machine",
            "  weft audit shop --jobmanager http://flink:8081 --output json",
            "",
            "Exit codes: 0 nothing is missing, 1 something is, or the cluster does not say, 2 what was typed is wrong."
        })
final class AuditCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Parameters(paramLabel = "JOB", description = "id or name of a job that runs")
    private String job = "";

    @Option(
            names = "--wait",
            defaultValue = "60s",
            paramLabel = "DURATION",
            description = "how long to wait until all subtasks show the same checkpoint (default: ${DEFAULT-VALUE})")
    private Duration wait = Duration.ofMinutes(1);

    @Mixin
    private OutputOption output = new OutputOption();

    AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        FlinkRest cluster = options.cluster(shell);
        JobSummary meant = ClusterOptions.job(cluster, job);
        if (meant.state().isFinal()) {
            throw CommandFailure.input("job %s (%s) is %s: only a job that runs shows its books"
                    .formatted(meant.name(), meant.id(), meant.state().inWords()));
        }
        AuditReader reader = cluster.audit(meant.id());
        if (meant.state() != JobState.RUNNING) {
            shell.note("job %s is %s".formatted(meant.name(), meant.state().inWords()));
        }
        Balance balance = reader.read(wait, shell::note);
        AuditText text = new AuditText(balance, reader.isExactlyOnce());
        List<String> mistakes = text.mistakes();
        if (output.isJson()) {
            shell.say(Json.pretty(text.json(meant.name())));
        } else {
            shell.say("%s (%s) at checkpoint %d".formatted(meant.name(), meant.id(), balance.checkpoint()));
            shell.say("");
            text.lines().forEach(shell::say);
            if (mistakes.isEmpty()) {
                shell.say("balanced: nothing is missing");
            }
        }
        mistakes.forEach(shell::note);
        return mistakes.isEmpty() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
