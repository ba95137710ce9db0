package dev.weft.job.flink.connect;

import dev.weft.event.kafka.KafkaRecords;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Hands records to the producer as they are. */
final class OutboundRecords implements KafkaRecordSerializationSchema<Outbound> {

    private static final long serialVersionUID = 1;

    /**
     * The record's timestamp is not passed on: brokers refuse one too far in the future, and that would end the job.
     */
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Outbound outbound, KafkaSinkContext context, @Nullable Long timestamp) {
        return KafkaRecords.toTopic(outbound.topic(), outbound.record());
    }
}
