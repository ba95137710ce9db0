package dev.weft.job.flink.function;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.ImmutableTypeInfo;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.function.Address;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.MessageForm;
import dev.weft.function.TypedValue;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries messages from where they are made to their functions. */
public final class MessageSerializer extends ImmutableSerializer<Message> {

    /** The one instance that is needed. */
    public static final MessageSerializer INSTANCE = new MessageSerializer();

    /** What messages are to Flink. */
    public static final TypeInformation<Message> TYPE = new ImmutableTypeInfo<>(Message.class, INSTANCE);

    private static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public Message createInstance() {
        return new Message(new Address(new FunctionType("", ""), ""), null, new TypedValue("", new byte[0]), null);
    }

    @Override
    public void serialize(Message message, DataOutputView target) throws IOException {
        MessageForm.write(message, target);
    }

    @Override
    public Message deserialize(DataInputView source) throws IOException {
        return MessageForm.read(source);
    }

    @Override
    public TypeSerializerSnapshot<Message> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Message> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Message> serializer() {
            return INSTANCE;
        }
    }
}
