package dev.weft.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.EventFormat;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.route.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft send}: CloudEvents into a channel. */
@Command(
        name = "send",
        description = "Send CloudEvents to a channel.",
        footer = {
            "",
            "Examples, to the mesh that runs on this machine:",
            "  weft send orders --type shop.order.placed --source /me --data '{\"amount\": 1200}'",
            "  weft send orders --event order.json",
            "  cat events.jsonl | weft send orders --event -",
            "To any Kafka:",
            "  weft send orders --config shop.yaml --event order.json --mode structured"
        })
final class SendCommand implements Callable<Integer> {

    enum Mode {
        BINARY,
        STRUCTURED
    }

    private final Shell shell;

    @Mixin
    private MeshOptions mesh = new MeshOptions();

    @Parameters(paramLabel = "CHANNEL", description = "name of a channel of the job config")
    private String channel = "";

    @Option(
            names = "--event",
            paramLabel = "FILE",
            description = "events in structured JSON: one, one a line, or a list; - is standard input")
    private @Nullable String file;

    @Option(names = "--type", paramLabel = "TYPE", description = "type of the event, if it is not read from a file")
    private @Nullable String type;

    @Option(names = "--source", paramLabel = "URI", description = "its source (default: ${DEFAULT-VALUE})")
    private String source = "/weft/send";

    @Option(names = "--subject", paramLabel = "TEXT", description = "its subject")
    private @Nullable String subject;

    @Option(names = "--id", paramLabel = "ID", description = "its id (default: a random one)")
    private @Nullable String id;

    @Option(names = "--data", paramLabel = "JSON", description = "its payload, as JSON")
    private @Nullable String data;

    @Option(names = "--ext", paramLabel = "NAME=VALUE", description = "an extension attribute; may be repeated")
    private Map<String, String> extensions = new LinkedHashMap<>();

    @Option(names = "--key", paramLabel = "KEY", description = "key of the record (default: partitionkey, or none)")
    private @Nullable String key;

    @Option(
            names = "--mode",
            defaultValue = "binary",
            paramLabel = "MODE",
            description = "binary or structured (default: ${DEFAULT-VALUE})")
    private Mode mode = Mode.BINARY;

    @Mixin
    private OutputOption output = new OutputOption();

    SendCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        if ((file == null) == (type == null)) {
            throw CommandFailure.input("weft send: give either --event FILE or --type TYPE");
        }
        JobConfig config = mesh.open(shell);
        String topic = topic(MeshOptions.channel(config, channel));
        MeshEvent typed = file == null ? typed() : null;
        Properties client = mesh.client(config, shell);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            Sending sending = new Sending(producer, topic, config.kafka().bootstrap());
            if (typed != null) {
                sending.take(typed);
            } else if (file != null) {
                EventText.readAll(shell, file, sending);
            }
            sending.finish();
        } catch (KafkaException e) {
            throw KafkaReach.failure(config.kafka().bootstrap(), e);
        }
        return ExitCodes.OK;
    }

    private static String topic(ChannelConfig channel) throws CommandFailure {
        if (channel.topics() instanceof TopicNames.OneTopic one) {
            return one.topic();
        }
        throw CommandFailure.input("channel %s stands for every topic that matches %s: events are sent to one topic"
                .formatted(channel.name(), channel.topics()));
    }

    private MeshEvent typed() throws CommandFailure {
        ObjectNode event = Json.object()
                .put("specversion", "1.0")
                .put("id", id == null ? UUID.randomUUID().toString() : id)
                .put("source", source)
                .put("type", type)
                .put("time", OffsetDateTime.now(ZoneOffset.UTC).toString());
        if (subject != null) {
            event.put("subject", subject);
        }
        extensions.forEach(event::put);
        if (data != null) {
            event.put("datacontenttype", "application/json");
            try {
                event.set("data", Json.MAPPER.readTree(data));
            } catch (JsonProcessingException e) {
                throw CommandFailure.input("weft send: --data is not JSON: "
                        + e.getOriginalMessage().lines().findFirst().orElse(""));
            }
        }
        return EventText.event("weft send", event);
    }

    /** Sends one event after the other and keeps the first failure, which Kafka tells later. */
    private final class Sending implements EventText.Sink {
        private final Producer<byte[], byte[]> producer;
        private final String topic;
        private final String servers;
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        private final AtomicReference<@Nullable RecordMetadata> last = new AtomicReference<>();
        private long sent;

        Sending(Producer<byte[], byte[]> producer, String topic, String servers) {
            this.producer = producer;
            this.topic = topic;
            this.servers = servers;
        }

        @Override
        public void take(MeshEvent event) throws CommandFailure {
            checkFailure();
            ProducerRecord<byte[], byte[]> record = KafkaRecords.toTopic(topic, wire(event));
            producer.send(record, (metadata, problem) -> {
                if (problem == null) {
                    last.set(metadata);
                } else {
                    failure.compareAndSet(null, problem);
                }
            });
            sent++;
        }

        private WireRecord wire(MeshEvent event) {
            WireRecord wire =
                    EventWriter.write(event, mode == Mode.BINARY ? EventFormat.BINARY : EventFormat.STRUCTURED);
            String chosen = key == null ? event.attribute("partitionkey") : key;
            byte[] bytes = chosen == null ? null : chosen.getBytes(StandardCharsets.UTF_8);
            return new WireRecord(bytes, wire.headers(), wire.value());
        }

        void finish() throws CommandFailure {
            producer.flush();
            checkFailure();
            RecordMetadata metadata = last.get();
            if (output.isJson()) {
                shell.say(Json.line(Json.object().put("sent", sent).put("topic", topic)));
            } else if (sent == 1 && metadata != null) {
                shell.say("sent 1 event to %s/%d/%d".formatted(topic, metadata.partition(), metadata.offset()));
            } else {
                shell.say("sent " + Counted.of(sent, "event") + " to " + topic);
            }
        }

        private void checkFailure() throws CommandFailure {
            Exception problem = failure.get();
            if (problem != null) {
                throw KafkaReach.failure(servers, problem);
            }
        }
    }
}
