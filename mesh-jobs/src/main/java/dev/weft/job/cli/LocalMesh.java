package dev.weft.job.cli;

import dev.weft.job.ChannelConfig;
import dev.weft.job.FunctionJars;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole mesh in this process: the embedded Kafka unless another is used, Flink, and the job. While it is open, its
 * {@link RunState} stands in the work folder; closing it stops the job at a checkpoint, then everything else.
 */
final class LocalMesh implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final int SLOTS = 2;

    /** More than the embedded Kafka takes elsewhere: a dead letter is a whole record and why it was refused. */
    private static final Map<String, String> DEAD_LETTER = Map.of("max.message.bytes", Integer.toString(40 << 20));

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
     */
    record Settings(Path workFolder, boolean ownKafka, Keeps keeps, int kafkaPort, int webPort) {}

    /** What becomes of topics, and of the place where the job stopped. */
    enum Keeps {
        /** They are there the next time. */
        ALL,
        /** They are there the next time, but those of earlier times are deleted. */
        FROM_NOW_ON,
        /** They are deleted in the end, and nothing of other runs is touched. */
        NOTHING
    }

    static LocalMesh in(Shell shell) {
        return new LocalMesh(shell);
    }

    /** Starts everything and returns when events flow. What was started before a failure is stopped by closing this. */
    Running start(JobFile file, FunctionJars jars, Settings settings)
            throws CommandFailure, StartFailure, ClusterFailure, InterruptedException, IOException {
        WorkFolder work = opened(WorkFolder.open(settings.workFolder()));
        work.keepTemporaryFilesHere();
        LocalLogging.toFolder(work.logs());
        Path kafkaFolder = work.kafka();
        Path flinkFolder = work.flink();
        if (settings.keeps() == Keeps.NOTHING) {
            Path passing = work.path().resolve("passing");
            Folders.delete(passing);
            open.push(() -> Folders.delete(passing));
            kafkaFolder = passing.resolve("kafka");
            flinkFolder = passing.resolve("flink");
        } else if (settings.keeps() == Keeps.FROM_NOW_ON) {
            Folders.delete(kafkaFolder);
            Folders.delete(flinkFolder);
        }
        JobConfig config =
                settings.ownKafka() ? onOwnKafka(file.config(), kafkaFolder, settings.kafkaPort()) : file.config();

        shell.note("starting Flink");
        int slots = Math.max(SLOTS, config.parallelism().orElse(1));
        EmbeddedFlink flink = opened(EmbeddedFlink.start(
                FlinkSettings.in(flinkFolder).withWebPort(settings.webPort()).withSlots(slots)));
        FlinkRest rest = FlinkRest.at(flink.restAddress().toString());

        String jobId = startJob(config, file, jars, flink, rest, flinkFolder, settings.ownKafka());
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

    private JobConfig onOwnKafka(JobConfig config, Path folder, int port) throws StartFailure {
        shell.note("starting Kafka");
        EmbeddedKafka kafka = opened(EmbeddedKafka.start(
                folder, port, !config.functions().rawEgress().isEmpty())); // only functions know what they write to
        List<LocalTopic> topics = Stream.concat(config.channels().stream(), config.read().stream())
                .distinct()
                .filter(channel -> channel.topics() instanceof TopicNames.OneTopic)
                .map(channel -> topic(config, channel))
                .toList();
        kafka.createTopics(topics);
        return EmbeddedSettings.of(config, kafka.bootstrapServers());
    }

    private static LocalTopic topic(JobConfig config, ChannelConfig channel) {
        boolean holdsDeadLetters = channel.name().equals(config.deadLetter())
                || config.redrive().filter(channel.name()::equals).isPresent();
        boolean isControl = config.control().filter(channel.name()::equals).isPresent();
        return new LocalTopic(
                channel.topic(),
                isControl ? 1 : PARTITIONS,
                holdsDeadLetters ? DEAD_LETTER : CompactedTopics.of(config).settings(channel.topic()));
    }

    private String startJob(
            JobConfig config,
            JobFile file,
            FunctionJars jars,
            EmbeddedFlink flink,
            FlinkRest rest,
            Path folder,
            boolean ownKafka)
            throws StartFailure, ClusterFailure, InterruptedException, IOException {
        shell.note("starting the job " + config.name());
        StoppedJob stopped = new StoppedJob(
                folder, config, ownKafka ? "the embedded Kafka" : config.kafka().bootstrap());
        Optional<String> savepoint = stopped.savepoint();
        String jobId = EmbeddedJob.start(flink, config, file.rules(), jars, shell.environment(), savepoint);
        try {
            rest.awaitRunning(jobId, UNTIL_RUNNING);
        } catch (ClusterFailure e) {
            savepoint.ifPresent(path -> shell.note("the job did not go on where it stopped: --afresh forgets that"));
            throw e;
        }
        stopped.forget();
        open.push(() -> stop(rest, jobId, stopped));
        return jobId;
    }

    private <C extends AutoCloseable> C opened(C started) {
        open.push(started);
        return started;
    }

    /** With a savepoint: what was read is committed on both sides, and the next run goes on there. */
    private void stop(FlinkRest rest, String jobId, StoppedJob stopped) throws InterruptedException, IOException {
        try {
            if (rest.job(jobId).state() == JobState.RUNNING) {
                stopped.keep(rest.stopWithSavepoint(jobId, Optional.empty(), UNTIL_STOPPED));
                rest.awaitEnd(jobId, UNTIL_STOPPED);
            }
        } catch (ClusterFailure e) {
            shell.note("the job did not stop at a checkpoint, so what it read last is read again next time: "
                    + e.getMessage());
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
