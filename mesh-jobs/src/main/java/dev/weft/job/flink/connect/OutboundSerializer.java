package dev.weft.job.flink.connect;

import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries records to the sink where it is not chained to what makes them. */
public final class OutboundSerializer extends ImmutableSerializer<Outbound> {

    /** The one instance that is needed. */
    public static final OutboundSerializer INSTANCE = new OutboundSerializer();

    private static final long serialVersionUID = 1;

    @Override
    public Outbound createInstance() {
        return new Outbound("", new WireRecord(null, WireHeaders.NONE, null));
    }

    @Override
    public void serialize(Outbound outbound, DataOutputView target) throws IOException {
        WireFormat.writeText(outbound.topic(), target);
        WireFormat.writeRecord(outbound.record(), target);
    }

    @Override
    public Outbound deserialize(DataInputView source) throws IOException {
        return new Outbound(WireFormat.readText(source), WireFormat.readRecord(source));
    }

    @Override
    public TypeSerializerSnapshot<Outbound> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<Outbound> {

        public Snapshot() {
            super(WireFormat.VERSION);
        }

        @Override
        protected TypeSerializer<Outbound> serializer() {
            return INSTANCE;
        }
    }
}
