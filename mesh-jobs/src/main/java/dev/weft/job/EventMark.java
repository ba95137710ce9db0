package dev.weft.job;

import dev.weft.digest.Sha256;
import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is left of an event when it is remembered: enough to know it again in its channel.
 *
 * <p>The hash code is {@code place} alone: events of one record key must be asked in one place to stay in order, and
 * Flink finds the place by the hash code. So these are no good keys of a hash table.
 *
 * @param place a hash of the record's key; of a record without one, part of what follows
 * @param high with {@code low}, the first 128 bits of a SHA-256 over channel, source and id
 */
public record EventMark(int place, long high, long low) {

    @Override
    public int hashCode() {
        return place;
    }

    /*
     * What is hashed are the UTF-8 bytes of the channel's name, the source and the id, each behind its length in bytes,
     * so no two events are the same bytes. This is part of what state holds: it never changes.
     */
    /** Makes marks. Not safe for use by several threads. */
    public static final class Maker {

        private final MessageDigest digest = Sha256.begin();

        /** Returns the mark of an event that was read from that channel. */
        public EventMark of(String channel, MeshEvent event) {
            byte[] name = utf8(channel);
            byte[] source = utf8(Objects.requireNonNull(event.attribute("source")));
            byte[] id = utf8(event.getId());
            ByteBuffer bytes = ByteBuffer.allocate(3 * Integer.BYTES + name.length + source.length + id.length);
            bytes.putInt(name.length).put(name);
            bytes.putInt(source.length).put(source);
            bytes.putInt(id.length).put(id);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(bytes.array()));
            long high = hash.getLong();
            return new EventMark(place(event, high), high, hash.getLong());
        }

        private static int place(Received event, long high) {
            byte[] key = event.wire().key();
            return key == null ? (int) high : Arrays.hashCode(key);
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
