package dev.weft.job.flink;

import dev.weft.event.MeshEvent;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.MeshEventSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps what paused routes want: the event, its time, and the channels that have it. */
public final class ParkedEventSerializer extends ImmutableSerializer<ParkedEvent> {

    /** The one instance that is needed. */
    public static final ParkedEventSerializer INSTANCE = new ParkedEventSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public ParkedEvent createInstance() {
        return new ParkedEvent(MeshEventSerializer.INSTANCE.createInstance(), 0, List.of());
    }

    @Override
    public void serialize(ParkedEvent parked, DataOutputView target) throws IOException {
        MeshEventSerializer.INSTANCE.serialize(parked.event(), target);
        target.writeLong(parked.time());
        target.writeInt(parked.written().size());
        for (String channel : parked.written()) {
            WireFormat.writeText(channel, target);
        }
    }

    @Override
    public ParkedEvent deserialize(DataInputView source) throws IOException {
        MeshEvent event = MeshEventSerializer.INSTANCE.deserialize(source);
        long time = source.readLong();
        List<String> written = new ArrayList<>();
        for (int left = source.readInt(); left > 0; left--) {
            written.add(WireFormat.readText(source));
        }
        return new ParkedEvent(event, time, written);
    }

    @Override
    public TypeSerializerSnapshot<ParkedEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<ParkedEvent> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<ParkedEvent> serializer() {
            return INSTANCE;
        }
    }
}
