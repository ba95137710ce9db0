package dev.weft.job.flink.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Wire;
import java.util.List;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class OutboundRecordsTest {

    private static final KafkaSinkContext CONTEXT = new FourPartitions();

    private final OutboundRecords records = new OutboundRecords(List.of("orders", "dead"));

    @Test
    void aRecordIsWrittenByteForByte() {
        WireRecord event = Wire.event("1", "order", "{}");

        ProducerRecord<byte[], byte[]> written = records.serialize(new Outbound("orders", event), CONTEXT, null);

        assertThat(written.topic()).isEqualTo("orders");
        assertThat(KafkaRecords.wire(asRead(written))).isEqualTo(event);
    }

    @Test
    void theKeyDecidesThePartition() {
        Outbound outbound = new Outbound("orders", Wire.event("1", "order", "{}"));

        assertThat(records.serialize(outbound, CONTEXT, null).partition()).isNull();
    }

    /** A broker refuses a record far in the future, and an event may carry any time. */
    @Test
    void theTimestampOfTheEventIsNotPassedOn() {
        Outbound outbound = new Outbound("orders", Wire.event("1", "order", "{}"));

        assertThat(records.serialize(outbound, CONTEXT, Long.MAX_VALUE).timestamp())
                .isNull();
    }

    @Test
    void everyTopicItWritesIsNamed() {
        assertThat(records.getKafkaDatasetFacet())
                .hasValueSatisfying(facet -> assertThat(facet.getTopicIdentifier())
                        .isEqualTo(DefaultKafkaDatasetIdentifier.ofTopics(List.of("orders", "dead"))));
    }

    private static ConsumerRecord<byte[], byte[]> asRead(ProducerRecord<byte[], byte[]> written) {
        return new ConsumerRecord<>(
                written.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                written.key(),
                written.value(),
                written.headers(),
                java.util.Optional.empty());
    }

    private static final class FourPartitions implements KafkaSinkContext {
        @Override
        public int getParallelInstanceId() {
            return 0;
        }

        @Override
        public int getNumberOfParallelInstances() {
            return 1;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
            return new int[] {0, 1, 2, 3};
        }
    }
}
