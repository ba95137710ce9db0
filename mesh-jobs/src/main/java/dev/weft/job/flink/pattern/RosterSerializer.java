package dev.weft.job.flink.pattern;

import dev.weft.cep.live.Roster;
import dev.weft.cep.live.RosterForm;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries and keeps patterns, as their texts. */
public final class RosterSerializer extends ImmutableSerializer<Roster> {

    /** The one instance that is needed. */
    public static final RosterSerializer INSTANCE = new RosterSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public Roster createInstance() {
        return new Roster(0, List.of());
    }

    @Override
    public void serialize(Roster roster, DataOutputView target) throws IOException {
        RosterForm.write(roster, target);
    }

    @Override
    public Roster deserialize(DataInputView source) throws IOException {
        return RosterForm.read(source);
    }

    @Override
    public TypeSerializerSnapshot<Roster> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Roster> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Roster> serializer() {
            return INSTANCE;
        }
    }
}
