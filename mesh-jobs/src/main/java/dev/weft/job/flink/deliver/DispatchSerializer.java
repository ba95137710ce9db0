package dev.weft.job.flink.deliver;

import dev.weft.delivery.Dispatch;
import dev.weft.delivery.Parcel;
import dev.weft.delivery.PausedTargets;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries what those who deliver are given. */
public final class DispatchSerializer extends ImmutableSerializer<Dispatch> {

    /** The one instance that is needed. */
    public static final DispatchSerializer INSTANCE = new DispatchSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public Dispatch createInstance() {
        return new PausedTargets(Set.of());
    }

    @Override
    public void serialize(Dispatch dispatch, DataOutputView target) throws IOException {
        target.writeBoolean(dispatch instanceof Parcel);
        if (dispatch instanceof Parcel parcel) {
            ParcelSerializer.INSTANCE.serialize(parcel, target);
        } else if (dispatch instanceof PausedTargets paused) {
            target.writeInt(paused.names().size());
            for (String name : paused.names()) {
                WireFormat.writeText(name, target);
            }
        }
    }

    @Override
    public Dispatch deserialize(DataInputView source) throws IOException {
        if (source.readBoolean()) {
            return ParcelSerializer.INSTANCE.deserialize(source);
        }
        Set<String> names = new TreeSet<>();
        for (int left = source.readInt(); left > 0; left--) {
            names.add(WireFormat.readText(source));
        }
        return new PausedTargets(names);
    }

    @Override
    public TypeSerializerSnapshot<Dispatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Dispatch> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Dispatch> serializer() {
            return INSTANCE;
        }
    }
}
