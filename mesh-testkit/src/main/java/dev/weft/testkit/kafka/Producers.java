package dev.weft.testkit.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records into topics, each exactly once and in order, surviving a broker that restarts meanwhile. */
public final class Producers {

    private static final int LARGEST_RECORD = 32 << 20;

    private Producers() {}

    /** Returns an idempotent producer of bytes for records up to 32 MB. */
    public static KafkaProducer<byte[], byte[]> bytes(String bootstrapServers) {
        return new KafkaProducer<>(settings(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** As above, for records in transactions; {@code initTransactions} is not called yet. */
    public static KafkaProducer<byte[], byte[]> transactional(String bootstrapServers, String transactionalId) {
        Map<String, Object> settings = new HashMap<>(settings(bootstrapServers));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST_RECORD,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * LARGEST_RECORD);
    }

    /** Sends all of {@code records} and returns, in the same order, where each went. */
    public static List<RecordMetadata> sendAll(
            String bootstrapServers, Iterable<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (var producer = bytes(bootstrapServers)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> next : records) {
                sent.add(producer.send(next));
            }
            producer.flush();
            return arrived(sent);
        }
    }

    private static List<RecordMetadata> arrived(List<Future<RecordMetadata>> sent)
            throws ExecutionException, InterruptedException {
        List<RecordMetadata> arrived = new ArrayList<>(sent.size());
        for (Future<RecordMetadata> future : sent) {
            arrived.add(future.get());
        }
        return arrived;
    }
}
