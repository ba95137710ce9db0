package dev.weft.workflow.host;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that came to one address of late, for those that will wait for them, and to know an event that comes twice.
 * The last thousand or so are kept, each for its time. Not safe for use by several threads.
 *
 * <p>Kept in segments, each a value of its own, that are written one after the other, around and around: an event that
 * comes changes one segment only, and the oldest segment makes room as a whole.
 */
final class EarlyEvents {

    /*
     * A segment: version; number of the segment since the first, by which its place is known; how many events; their
     * identities; the events. Identities stand together as each event that comes is compared with all of them.
     */

    static final int SEGMENTS = 16;

    private static final int VERSION = 1;
    private static final int PER_SEGMENT = 64;

    /** A segment that is larger takes no more, so that few large events do not make a value that cannot be kept. */
    private static final int FULL_BYTES = 1 << 20;

    private static final int HEAD = 1 + Long.BYTES + 1;

    private final byte[] @Nullable [] segments;

    /** The place of the segment that is written; -1 while there is none. */
    private int current = -1;

    /** Begins with what is kept; null for segments that are not. */
    EarlyEvents(byte[] @Nullable [] segments) throws UnreadableException {
        this.segments = segments;
        long last = -1;
        for (int i = 0; i < SEGMENTS; i++) {
            byte[] segment = segments[i];
            if (segment == null) {
                continue;
            }
            if (segment.length < HEAD || segment[0] != VERSION || segment.length < HEAD + Long.BYTES * count(segment)) {
                throw new UnreadableException("cannot read events that came early: found no segment of them");
            }
            if (number(segment) > last) {
                last = number(segment);
                current = i;
            }
        }
    }

    /** Returns whether an event of that identity is there. */
    boolean has(long identity) {
        for (byte[] segment : segments) {
            if (segment != null) {
                ByteBuffer buffer = ByteBuffer.wrap(segment);
                int count = count(segment);
                for (int i = 0; i < count; i++) {
                    if (buffer.getLong(HEAD + i * Long.BYTES) == identity) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Keeps an event. Returns the place of the segment that has changed. */
    int add(CorrelationMessage.Event event, long now) {
        byte[] before = current < 0 ? null : segments[current];
        if (before == null || count(before) >= PER_SEGMENT || before.length >= FULL_BYTES) {
            before = begun(before == null ? 0 : number(before) + 1);
            current = (current + 1) % SEGMENTS;
        }
        segments[current] = appended(before, event, now);
        return current;
    }

    private static byte[] begun(long number) {
        return ByteBuffer.allocate(HEAD).put((byte) VERSION).putLong(number).array();
    }

    private static byte[] appended(byte[] before, CorrelationMessage.Event event, long now) {
        byte[] added = new FormWriter(VERSION, event.json().length + 32)
                .signed(event.at())
                .signed(now + event.keepMillis())
                .bytes(event.json())
                .done();
        int count = count(before);
        int identitiesEnd = HEAD + count * Long.BYTES;
        ByteBuffer after = ByteBuffer.allocate(before.length + Long.BYTES + Integer.BYTES + added.length);
        after.put(before, 0, identitiesEnd).putLong(event.identity());
        after.put(before, identitiesEnd, before.length - identitiesEnd);
        after.putInt(added.length).put(added);
        after.put(HEAD - 1, (byte) (count + 1));
        return after.array();
    }

    /** Returns the envelopes of events that were put since then and are still to be kept, in the order they came. */
    List<byte[]> since(long since, long now) throws UnreadableException {
        List<byte[]> inOrder = new ArrayList<>(SEGMENTS);
        for (byte[] segment : segments) {
            if (segment != null) {
                inOrder.add(segment);
            }
        }
        inOrder.sort(Comparator.comparingLong(EarlyEvents::number));
        List<byte[]> events = new ArrayList<>();
        for (byte[] segment : inOrder) {
            int at = HEAD + count(segment) * Long.BYTES;
            while (at < segment.length) {
                int length = at > segment.length - Integer.BYTES
                        ? -1
                        : ByteBuffer.wrap(segment).getInt(at);
                at += Integer.BYTES;
                if (length < 0 || length > segment.length - at) {
                    throw new UnreadableException("cannot read an event that came early: found its end too soon");
                }
                FormReader in = new FormReader(
                        "an event that came early", Arrays.copyOfRange(segment, at, at + length), VERSION);
                at += length;
                long put = in.signed();
                long until = in.signed();
                if (put >= since && until > now) {
                    events.add(in.bytes());
                }
            }
        }
        return events;
    }

    byte @Nullable [] segment(int place) {
        return segments[place];
    }

    private static long number(byte[] segment) {
        return ByteBuffer.wrap(segment).getLong(1);
    }

    private static int count(byte[] segment) {
        return segment[HEAD - 1];
    }
}
