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

/** Keeps patterns, as their texts, the time of the latest event they were shown, and the watermark. */
public final class KeptRosterSerializer extends ImmutableSerializer<KeptRoster> {

    /** The one instance that is needed. */
    public static final KeptRosterSerializer INSTANCE = new KeptRosterSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public KeptRoster createInstance() {
        return new KeptRoster(new Roster(0, List.of()), Long.MIN_VALUE, Long.MIN_VALUE);
    }

    @Override
    public void serialize(KeptRoster kept, DataOutputView target) throws IOException {
        RosterForm.write(kept.roster(), target);
        target.writeLong(kept.latest());
        target.writeLong(kept.watermark());
    }

    @Override
    public KeptRoster deserialize(DataInputView source) throws IOException {
        return new KeptRoster(RosterForm.read(source), source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<KeptRoster> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<KeptRoster> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<KeptRoster> serializer() {
            return INSTANCE;
        }
    }
}
