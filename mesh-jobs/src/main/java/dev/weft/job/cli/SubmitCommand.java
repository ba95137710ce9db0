package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JarRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft submit}: a job on a Flink cluster. */
@Command(
        name = "submit",
        description = {
            "Run a job on a Flink cluster; returns when it runs.",
            "Checks the job config and its topics, and sends both config and Weft's job jar.",
            "The variables the file refers to travel with it; secrets do not, only their names."
        },
        footer = {
            "",
            "Examples:",
            "  weft submit shop.yaml --jobmanager http://flink:8081",
            "  weft submit shop.yaml --jobmanager http://flink:8081 --create-topics --parallelism 4",
            "  weft submit shop.yaml --jobmanager http://flink:8081 --jar functions.jar",
            "  weft submit shop.yaml --jobmanager http://flink:8081 --from-savepoint s3://mesh/savepoint-1"
        })
final class SubmitCommand implements Callable<Integer> {

    private static final String JOB_JAR = "mesh-jobs/target/weft-job.jar";

    private final Shell shell;

    @Parameters(paramLabel = "FILE", description = "the job config")
    private String file = "";

    @Option(
            names = "--jobmanager",
            required = true,
            paramLabel = "URL",
            description = "the JobManager's REST address, such as http://flink:8081")
    private String jobManager = "";

    @Option(names = "--from-savepoint", paramLabel = "PATH", description = "go on from this savepoint")
    private @Nullable String savepoint;

    @Option(
            names = "--allow-non-restored-state",
            description = "with --from-savepoint: drop state that no operator of the job owns any more")
    private boolean allowNonRestoredState;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "subtasks of each operator (default: the file's, or the cluster's)")
    private @Nullable Integer parallelism;

    @Mixin
    private JarsOption jars = new JarsOption();

    @Option(names = "--create-topics", description = "make topics that do not exist")
    private boolean createTopics;

    @Option(names = "--skip-checks", description = "do not look at the topics first")
    private boolean skipChecks;

    @Option(
            names = "--job-jar",
            paramLabel = "FILE",
            description = "Weft's job jar (default: " + JOB_JAR + " where Weft is)")
    private @Nullable Path jobJar;

    @Option(
            names = "--timeout",
            defaultValue = "2m",
            paramLabel = "DURATION",
            description = "how long to wait until it runs (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(2);

    @Mixin
    private OutputOption output = new OutputOption();

    SubmitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, ClusterFailure, InterruptedException {
        if (parallelism != null && parallelism < 1) {
            throw CommandFailure.input("weft submit: --parallelism: found " + parallelism + ", expected 1 or more");
        }
        JobFile job = jars.read(shell, file);
        job.warn(shell);
        FlinkRest cluster = cluster();
        Path jar = jar();
        String flinkVersion = cluster.flinkVersion();
        if (!skipChecks) {
            Preflight.check(shell, job.config(), createTopics, false);
        }
        shell.note("sending %s to %s (Flink %s)".formatted(jar.getFileName(), cluster.address(), flinkVersion));
        String jobId = sent(jar, job, cluster);
        shell.note("waiting until job " + jobId + " runs");
        cluster.awaitRunning(jobId, timeout);
        report(job.config().name(), jobId, cluster);
        return ExitCodes.OK;
    }

    private String sent(Path jar, JobFile job, FlinkRest cluster)
            throws CommandFailure, ClusterFailure, InterruptedException {
        List<Path> functions = jars.paths();
        if (functions.isEmpty()) {
            return sentAsItIs(jar, job, cluster);
        }
        try (CombinedJar combined = CombinedJar.of(jar, functions)) {
            return sentAsItIs(combined.path(), job, cluster);
        } catch (IOException e) {
            throw CommandFailure.input("--jar: found what cannot be copied into a jar with %s: %s"
                    .formatted(jar.getFileName(), e.getMessage()));
        }
    }

    private String sentAsItIs(Path jar, JobFile job, FlinkRest cluster)
            throws CommandFailure, ClusterFailure, InterruptedException {
        String jarId = cluster.uploadJar(jar);
        try {
            return cluster.run(run(jarId, job));
        } finally {
            cluster.deleteJar(jarId);
        }
    }

    private FlinkRest cluster() throws CommandFailure {
        try {
            return FlinkRest.at(jobManager);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input("--jobmanager: " + e.getMessage());
        }
    }

    private Path jar() throws CommandFailure {
        Path jar = jobJar == null ? shell.home().resolve(JOB_JAR) : jobJar;
        if (!Files.isRegularFile(jar)) {
            throw CommandFailure.input(
                    jar + ": no such file. ./mvnw -Pquick package makes the job jar; --job-jar names another");
        }
        return jar;
    }

    private JarRun run(String jarId, JobFile job) throws CommandFailure {
        OptionalInt subtasks = parallelism == null ? job.config().parallelism() : OptionalInt.of(parallelism);
        return new JarRun(jarId, arguments(job), Optional.ofNullable(savepoint), allowNonRestoredState, subtasks);
    }

    private List<String> arguments(JobFile job) throws CommandFailure {
        List<String> arguments = new ArrayList<>(List.of(
                "--config-base64", base64(job.rules().text()),
                "--config-name", InputFile.named(job.name()),
                "--variables-base64", base64(Json.line(variables(job)))));
        List<Path> functions = jars.paths();
        if (!functions.isEmpty()) {
            String names = functions.stream()
                    .map(path -> path.getFileName().toString())
                    .collect(Collectors.joining(","));
            arguments.addAll(List.of("--function-jars", names));
        }
        if (parallelism != null) {
            arguments.addAll(List.of("--parallelism", parallelism.toString()));
        }
        return arguments;
    }

    private static ObjectNode variables(JobFile job) {
        ObjectNode variables = Json.object();
        job.rules().variables().forEach(variables::put);
        return variables;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void report(String name, String jobId, FlinkRest cluster) {
        if (output.isJson()) {
            shell.say(Json.line(Json.object().put("id", jobId).put("name", name).put("web", cluster.webPage(jobId))));
        } else {
            shell.say(name + " runs as job " + jobId);
            shell.say(cluster.webPage(jobId));
        }
    }
}
