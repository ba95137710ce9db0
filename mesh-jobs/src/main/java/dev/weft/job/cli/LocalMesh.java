package dev.weft.job.cli;

import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.job.cli.flink.EmbeddedJob;
import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JobState;
import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LocalLogging;
import dev.weft.local.LocalTopic;
import dev.weft.local.StartFailure;
import dev.weft.local.WorkFolder;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import dev.weft.route.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole mesh in this process: the embedded Kafka unless another is used, Flink, and the job. While it is open, its
 * {@link RunState} stands in the work folder; closing it stops the job at a checkpoint, then everything else.
 */
final class LocalMesh implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final int SLOTS = 2;
    private static final Duration UNTIL_RUNNING = Duration.ofSeconds(90);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(30);

    private final Shell shell;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private LocalMesh(Shell shell) {
        this.shell = shell;
    }

    /** What was started: how to reach it. */
    record Running(JobConfig config, FlinkRest flink, String jobId) {}

    /**
     * How to start it.
     *
     * @param ownKafka whether to start the embedded Kafka, or to use the one the config names
     * @param afresh whether to forget what the embedded Kafka kept from earlier runs
     */
    record Settings(Path workFolder, boolean ownKafka, boolean afresh, int kafkaPort, int webPort) {}

    static LocalMesh in(Shell shell) {
        return new LocalMesh(shell);
    }

    /** Starts everything and returns when events flow. What was started before a failure is stopped by closing this. */
    Running start(JobFile file, Settings settings)
            throws CommandFailure, StartFailure, ClusterFailure, InterruptedException, IOException {
        WorkFolder work = opened(WorkFolder.open(settings.workFolder()));
        work.keepTemporaryFilesHere();
        LocalLogging.toFolder(work.logs());
        JobConfig config = settings.ownKafka() ? onOwnKafka(file.config(), work, settings) : file.config();

        shell.note("starting Flink");
        int slots = Math.max(SLOTS, config.parallelism().orElse(1));
        EmbeddedFlink flink = opened(EmbeddedFlink.start(
                FlinkSettings.in(work.flink()).withWebPort(settings.webPort()).withSlots(slots)));
        FlinkRest rest = FlinkRest.at(flink.restAddress().toString());

        shell.note("starting the job " + config.name());
        String jobId = EmbeddedJob.start(flink, config, shell.environment());
        open.push(() -> stop(rest, jobId, work.flink()));
        rest.awaitRunning(jobId, UNTIL_RUNNING);

        RunState state = new RunState(
                config.name(),
                Path.of(file.name()).toAbsolutePath().normalize(),
                config.kafka().bootstrap(),
                settings.ownKafka(),
                rest.address(),
                jobId,
                ProcessHandle.current().pid());
        state.write(work.path());
        open.push(() -> RunState.delete(work.path()));
        return new Running(config, rest, jobId);
    }

    private JobConfig onOwnKafka(JobConfig config, WorkFolder work, Settings settings)
            throws StartFailure, IOException {
        Path folder = settings.afresh() ? work.path().resolve("demo-kafka") : work.kafka();
        if (settings.afresh()) {
            delete(folder);
        }
        shell.note("starting Kafka");
        EmbeddedKafka kafka = opened(EmbeddedKafka.start(folder, settings.kafkaPort()));
        List<LocalTopic> topics = config.channels().stream()
                .map(ChannelConfig::topics)
                .filter(TopicNames.OneTopic.class::isInstance)
                .map(topic -> LocalTopic.named(topic.toString()).partitioned(PARTITIONS))
                .toList();
        kafka.createTopics(topics);
        return EmbeddedSettings.of(config, kafka.bootstrapServers());
    }

    private <C extends AutoCloseable> C opened(C started) {
        open.push(started);
        return started;
    }

    /** With a savepoint, so that what was read is committed on both sides; nobody needs the savepoint itself. */
    private void stop(FlinkRest rest, String jobId, Path flinkFolder) throws InterruptedException, IOException {
        try {
            if (rest.job(jobId).state() == JobState.RUNNING) {
                rest.stopWithSavepoint(jobId, Optional.empty(), UNTIL_STOPPED);
                rest.awaitEnd(jobId, UNTIL_STOPPED);
            }
        } catch (ClusterFailure e) {
            shell.note("the job did not stop at a checkpoint, so what it read last is read again next time: "
                    + e.getMessage());
        }
        delete(flinkFolder.resolve("savepoints"));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Stops what was started, in reverse order; a failure to stop one thing does not keep the others running. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                shell.note("while stopping: " + e.getMessage());
            }
        }
    }
}
