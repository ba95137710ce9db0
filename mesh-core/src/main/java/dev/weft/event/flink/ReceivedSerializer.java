package dev.weft.event.flink;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries and keeps whatever was received, event or refused record, in the bytes it came as. */
public final class ReceivedSerializer extends ImmutableSerializer<Received> {

    /** The one instance that is needed. */
    public static final ReceivedSerializer INSTANCE = new ReceivedSerializer();

    private static final long serialVersionUID = 1;

    @Override
    public Received createInstance() {
        return MeshEvent.stored(Origin.NONE, new WireRecord(null, WireHeaders.NONE, null));
    }

    @Override
    public void serialize(Received record, DataOutputView target) throws IOException {
        WireFormat.write(record, target);
    }

    @Override
    public Received deserialize(DataInputView source) throws IOException {
        return WireFormat.read(source);
    }

    @Override
    public TypeSerializerSnapshot<Received> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<Received> {

        public Snapshot() {
            super(WireFormat.VERSION);
        }

        @Override
        protected TypeSerializer<Received> serializer() {
            return INSTANCE;
        }
    }
}
