package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Flink a command talks to. */
final class ClusterOptions {

    @Option(
            names = "--jobmanager",
            paramLabel = "URL",
            description = "the JobManager's REST address, such as http://flink:8081 (default: the mesh running here)")
    private @Nullable String jobManager;

    @Mixin
    private WorkFolderOption workFolder = new WorkFolderOption();

    FlinkRest cluster(Shell shell) throws CommandFailure {
        try {
            return FlinkRest.at(jobManager == null ? running(shell) : jobManager);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input("--jobmanager: " + e.getMessage());
        }
    }

    private String running(Shell shell) throws CommandFailure {
        return workFolder
                .running(shell)
                .map(RunState::restAddress)
                .orElseThrow(() ->
                        CommandFailure.input("no mesh runs on this machine: name a cluster with --jobmanager URL"));
    }

    /** Returns the job that is meant: by its id, or by its name if only one job of that name has not ended. */
    static JobSummary job(FlinkRest cluster, String meant) throws CommandFailure, ClusterFailure, InterruptedException {
        List<JobSummary> jobs = cluster.jobs();
        List<JobSummary> byId =
                jobs.stream().filter(job -> job.id().equals(meant)).toList();
        List<JobSummary> byName = jobs.stream()
                .filter(job -> job.name().equals(meant) && !job.state().isFinal())
                .toList();
        List<JobSummary> found = byId.isEmpty() ? byName : byId;
        if (found.size() > 1) {
            throw CommandFailure.input("%d jobs are named \"%s\" at %s: say which by its id (weft status)"
                    .formatted(found.size(), meant, cluster.address()));
        }
        if (found.isEmpty()) {
            throw CommandFailure.input("no job has the id or the name \"%s\" at %s: weft status lists them"
                    .formatted(meant, cluster.address()));
        }
        return found.get(0);
    }
}
