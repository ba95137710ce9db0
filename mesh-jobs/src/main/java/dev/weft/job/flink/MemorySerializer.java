package dev.weft.job.flink;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import dev.weft.route.chain.Memory;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps what steps remember: the observed text, and when it is to be forgotten. */
public final class MemorySerializer extends ImmutableSerializer<Memory> {

    /** The one instance that is needed. */
    public static final MemorySerializer INSTANCE = new MemorySerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public Memory createInstance() {
        return new Memory("", 0);
    }

    @Override
    public void serialize(Memory memory, DataOutputView target) throws IOException {
        WireFormat.writeText(memory.observed(), target);
        target.writeLong(memory.expires());
    }

    @Override
    public Memory deserialize(DataInputView source) throws IOException {
        return new Memory(WireFormat.readText(source), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Memory> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<Memory> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Memory> serializer() {
            return INSTANCE;
        }
    }
}
