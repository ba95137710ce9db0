package dev.weft.job.flink.connect;

import dev.weft.event.kafka.KafkaRecords;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to the producer as they are.
 *
 * <p>Names the topics it writes: with pooled transactional ids, Flink looks there for transactions left open.
 */
final class OutboundRecords implements KafkaRecordSerializationSchema<Outbound>, KafkaDatasetFacetProvider {

    private static final long serialVersionUID = 1;

    private final List<String> topics;

    /**
     * Makes one.
     *
     * @param topics every topic that records will be for
     */
    OutboundRecords(List<String> topics) {
        this.topics = List.copyOf(topics);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics)));
    }

    /**
     * The record's timestamp is not passed on: brokers refuse one too far in the future, and that would end the job.
     */
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Outbound outbound, KafkaSinkContext context, @Nullable Long timestamp) {
        return KafkaRecords.toTopic(outbound.topic(), outbound.record());
    }
}
