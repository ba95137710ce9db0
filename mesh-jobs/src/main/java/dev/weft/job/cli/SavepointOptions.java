package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobSummary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that take a savepoint of a job are told, and how they answer. */
final class SavepointOptions {

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Parameters(paramLabel = "JOB", description = "id or name of a job")
    private String job = "";

    @Option(names = "--savepoint-dir", paramLabel = "DIR", description = "where to put it (default: the cluster's)")
    private @Nullable String directory;

    @Mixin
    private OutputOption output = new OutputOption();

    /** Takes a savepoint of the job that is meant and prints where it is. */
    void print(Shell shell, Taking taking) throws CommandFailure, ClusterFailure, InterruptedException {
        FlinkRest cluster = options.cluster(shell);
        JobSummary meant = ClusterOptions.job(cluster, job);
        String savepoint = taking.take(cluster, meant.id(), Optional.ofNullable(directory));
        shell.say(
                output.isJson()
                        ? Json.line(Json.object().put("id", meant.id()).put("savepoint", savepoint))
                        : savepoint);
    }

    /** How the savepoint of a job is taken; returns where it is. */
    interface Taking {
        String take(FlinkRest cluster, String job, Optional<String> directory)
                throws ClusterFailure, InterruptedException;
    }
}
