package dev.weft.job.cli;

import dev.weft.job.FunctionJars;
import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.local.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft demo}: a whole mesh with sample events, to look at. */
@Command(
        name = "demo",
        description = {
            "Run a small shop on this machine, with sample events, until Ctrl-C.",
            "Starts Kafka, Flink, the job of job-configs/examples/quickstart.yaml and a publisher."
        },
        footer = {
            "",
            "Examples:",
            "  weft demo",
            "  weft demo --for 20s --rate 500",
            "While it runs: weft tail alerts, weft send orders ..., weft status"
        })
final class DemoCommand implements Callable<Integer> {

    private static final String EXAMPLE = "job-configs/examples/quickstart.yaml";

    private static final Duration KAFKA_ANSWERS = Duration.ofSeconds(30);

    private final Shell shell;

    @Mixin
    private LocalOptions local = new LocalOptions();

    @Option(names = "--for", paramLabel = "DURATION", description = "end after this time, such as 20s")
    private @Nullable Duration limit;

    @Option(
            names = "--rate",
            defaultValue = "50",
            paramLabel = "N",
            description = "sample events a second (default: ${DEFAULT-VALUE})")
    private int rate = 50;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "the same number, the same events")
    private long seed = 1;

    DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, StartFailure, ClusterFailure, InterruptedException, IOException {
        if (rate < 1 || rate > 100_000) {
            throw CommandFailure.input("weft demo: --rate: found " + rate + ", expected 1 to 100000");
        }
        Path example = shell.home().resolve(EXAMPLE);
        JobFile job = JobFile.read(shell, example.toString());
        LocalMesh.Settings settings = new LocalMesh.Settings(
                local.workFolder(shell), true, LocalMesh.Keeps.NOTHING, local.kafkaPort(), local.webPort());
        try (CtrlC ctrlC = CtrlC.listen();
                LocalMesh mesh = LocalMesh.in(shell)) {
            LocalMesh.Running running = mesh.start(job, FunctionJars.NONE, settings);
            introduce(running);
            try (SamplePublisher publisher = SamplePublisher.start(
                    running.config(),
                    KafkaPatience.client(running.config(), shell, KAFKA_ANSWERS),
                    new SampleEvents(seed),
                    rate)) {
                Watch watch = new Watch(shell, running, ctrlC);
                watch.until(limit);
                Duration published = watch.elapsed();
                long records = publisher.finish();
                conclude(published, records, watch.last(records), running);
            }
            shell.note("stopping");
        }
        return ExitCodes.OK;
    }

    private void introduce(LocalMesh.Running running) {
        shell.say("A small shop runs: %d sample events a second through %s"
                .formatted(rate, Counted.rules(running.config())));
        shell.say("  config       " + EXAMPLE);
        shell.say("  Kafka        " + running.config().kafka().bootstrap());
        shell.say("  web pages    " + running.flink().webPage(running.jobId()));
        shell.say("  look         %s tail alerts".formatted(Shell.command()));
        shell.say("  take part    %s send orders --type shop.order.placed --data '{\"amount\": 5000}'"
                .formatted(Shell.command()));
        shell.say("");
    }

    private void conclude(Duration published, long records, MeshCounts counts, LocalMesh.Running running) {
        shell.say("");
        shell.say("%s records published in %d s"
                .formatted(Counted.grouped(records), Math.round(published.toMillis() / 1000.0)));
        CountsText.summary(counts, running.config()).forEach(shell::say);
        shell.say("");
        shell.say("Look further:");
        shell.say("  %s graph %s".formatted(Shell.command(), EXAMPLE));
        shell.say(
                "  %1$s run %2$s        then %1$s tail alerts in another terminal".formatted(Shell.command(), EXAMPLE));
        shell.say("  %s explain %s --event FILE".formatted(Shell.command(), EXAMPLE));
    }
}
