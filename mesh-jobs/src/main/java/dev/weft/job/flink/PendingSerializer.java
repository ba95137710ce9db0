package dev.weft.job.flink;

import dev.weft.event.MeshEvent;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.MeshEventSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import dev.weft.job.Pending;
import dev.weft.route.chain.Question;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries events to where memory is kept. An event that no step has changed is carried once. */
public final class PendingSerializer extends ImmutableSerializer<Pending> {

    /** The one instance that is needed. */
    public static final PendingSerializer INSTANCE = new PendingSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public Pending createInstance() {
        MeshEvent nothing = MeshEventSerializer.INSTANCE.createInstance();
        return new Pending("", "", 0, new Question("", 0, "", 0, 0), nothing, nothing);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object is what an unchanged event is
    public void serialize(Pending pending, DataOutputView target) throws IOException {
        WireFormat.writeText(pending.plan(), target);
        WireFormat.writeText(pending.route(), target);
        target.writeInt(pending.step());
        Question question = pending.question();
        WireFormat.writeText(question.key(), target);
        target.writeLong(question.slot());
        WireFormat.writeText(question.observed(), target);
        target.writeLong(question.time());
        target.writeLong(question.expires());
        MeshEventSerializer.INSTANCE.serialize(pending.event(), target);
        boolean changed = pending.event() != pending.read();
        target.writeBoolean(changed);
        if (changed) {
            MeshEventSerializer.INSTANCE.serialize(pending.read(), target);
        }
    }

    @Override
    public Pending deserialize(DataInputView source) throws IOException {
        String plan = WireFormat.readText(source);
        String route = WireFormat.readText(source);
        int step = source.readInt();
        Question question = new Question(
                WireFormat.readText(source),
                source.readLong(),
                WireFormat.readText(source),
                source.readLong(),
                source.readLong());
        MeshEvent event = MeshEventSerializer.INSTANCE.deserialize(source);
        MeshEvent read = source.readBoolean() ? MeshEventSerializer.INSTANCE.deserialize(source) : event;
        return new Pending(plan, route, step, question, event, read);
    }

    @Override
    public TypeSerializerSnapshot<Pending> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Pending> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Pending> serializer() {
            return INSTANCE;
        }
    }
}
