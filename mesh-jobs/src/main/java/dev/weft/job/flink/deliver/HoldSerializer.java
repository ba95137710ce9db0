package dev.weft.job.flink.deliver;

import dev.weft.delivery.Hold;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps what is held of an order key. */
public final class HoldSerializer extends ImmutableSerializer<Hold> {

    /** The one instance that is needed. */
    public static final HoldSerializer INSTANCE = new HoldSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public Hold createInstance() {
        return new Hold(0, 0);
    }

    @Override
    public void serialize(Hold hold, DataOutputView target) throws IOException {
        target.writeLong(hold.head());
        target.writeLong(hold.tail());
    }

    @Override
    public Hold deserialize(DataInputView source) throws IOException {
        return new Hold(source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Hold> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Hold> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Hold> serializer() {
            return INSTANCE;
        }
    }
}
