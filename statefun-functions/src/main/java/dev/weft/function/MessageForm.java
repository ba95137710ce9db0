package dev.weft.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How a message is written: between subtasks, in a checkpoint, and while it waits to be sent. */
public final class MessageForm {

    private MessageForm() {}

    /** Writes a message, with the version of the form. */
    public static void write(Message message, DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Reads a message of whatever version. Throws {@link IOException} where the bytes are none. */
    public static Message read(DataInput in) throws IOException {
        throw new UnsupportedOperationException();
    }
}
