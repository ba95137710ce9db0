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

    /** A dead letter says more than its event. */
    private static final long ROOM_FOR_REASONS = 64 << 10;

    private final long maxEventBytes;
    private final @Nullable String redriveTopic;
    private transient @Nullable EventReader reader;
    private transient @Nullable EventReader redriven;

    /**
     * Makes one.
     *
     * @param redriveTopic where dead letters are sent again; null: nowhere
     */
    ReceivedRecords(long maxEventBytes, @Nullable String redriveTopic) {
        this.maxEventBytes = maxEventBytes;
        this.redriveTopic = redriveTopic;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = new EventReader(maxEventBytes);
        redriven = new EventReader(maxEventBytes + ROOM_FOR_REASONS);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Received> out) {
        EventReader fitting = record.topic().equals(redriveTopic) ? redriven : reader;
        if (fitting == null) {
            throw new IllegalStateException("not opened");
        }
        out.collect(fitting.read(KafkaRecords.origin(record), KafkaRecords.wire(record)));
    }

    @Override
    public TypeInformation<Received> getProducedType() {
        return TYPE;
    }
}
