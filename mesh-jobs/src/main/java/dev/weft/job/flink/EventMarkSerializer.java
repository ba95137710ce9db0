package dev.weft.job.flink;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.job.EventMark;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps marks of events: 20 bytes each, those of one record key side by side. */
public final class EventMarkSerializer extends ImmutableSerializer<EventMark> {

    /** The one instance that is needed. */
    public static final EventMarkSerializer INSTANCE = new EventMarkSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;
    private static final int BYTES = Integer.BYTES + 2 * Long.BYTES;

    @Override
    public EventMark createInstance() {
        return new EventMark(0, 0, 0);
    }

    @Override
    public int getLength() {
        return BYTES;
    }

    @Override
    public void serialize(EventMark mark, DataOutputView target) throws IOException {
        target.writeInt(mark.place());
        target.writeLong(mark.high());
        target.writeLong(mark.low());
    }

    @Override
    public EventMark deserialize(DataInputView source) throws IOException {
        return new EventMark(source.readInt(), source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<EventMark> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<EventMark> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<EventMark> serializer() {
            return INSTANCE;
        }
    }
}
