package dev.weft.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What functions of one id will send later. Not safe for use by several threads. */
public final class DelayRow {

    /** Keeps a message until its time; one that waits under the same token is replaced. */
    public void add(Message message, long due, @Nullable String token) {
        throw new UnsupportedOperationException();
    }

    /** Forgets the message of that token. Returns whether there was one. */
    public boolean cancel(String token) {
        throw new UnsupportedOperationException();
    }

    /** Takes out the messages whose time has come, the earliest first. */
    public List<Message> takeDue(long now) {
        throw new UnsupportedOperationException();
    }

    /** Returns when the next message is to be sent, milliseconds since 1970; the last of all times if none is. */
    public long due() {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    /** Returns about how many bytes of memory the row takes. */
    public long weight() {
        throw new UnsupportedOperationException();
    }

    /** Writes the row, with the version of the form. */
    public void write(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Reads a row of whatever version. Throws {@link IOException} where the bytes are none. */
    public static DelayRow read(DataInput in) throws IOException {
        throw new UnsupportedOperationException();
    }
}
