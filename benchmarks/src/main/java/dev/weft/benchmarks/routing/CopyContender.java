package dev.weft.benchmarks.routing;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The least anyone can do: each record's bytes go from a consumer to a producer, headers and all. No transactions. */
public final class CopyContender {

    private CopyContender() {}

    /** Copies until the process is killed: {@code <bootstrap> <run>}. */
    public static void main(String[] args) {
        String bootstrap = args[0];
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, "copy-" + args[1]);
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(4 << 20));
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        Workload.producer(bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of(Workload.INPUT));
            int next = 0;
            while (!Thread.interrupted()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    String topic = Workload.outputs().get(next++ & 3);
                    producer.send(
                            new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers()));
                }
            }
        }
    }
}
