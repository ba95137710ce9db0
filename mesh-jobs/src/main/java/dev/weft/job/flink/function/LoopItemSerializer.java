package dev.weft.job.flink.function;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.function.MessageForm;
import dev.weft.job.flink.function.LoopItem.Round;
import dev.weft.job.flink.function.LoopItem.Sent;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries what goes around the loop. */
public final class LoopItemSerializer extends ImmutableSerializer<LoopItem> {

    static final LoopItemSerializer INSTANCE = new LoopItemSerializer();

    private static final int VERSION = 1;
    private static final int SENT = 0;
    private static final int ROUND = 1;

    private static final long serialVersionUID = 1;

    @Override
    public LoopItem createInstance() {
        return new Round(0, 0, 0, false);
    }

    @Override
    public void serialize(LoopItem item, DataOutputView target) throws IOException {
        if (item instanceof Sent sent) {
            target.writeByte(SENT);
            target.writeInt(sent.key());
            MessageForm.write(sent.message(), target);
        } else if (item instanceof Round round) {
            target.writeByte(ROUND);
            target.writeInt(round.key());
            target.writeLong(round.sent());
            target.writeLong(round.arrived());
            target.writeBoolean(round.isOver());
        }
    }

    @Override
    public LoopItem deserialize(DataInputView source) throws IOException {
        int kind = source.readByte();
        return switch (kind) {
            case SENT -> new Sent(source.readInt(), MessageForm.read(source));
            case ROUND -> new Round(source.readInt(), source.readLong(), source.readLong(), source.readBoolean());
            default -> throw new IOException("an item of kind " + kind + " is not of this version");
        };
    }

    @Override
    public TypeSerializerSnapshot<LoopItem> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<LoopItem> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<LoopItem> serializer() {
            return INSTANCE;
        }
    }
}
