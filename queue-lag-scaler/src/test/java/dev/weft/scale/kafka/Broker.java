package dev.weft.scale.kafka;

import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LocalTopic;
import dev.weft.local.LoopbackPort;
import dev.weft.testkit.kafka.Producers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker, and what tests do to it. */
final class Broker implements AutoCloseable {

    private final EmbeddedKafka kafka;
    private final Admin admin;

    Broker(Path folder) throws Exception {
        this.kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY);
        this.admin = Admin.create(client());
    }

    Map<String, Object> client() {
        return clientOf(kafka.bootstrapServers());
    }

    static Map<String, Object> clientOf(String bootstrapServers) {
        return Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    Admin admin() {
        return admin;
    }

    /** Makes a topic of one partition and returns that. */
    TopicPartition topic(String name, Map<String, String> settings) {
        kafka.createTopics(List.of(new LocalTopic(name, 1, settings)));
        return new TopicPartition(name, 0);
    }

    TopicPartition topic(String name) {
        return topic(name, Map.of());
    }

    void write(TopicPartition partition, int count) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(partition, "key " + i));
        }
        Producers.sendAll(kafka.bootstrapServers(), records);
    }

    static ProducerRecord<byte[], byte[]> record(TopicPartition partition, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(partition.topic(), partition.partition(), bytes, bytes);
    }

    /** Returns a producer that is ready to begin transactions. */
    KafkaProducer<byte[], byte[]> transactions(String id) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                id);
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    void commitOffset(String group, TopicPartition partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    void truncate(TopicPartition partition, long before) throws Exception {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
    }
}
