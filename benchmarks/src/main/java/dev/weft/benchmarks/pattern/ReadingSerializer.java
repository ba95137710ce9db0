package dev.weft.benchmarks.pattern;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Written by hand, so that flink-cep is not charged for a slow one. */
final class ReadingSerializer extends ImmutableSerializer<Reading> {

    static final ReadingSerializer INSTANCE = new ReadingSerializer();

    private static final long serialVersionUID = 1;

    @Override
    public Reading createInstance() {
        return new Reading("", "", "", "", 0, 0, new byte[0]);
    }

    @Override
    public void serialize(Reading reading, DataOutputView target) throws IOException {
        target.writeUTF(reading.getId());
        target.writeUTF(reading.getSource());
        target.writeUTF(reading.getType());
        target.writeUTF(reading.getKey());
        target.writeLong(reading.getTime());
        target.writeDouble(reading.getValue());
        target.writeInt(reading.data().length);
        target.write(reading.data());
    }

    @Override
    public Reading deserialize(DataInputView source) throws IOException {
        String id = source.readUTF();
        String from = source.readUTF();
        String type = source.readUTF();
        String key = source.readUTF();
        long time = source.readLong();
        double value = source.readDouble();
        byte[] data = new byte[source.readInt()];
        source.readFully(data);
        return new Reading(id, from, type, key, time, value, data);
    }

    @Override
    public TypeSerializerSnapshot<Reading> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Reading> {

        public Snapshot() {
            super(1);
        }

        @Override
        protected TypeSerializer<Reading> serializer() {
            return INSTANCE;
        }
    }
}
