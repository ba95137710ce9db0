package dev.weft.benchmarks.delivery;

import dev.weft.benchmarks.routing.Workload;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What those who are not Flink read events with: a consumer that commits when told, and the least of a translation. */
final class Feed {

    static final TopicPartition PARTITION = new TopicPartition(Workload.INPUT, 0);

    private static final String ATTRIBUTE = "ce_";

    private Feed() {}

    static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, String group) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
        return consumer;
    }

    static HttpMessage message(ConsumerRecord<byte[], byte[]> record) {
        List<HttpHeader> headers = new ArrayList<>(8);
        for (Header header : record.headers()) {
            headers.add(new HttpHeader(name(header.key()), new String(header.value(), StandardCharsets.UTF_8)));
        }
        return new HttpMessage(headers, record.value());
    }

    /** Returns what a header of Kafka's binding is called in that of HTTP. */
    static String name(String kafka) {
        return kafka.startsWith(ATTRIBUTE) ? "ce-" + kafka.substring(ATTRIBUTE.length()) : kafka;
    }
}
