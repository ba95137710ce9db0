package dev.weft.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What functions of one id will send later. Not safe for use by several threads.
 *
 * <p>Messages of one time are sent in the order in which they were asked for.
 */
public final class DelayRow {

    private static final int VERSION = 1;

    /** About what objects cost, in bytes; only what a cache may hold depends on it. */
    private static final int BASE_WEIGHT = 150;

    private static final int DELAYED_WEIGHT = 100;
    private static final int TOKEN_WEIGHT = 100;

    private static final Comparator<Delayed> ORDER =
            Comparator.comparingLong(Delayed::due).thenComparingLong(Delayed::number);

    private final TreeSet<Delayed> waiting = new TreeSet<>(ORDER);
    private final Map<String, Delayed> byToken = new HashMap<>(2);
    private long next;
    private long weight = BASE_WEIGHT;

    /** Keeps a message until its time; one that waits under the same token is replaced. */
    public void add(Message message, long due, @Nullable String token) {
        if (token != null) {
            cancel(token);
        }
        Delayed delayed = new Delayed(message, Math.min(due, Long.MAX_VALUE - 1), token, next++);
        waiting.add(delayed);
        if (token != null) {
            byToken.put(token, delayed);
        }
        weight += delayed.weight();
    }

    /** Forgets the message of that token. Returns whether there was one. */
    public boolean cancel(String token) {
        Delayed delayed = byToken.get(token);
        if (delayed != null) {
            remove(delayed);
        }
        return delayed != null;
    }

    /** Returns what waits, the earliest first. */
    public List<Delayed> waiting() {
        return List.copyOf(waiting);
    }

    /** Takes out the messages whose time has come, the earliest first. */
    public List<Message> takeDue(long now) {
        List<Message> messages = new ArrayList<>(1);
        while (!isEmpty() && due() <= now) {
            Delayed first = waiting.first();
            remove(first);
            messages.add(first.message);
        }
        return messages;
    }

    private void remove(Delayed delayed) {
        waiting.remove(delayed);
        if (delayed.token != null) {
            byToken.remove(delayed.token);
        }
        weight -= delayed.weight();
    }

    /** Returns when the next message is to be sent, milliseconds since 1970; the last of all times if none is. */
    public long due() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.first().due;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns about how many bytes of memory the row takes. */
    public long weight() {
        return weight;
    }

    /** Writes the row, with the version of the form. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Packed.writeSize(out, waiting.size());
        for (Delayed delayed : waiting) {
            out.writeLong(delayed.due);
            out.writeBoolean(delayed.token != null);
            if (delayed.token != null) {
                Packed.writeText(out, delayed.token);
            }
            MessageForm.write(delayed.message, out);
        }
    }

    /** Reads a row of whatever version. Throws {@link IOException} where the bytes are none. */
    public static DelayRow read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("found delayed messages of version " + version + ", expected " + VERSION);
        }
        DelayRow row = new DelayRow();
        for (long left = Packed.readSize(in); left > 0; left--) {
            long due = in.readLong();
            String token = in.readBoolean() ? Packed.readText(in) : null;
            row.add(MessageForm.read(in), due, token);
        }
        return row;
    }

    /**
     * One message that waits.
     *
     * @param due when it is to be sent, milliseconds since 1970
     * @param token by which it can be taken back; null for none
     * @param number counts the messages of the row, in the order in which they were asked for
     */
    public record Delayed(
            Message message, long due, @Nullable String token, long number) {

        private long weight() {
            return DELAYED_WEIGHT + message.weight() + (token == null ? 0 : TOKEN_WEIGHT + token.length());
        }
    }
}
