package dev.weft.job.flink.pattern;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.Sighting;
import dev.weft.cep.live.Seen;
import dev.weft.event.Origin;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries events to what is known of their key. */
public final class SeenSerializer extends ImmutableSerializer<SeenByKey> {

    /** The one instance that is needed. */
    public static final SeenSerializer INSTANCE = new SeenSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public SeenByKey createInstance() {
        KeptEvent nothing = new KeptEvent(0, Origin.NONE, Map.of(), MissingNode.getInstance());
        return new SeenByKey("", new Seen(0, new Sighting(nothing, 0)));
    }

    @Override
    public void serialize(SeenByKey seen, DataOutputView target) throws IOException {
        WireFormat.writeText(seen.key(), target);
        seen.seen().write(target);
    }

    @Override
    public SeenByKey deserialize(DataInputView source) throws IOException {
        return new SeenByKey(WireFormat.readText(source), Seen.read(source));
    }

    @Override
    public TypeSerializerSnapshot<SeenByKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<SeenByKey> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<SeenByKey> serializer() {
            return INSTANCE;
        }
    }
}
