package dev.weft.event.flink;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries and keeps events, in the bytes it came as. */
public final class MeshEventSerializer extends ImmutableSerializer<MeshEvent> {

    /** The one instance that is needed. */
    public static final MeshEventSerializer INSTANCE = new MeshEventSerializer();

    private static final long serialVersionUID = 1;

    @Override
    public MeshEvent createInstance() {
        return MeshEvent.stored(Origin.NONE, new WireRecord(null, WireHeaders.NONE, null));
    }

    @Override
    public void serialize(MeshEvent record, DataOutputView target) throws IOException {
        WireFormat.write(record, target);
    }

    @Override
    public MeshEvent deserialize(DataInputView source) throws IOException {
        if (WireFormat.read(source) instanceof MeshEvent event) {
            return event;
        }
        throw new IOException("a refused record stands where only events are kept");
    }

    @Override
    public TypeSerializerSnapshot<MeshEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<MeshEvent> {

        public Snapshot() {
            super(WireFormat.VERSION);
        }

        @Override
        protected TypeSerializer<MeshEvent> serializer() {
            return INSTANCE;
        }
    }
}
