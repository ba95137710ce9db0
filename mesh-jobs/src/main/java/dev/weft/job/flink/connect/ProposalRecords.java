package dev.weft.job.flink.connect;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.rules.ControlEvent;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes the proposals out of what stands on the control channel. What subtasks say there is left out before it is sent
 * to every subtask; what is no event, or of another type, is counted as {@code weft.controlIgnored}.
 */
final class ProposalRecords implements KafkaRecordDeserializationSchema<Received> {

    private static final long serialVersionUID = 1;

    /** Far more than the longest config, which is 1 MiB, however its characters are written. */
    private static final long LARGEST = 16 << 20;

    private transient @Nullable EventReader reader;
    private transient @Nullable Counter ignored;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = new EventReader(LARGEST);
        ignored = context.getMetricGroup().addGroup("weft").counter("controlIgnored");
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Received> out) {
        if (reader == null || ignored == null) {
            throw new IllegalStateException("not opened");
        }
        Received received = reader.read(KafkaRecords.origin(record), KafkaRecords.wire(record));
        if (received instanceof MeshEvent event && event.getType().equals(ControlEvent.Proposed.TYPE)) {
            out.collect(event);
        } else if (!(received instanceof MeshEvent event && ControlEvent.isType(event.getType()))) {
            ignored.inc();
        }
    }

    @Override
    public TypeInformation<Received> getProducedType() {
        return ReceivedRecords.TYPE;
    }
}
