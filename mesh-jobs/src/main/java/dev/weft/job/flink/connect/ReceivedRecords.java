package dev.weft.job.flink.connect;

import dev.weft.event.EventReader;
import dev.weft.event.Received;
import dev.weft.event.flink.ImmutableTypeInfo;
import dev.weft.event.flink.ReceivedSerializer;
import dev.weft.event.kafka.KafkaRecords;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Turns every record of the sources into an event or a refused record; none is skipped and none throws. */
final class ReceivedRecords implements KafkaRecordDeserializationSchema<Received> {

    static final TypeInformation<Received> TYPE = new ImmutableTypeInfo<>(Received.class, ReceivedSerializer.INSTANCE);

    private static final long serialVersionUID = 1;

    private final long maxEventBytes;
    private transient @Nullable EventReader reader;

    ReceivedRecords(long maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = new EventReader(maxEventBytes);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Received> out) {
        if (reader == null) {
            throw new IllegalStateException("not opened");
        }
        out.collect(reader.read(KafkaRecords.origin(record), KafkaRecords.wire(record)));
    }

    @Override
    public TypeInformation<Received> getProducedType() {
        return TYPE;
    }
}
