package dev.weft.job.cli;

import dev.weft.event.EventReader;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The control channel of a job, from its first record on. */
final class ControlChannel implements AutoCloseable {

    private static final Duration ONE_POLL = Duration.ofMillis(200);
    private static final EventReader READER = new EventReader(Long.MAX_VALUE);

    /** The longest config as JSON, whatever its characters. */
    private static final String LARGEST_REQUEST = Integer.toString(16 << 20);

    private final JobConfig job;
    private final String topic;
    private final Properties client;
    private final Consumer<byte[], byte[]> consumer;
    private final RuleHistory history;

    private ControlChannel(JobConfig job, Properties client, Consumer<byte[], byte[]> consumer) {
        this.job = job;
        this.topic = job.channel(job.control().orElseThrow()).topic();
        this.client = client;
        this.consumer = consumer;
        this.history = new RuleHistory(job.name());
    }

    /** Opens the channel and reads it to its end. */
    static ControlChannel open(JobConfig job, Properties client) throws CommandFailure {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", "read_committed");
        settings.put("allow.auto.create.topics", "false");
        try {
            ControlChannel opened = new ControlChannel(
                    job,
                    client,
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
            opened.readToEnd();
            return opened;
        } catch (KafkaException e) {
            throw KafkaReach.failure(job.kafka().bootstrap(), e);
        }
    }

    private void readToEnd() throws CommandFailure {
        List<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            close();
            throw CommandFailure.failure("control channel %s: there is no topic %s. Was the job %s started?"
                    .formatted(job.control().orElseThrow(), topic, job.name()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
            readOn();
        }
    }

    /** Returns what the channel says so far. */
    RuleHistory history() {
        return history;
    }

    /** Takes what was said since; waits a moment for it. */
    void readOn() throws CommandFailure {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ONE_POLL)) {
                if (READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record)) instanceof MeshEvent event) {
                    ControlEvent.from(event).ifPresent(history::add);
                }
            }
        } catch (KafkaException e) {
            throw KafkaReach.failure(job.kafka().bootstrap(), e);
        }
    }

    /**
     * Says something where the job reads it: in the first partition, in which all has one order. Returns its offset
     * there.
     */
    long say(ControlEvent said, Instant now) throws CommandFailure, InterruptedException {
        MeshEvent event = MeshEvent.stored(Origin.NONE, said.toRecord());
        WireRecord record = EventWriter.withAttributes(event, Map.of("time", now.toString()));
        ProducerRecord<byte[], byte[]> sent = KafkaRecords.toTopic(topic, record);
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put("acks", "all");
        settings.put("compression.type", "gzip");
        settings.put("max.request.size", LARGEST_REQUEST);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, 0, sent.key(), sent.value(), sent.headers()))
                    .get()
                    .offset();
        } catch (ExecutionException | KafkaException e) {
            throw KafkaReach.failure(job.kafka().bootstrap(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
