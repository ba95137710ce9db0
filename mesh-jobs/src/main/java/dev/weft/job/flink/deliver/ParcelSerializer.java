package dev.weft.job.flink.deliver;

import dev.weft.delivery.Failure;
import dev.weft.delivery.Parcel;
import dev.weft.event.MeshEvent;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.MeshEventSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Carries and keeps parcels. An event that no transform has changed is written once. */
public final class ParcelSerializer extends ImmutableSerializer<Parcel> {

    /** The one instance that is needed. */
    public static final ParcelSerializer INSTANCE = new ParcelSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final int CHANGED = 1;
    private static final int ORDERED = 2;
    private static final int FAILED = 4;

    private static final long serialVersionUID = 1;

    @Override
    public Parcel createInstance() {
        MeshEvent nothing = MeshEventSerializer.INSTANCE.createInstance();
        return Parcel.of("", "", nothing, nothing, null);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object is what an unchanged event is
    public void serialize(Parcel parcel, DataOutputView target) throws IOException {
        boolean changed = parcel.event() != parcel.read();
        String orderKey = parcel.orderKey();
        Failure failure = parcel.lastFailure();
        target.writeByte((changed ? CHANGED : 0) | (orderKey == null ? 0 : ORDERED) | (failure == null ? 0 : FAILED));
        WireFormat.writeText(parcel.route(), target);
        WireFormat.writeText(parcel.target(), target);
        MeshEventSerializer.INSTANCE.serialize(parcel.event(), target);
        if (changed) {
            MeshEventSerializer.INSTANCE.serialize(parcel.read(), target);
        }
        if (orderKey != null) {
            WireFormat.writeText(orderKey, target);
        }
        target.writeLong(parcel.acceptedAt());
        if (failure != null) {
            target.writeInt(parcel.attempts());
            target.writeLong(parcel.firstFailedAt());
            target.writeInt(failure.status());
            WireFormat.writeText(failure.detail(), target);
            target.writeInt(failure.body().length);
            target.write(failure.body());
        }
    }

    @Override
    public Parcel deserialize(DataInputView source) throws IOException {
        int flags = source.readByte();
        String route = WireFormat.readText(source);
        String target = WireFormat.readText(source);
        MeshEvent event = MeshEventSerializer.INSTANCE.deserialize(source);
        MeshEvent read = (flags & CHANGED) == 0 ? event : MeshEventSerializer.INSTANCE.deserialize(source);
        String orderKey = (flags & ORDERED) == 0 ? null : WireFormat.readText(source);
        long acceptedAt = source.readLong();
        if ((flags & FAILED) == 0) {
            return new Parcel(route, target, event, read, orderKey, acceptedAt, 0, 0, null);
        }
        return failed(route, target, event, read, orderKey, acceptedAt, source);
    }

    private static Parcel failed(
            String route,
            String target,
            MeshEvent event,
            MeshEvent read,
            @Nullable String orderKey,
            long acceptedAt,
            DataInputView source)
            throws IOException {
        int attempts = source.readInt();
        long firstFailedAt = source.readLong();
        int status = source.readInt();
        String detail = WireFormat.readText(source);
        byte[] body = new byte[source.readInt()];
        source.readFully(body);
        Failure failure = new Failure(status, detail, body);
        return new Parcel(route, target, event, read, orderKey, acceptedAt, attempts, firstFailedAt, failure);
    }

    @Override
    public TypeSerializerSnapshot<Parcel> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Parcel> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Parcel> serializer() {
            return INSTANCE;
        }
    }
}
