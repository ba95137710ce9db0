package dev.weft.job.flink.connect;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Has Kafka decode headers in the thread that fetched them. Kafka keeps a header as two places in the fetched batch and
 * makes a string and an array of them when first asked. Asked by the task's thread, on another core, that reads memory
 * which only the fetching core has near: it took a fifth of the task's time. See {@code docs/benchmarks}.
 */
public final class EarlyHeaders implements ConsumerInterceptor<byte[], byte[]> {

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            for (Header header : record.headers()) {
                header.key();
                header.value();
            }
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Only what is read is of interest.
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Has no settings.
    }
}
