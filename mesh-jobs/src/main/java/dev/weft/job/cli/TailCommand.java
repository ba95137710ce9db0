package dev.weft.job.cli;

import dev.weft.event.PayloadReaders;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.route.TopicNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft tail}: CloudEvents out of a channel, as they come. */
@Command(
        name = "tail",
        description = "Show the events of a channel as they come, until Ctrl-C.",
        footer = {
            "",
            "Examples, from the mesh that runs on this machine:",
            "  weft tail alerts",
            "  weft tail alerts --from earliest --max 10 --output json",
            "From any Kafka:",
            "  weft tail alerts --config shop.yaml --timeout 1m"
        })
final class TailCommand implements Callable<Integer> {

    enum From {
        EARLIEST,
        LATEST
    }

    enum Output {
        PRETTY,
        JSON
    }

    private static final Duration ONE_POLL = Duration.ofMillis(200);

    private final Shell shell;

    @Mixin
    private MeshOptions mesh = new MeshOptions();

    @Parameters(paramLabel = "CHANNEL", description = "name of a channel of the job config")
    private String channel = "";

    @Option(
            names = "--from",
            defaultValue = "latest",
            paramLabel = "WHERE",
            description = "earliest or latest (default: ${DEFAULT-VALUE})")
    private From from = From.LATEST;

    @Option(names = "--max", paramLabel = "N", description = "end after so many events")
    private long max = Long.MAX_VALUE;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "end after this time, such as 30s; with --max, fail if fewer events came by then")
    private @Nullable Duration timeout;

    @Option(
            names = "--uncommitted",
            negatable = false,
            description = "also show events of transactions that are open or were aborted")
    private boolean uncommitted;

    @Option(names = "--committed", description = "show only events of committed transactions (the default)")
    private boolean committed;

    @Option(
            names = "--output",
            defaultValue = "pretty",
            paramLabel = "FORMAT",
            description = "pretty, or json: one structured event a line (default: ${DEFAULT-VALUE})")
    private Output output = Output.PRETTY;

    TailCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (committed && uncommitted) {
            throw CommandFailure.input("weft tail: give --committed or --uncommitted, not both");
        }
        JobConfig config = mesh.open(shell);
        ChannelConfig read = MeshOptions.channel(config, channel);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, read);
            consumer.assign(partitions);
            if (from == From.EARLIEST) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            // Seeking is lazy: without this "latest" would be the moment of the first poll that gets through.
            partitions.forEach(consumer::position);
            return follow(consumer, config.payloads());
        } catch (KafkaException e) {
            throw KafkaReach.failure(config.kafka().bootstrap(), e);
        }
    }

    private Properties settings(JobConfig config) {
        Properties settings = mesh.client(config, shell);
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", uncommitted ? "read_uncommitted" : "read_committed");
        return settings;
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, ChannelConfig channel)
            throws CommandFailure {
        TopicNames topics = channel.topics();
        List<TopicPartition> partitions = consumer.listTopics().values().stream()
                .flatMap(List<PartitionInfo>::stream)
                .filter(info -> topics.covers(info.topic()))
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw CommandFailure.failure("channel %s: there is no topic %s".formatted(channel.name(), topics));
        }
        return partitions;
    }

    private int follow(Consumer<byte[], byte[]> consumer, PayloadReaders payloads) throws CommandFailure {
        long start = System.nanoTime();
        long shown = 0;
        while (shown < max) {
            if (timeout != null && System.nanoTime() - start > timeout.toNanos()) {
                return inTime(shown, timeout);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ONE_POLL)) {
                if (shown < max) {
                    shell.say(
                            output == Output.JSON ? EventPrinter.json(record) : EventPrinter.pretty(record, payloads));
                    shown++;
                }
            }
        }
        return ExitCodes.OK;
    }

    private int inTime(long shown, Duration limit) throws CommandFailure {
        if (max < Long.MAX_VALUE) {
            throw CommandFailure.failure("weft tail: %d of %d events came within %s s"
                    .formatted(
                            shown, max, BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros()));
        }
        return ExitCodes.OK;
    }
}
