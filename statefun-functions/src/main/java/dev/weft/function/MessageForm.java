package dev.weft.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a message is written: between subtasks, in a checkpoint, and while it waits to be sent.
 *
 * <p>The first byte holds the version in its upper half, and says what follows: the type and the id of the target; the
 * type of the caller, and its id unless it is that of the target; the argument; the trace.
 */
public final class MessageForm {

    private static final int VERSION = 1;

    private static final int HAS_CALLER = 1;
    private static final int CALLER_HAS_SAME_ID = 2;
    private static final int HAS_TRACE = 4;
    private static final int ALL = HAS_CALLER | CALLER_HAS_SAME_ID | HAS_TRACE;

    private MessageForm() {}

    /** Writes a message, with the version of the form. */
    public static void write(Message message, DataOutput out) throws IOException {
        Address target = message.target();
        Address caller = message.caller();
        String trace = message.trace();
        boolean callerHasSameId = caller != null && caller.id().equals(target.id());
        out.writeByte(VERSION << 4
                | (caller == null ? 0 : HAS_CALLER)
                | (callerHasSameId ? CALLER_HAS_SAME_ID : 0)
                | (trace == null ? 0 : HAS_TRACE));
        Packed.writeType(out, target.type());
        Packed.writeText(out, target.id());
        if (caller != null) {
            Packed.writeType(out, caller.type());
            if (!callerHasSameId) {
                Packed.writeText(out, caller.id());
            }
        }
        Packed.writeValue(out, message.argument());
        if (trace != null) {
            Packed.writeText(out, trace);
        }
    }

    /** Reads a message of whatever version. Throws {@link IOException} where the bytes are none. */
    public static Message read(DataInput in) throws IOException {
        int head = in.readUnsignedByte();
        if (head >> 4 != VERSION || (head & 0xF & ~ALL) != 0) {
            throw new IOException("found a message that begins with " + head + ", expected version " + VERSION);
        }
        Address target = new Address(Packed.readType(in), Packed.readText(in));
        Address caller = null;
        if ((head & HAS_CALLER) != 0) {
            FunctionType type = Packed.readType(in);
            caller = new Address(type, (head & CALLER_HAS_SAME_ID) != 0 ? target.id() : Packed.readText(in));
        }
        TypedValue argument = Packed.readValue(in);
        @Nullable String trace = (head & HAS_TRACE) != 0 ? Packed.readText(in) : null;
        return new Message(target, caller, argument, trace);
    }
}
