package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.DurationText;
import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobSummary;
import dev.weft.job.cluster.MeshCounts;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft status}: the jobs of a cluster, and what one of them has counted. */
@Command(
        name = "status",
        description = "Show the jobs of a cluster; of one job also what it counted since its last start.",
        footer = {
            "",
            "Examples:",
            "  weft status                                          the mesh that runs on this machine",
            "  weft status --jobmanager http://flink:8081",
            "  weft status shop --jobmanager http://flink:8081 --output json"
        })
final class StatusCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "id or name of a job")
    private @Nullable String job;

    @Mixin
    private OutputOption output = new OutputOption();

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        FlinkRest cluster = options.cluster(shell);
        if (job == null) {
            list(cluster.jobs(), cluster);
        } else {
            JobSummary meant = ClusterOptions.job(cluster, job);
            show(meant, cluster.counts(meant.id()), cluster.failure(meant.id()), cluster);
        }
        return ExitCodes.OK;
    }

    private void list(List<JobSummary> jobs, FlinkRest cluster) {
        if (output.isJson()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            jobs.forEach(each -> array.add(json(each)));
            shell.say(Json.pretty(array));
        } else if (jobs.isEmpty()) {
            shell.say("no jobs at " + cluster.address());
        } else {
            Table table = Table.ofText("ID", "NAME", "STATE", "FOR");
            jobs.forEach(each -> table.row(each.id(), each.name(), each.state().inWords(), duration(each)));
            table.lines().forEach(shell::say);
        }
    }

    private void show(JobSummary meant, MeshCounts counts, Optional<String> failure, FlinkRest cluster) {
        if (output.isJson()) {
            ObjectNode json = json(meant);
            failure.ifPresent(cause -> json.put("lastFailure", cause));
            json.set("counts", CountsText.json(counts));
            shell.say(Json.pretty(json));
            return;
        }
        shell.say("%s (%s) is %s, for %s"
                .formatted(meant.name(), meant.id(), meant.state().inWords(), duration(meant)));
        failure.ifPresent(cause -> shell.say("last failure: " + cause));
        shell.say(cluster.webPage(meant.id()));
        CountsText.rules(counts).ifPresent(shell::say);
        shell.say("");
        CountsText.summary(counts).forEach(shell::say);
    }

    private static ObjectNode json(JobSummary job) {
        return Json.object()
                .put("id", job.id())
                .put("name", job.name())
                .put("state", job.state().name().toLowerCase(Locale.ROOT))
                .put("started", job.started().toString())
                .put("seconds", job.running().toSeconds());
    }

    private static String duration(JobSummary job) {
        return DurationText.of(job.running().truncatedTo(ChronoUnit.SECONDS));
    }
}
