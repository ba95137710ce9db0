package dev.weft.function;

import dev.weft.function.ValueDeclaration.Expiration;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one address, and when they are to be forgotten. Not safe for use by several threads.
 *
 * <p>A value keeps the terms of the declaration it was written under, until it is written again.
 */
public final class AddressRow {

    private static final int VERSION = 1;

    private static final Expiration[] EXPIRATIONS = Expiration.values();

    /** About what objects cost, in bytes; only what a cache may hold depends on it. */
    private static final int BASE_WEIGHT = 80;

    private static final int VALUE_WEIGHT = 120;

    /** Few, so that a walk through them is faster than a map. */
    private final List<Kept> values = new ArrayList<>(2);

    private long valueBytes;
    private long due = Long.MAX_VALUE;
    private boolean countsCalls;

    /** Returns the value of that name, or null where there is none or its time is over. */
    public @Nullable TypedValue get(String name, long now) {
        Kept kept = find(name);
        return kept == null || kept.until <= now ? null : kept.value;
    }

    /**
     * A value as it is kept.
     *
     * @param until when it is to be forgotten, milliseconds since 1970; the last of all times for never
     */
    public record Value(String name, TypedValue value, long until) {}

    /** Returns all values, those included whose time is over and that are not forgotten yet, by their names. */
    public List<Value> values() {
        return values.stream()
                .map(kept -> new Value(kept.name, kept.value, kept.until))
                .sorted(Comparator.comparing(Value::name))
                .toList();
    }

    /** Keeps a value. */
    public void put(ValueDeclaration declaration, TypedValue value, long now) {
        Kept kept = find(declaration.name());
        if (kept == null) {
            kept = new Kept(declaration.name(), value);
            values.add(kept);
        } else {
            valueBytes -= kept.value.bytes().length;
        }
        valueBytes += value.bytes().length;
        kept.value = value;
        long millis = declaration.expireAfter().toMillis();
        kept.expiration = millis <= 0 ? Expiration.NEVER : declaration.expiration();
        kept.millis = kept.expiration == Expiration.NEVER ? 0 : millis;
        kept.begin(now);
        countsCalls |= kept.expiration == Expiration.AFTER_CALL;
        look();
    }

    /** Forgets a value. */
    public void remove(String name) {
        Kept kept = find(name);
        if (kept != null) {
            values.remove(kept);
            valueBytes -= kept.value.bytes().length;
            look();
        }
    }

    /** Notes that the function was called. Returns whether that makes the row another. */
    public boolean touch(long now) {
        if (!countsCalls) {
            return false;
        }
        boolean changed = false;
        for (Kept kept : values) {
            if (kept.expiration == Expiration.AFTER_CALL && kept.until > now) {
                long until = kept.until;
                kept.begin(now);
                changed |= kept.until != until;
            }
        }
        if (changed) {
            look();
        }
        return changed;
    }

    /** Forgets the values whose time is over. Returns whether there were any. */
    public boolean expire(long now) {
        if (due > now) {
            return false;
        }
        for (int i = values.size() - 1; i >= 0; i--) {
            if (values.get(i).until <= now) {
                valueBytes -= values.remove(i).value.bytes().length;
            }
        }
        look();
        return true;
    }

    /** Returns when the next value is to be forgotten, milliseconds since 1970; the last of all times if none is. */
    public long due() {
        return due;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns how many bytes the values have, those included whose time is over and that are not forgotten yet. */
    public long valueBytes() {
        return valueBytes;
    }

    /** Returns about how many bytes of memory the row takes. */
    public long weight() {
        return BASE_WEIGHT + (long) VALUE_WEIGHT * values.size() + valueBytes;
    }

    /** Writes the row, with the version of the form. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Packed.writeSize(out, values.size());
        for (Kept kept : values) {
            Packed.writeText(out, kept.name);
            out.writeByte(kept.expiration.ordinal());
            if (kept.expiration != Expiration.NEVER) {
                Packed.writeSize(out, kept.millis);
                out.writeLong(kept.until);
            }
            Packed.writeValue(out, kept.value);
        }
    }

    /** Reads a row of whatever version. Throws {@link IOException} where the bytes are none. */
    public static AddressRow read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("found values of version " + version + ", expected " + VERSION);
        }
        AddressRow row = new AddressRow();
        for (long left = Packed.readSize(in); left > 0; left--) {
            row.values.add(row.readKept(in));
        }
        row.look();
        return row;
    }

    private Kept readKept(DataInput in) throws IOException {
        String name = Packed.readName(in);
        int expiration = in.readUnsignedByte();
        if (expiration >= EXPIRATIONS.length) {
            throw new IOException(
                    "found expiration " + expiration + " of a value, expected less than " + EXPIRATIONS.length);
        }
        boolean expires = EXPIRATIONS[expiration] != Expiration.NEVER;
        long millis = expires ? Packed.readSize(in) : 0;
        long until = expires ? in.readLong() : Long.MAX_VALUE;
        Kept kept = new Kept(name, Packed.readValue(in));
        kept.expiration = EXPIRATIONS[expiration];
        kept.millis = millis;
        kept.until = until;
        valueBytes += kept.value.bytes().length;
        countsCalls |= kept.expiration == Expiration.AFTER_CALL;
        return kept;
    }

    private @Nullable Kept find(String name) {
        for (int i = 0; i < values.size(); i++) {
            Kept kept = values.get(i);
            if (kept.name.equals(name)) {
                return kept;
            }
        }
        return null;
    }

    private void look() {
        due = Long.MAX_VALUE;
        for (int i = 0; i < values.size(); i++) {
            due = Math.min(due, values.get(i).until);
        }
    }

    private static final class Kept {

        private final String name;
        private TypedValue value;
        private Expiration expiration = Expiration.NEVER;
        private long millis;
        private long until = Long.MAX_VALUE;

        Kept(String name, TypedValue value) {
            this.name = name;
            this.value = value;
        }

        void begin(long now) {
            until = expiration == Expiration.NEVER || now > Long.MAX_VALUE - millis ? Long.MAX_VALUE : now + millis;
        }
    }
}
