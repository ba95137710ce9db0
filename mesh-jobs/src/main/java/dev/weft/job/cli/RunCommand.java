package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import dev.weft.local.StartFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft run}: a job on this machine. */
@Command(
        name = "run",
        description = "Run a job on this machine, with its own Kafka and Flink, until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  weft run shop.yaml                     with an embedded Kafka that keeps its topics in .weft",
            "  weft run shop.yaml --kafka config      with the Kafka the file names",
            "  weft run shop.yaml --jar functions.jar with functions of that jar",
            "  weft run shop.yaml --for 30s           end by itself, with a summary",
            "While it runs: weft send CHANNEL ..., weft tail CHANNEL, weft status"
        })
final class RunCommand implements Callable<Integer> {

    enum Kafka {
        EMBEDDED,
        CONFIG
    }

    private final Shell shell;

    @Mixin
    private LocalOptions local = new LocalOptions();

    @Parameters(paramLabel = "FILE", description = "the job config")
    private String file = "";

    @Option(
            names = "--kafka",
            defaultValue = "embedded",
            paramLabel = "WHICH",
            description = "embedded, or config: the one the file names (default: ${DEFAULT-VALUE})")
    private Kafka kafka = Kafka.EMBEDDED;

    @Mixin
    private JarsOption jars = new JarsOption();

    @Option(names = "--create-topics", description = "with --kafka config: make topics that do not exist")
    private boolean createTopics;

    @Option(names = "--afresh", description = "first forget what earlier runs left: topics, and where they stopped")
    private boolean afresh;

    @Option(names = "--for", paramLabel = "DURATION", description = "end after this time, such as 20s")
    private @Nullable Duration limit;

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, StartFailure, ClusterFailure, InterruptedException, IOException {
        if (file.equals(InputFile.STANDARD_INPUT)) {
            throw CommandFailure.input("weft run: name a file: weft send and weft tail read it again");
        }
        JobFile job = jars.read(shell, file);
        job.warn(shell);
        if (kafka == Kafka.CONFIG) {
            Preflight.check(shell, job.config(), createTopics, true);
        }
        LocalMesh.Settings settings = new LocalMesh.Settings(
                local.workFolder(shell),
                kafka == Kafka.EMBEDDED,
                afresh ? LocalMesh.Keeps.FROM_NOW_ON : LocalMesh.Keeps.ALL,
                local.kafkaPort(),
                local.webPort());
        try (CtrlC ctrlC = CtrlC.listen();
                LocalMesh mesh = LocalMesh.in(shell)) {
            LocalMesh.Running running = mesh.start(job, jars.onThisMachine(), settings);
            shell.say("%s runs. Kafka %s, web pages %s"
                    .formatted(
                            running.config().name(),
                            running.config().kafka().bootstrap(),
                            running.flink().webPage(running.jobId())));
            Watch watch = new Watch(shell, running, ctrlC);
            watch.until(limit);
            shell.say("");
            CountsText.summary(watch.last(0), running.config()).forEach(shell::say);
            shell.note("stopping");
        }
        return ExitCodes.OK;
    }
}
