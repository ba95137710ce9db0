package dev.weft.event.flink;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the bytes of a record: a kind ({@code 0} event, {@code 1} refused), where it was read, and its key,
 * headers and value as they came. Texts and byte strings are preceded by their length, -1 for null. An event's
 * attributes are read from these bytes again when they are asked for.
 */
public final class WireFormat {

    /** The version that is written. */
    public static final int VERSION = 1;

    private static final int EVENT = 0;
    private static final int REFUSED = 1;

    private WireFormat() {}

    static void write(Received received, DataOutputView out) throws IOException {
        if (received instanceof RefusedRecord refused) {
            out.writeByte(REFUSED);
            writeText(refused.reason().code(), out);
            writeText(refused.detail(), out);
        } else {
            out.writeByte(EVENT);
        }
        Origin origin = received.origin();
        writeText(origin.topic(), out);
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.timestamp());
        writeRecord(received.wire(), out);
    }

    static Received read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case EVENT -> MeshEvent.stored(readOrigin(in), readRecord(in));
            case REFUSED -> readRefused(in);
            default -> throw new IOException("a record of kind " + kind + " was written by a newer Weft");
        };
    }

    private static RefusedRecord readRefused(DataInputView in) throws IOException {
        Reason reason = Reason.of(readText(in));
        String detail = readText(in);
        return new RefusedRecord(readOrigin(in), readRecord(in), reason, detail);
    }

    private static Origin readOrigin(DataInputView in) throws IOException {
        return new Origin(readText(in), in.readInt(), in.readLong(), in.readLong());
    }

    /** Writes key, headers and value. */
    public static void writeRecord(WireRecord wire, DataOutputView out) throws IOException {
        writeBytes(wire.key(), out);
        WireHeaders headers = wire.headers();
        out.writeInt(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            writeText(headers.name(i), out);
            writeBytes(headers.value(i), out);
        }
        writeBytes(wire.value(), out);
    }

    /** Reads what {@link #writeRecord} wrote. */
    public static WireRecord readRecord(DataInputView in) throws IOException {
        byte[] key = readBytes(in);
        int count = in.readInt();
        String[] names = new String[count];
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            names[i] = readText(in);
            values[i] = readBytes(in);
        }
        return new WireRecord(key, new WireHeaders(names, values), readBytes(in));
    }

    /** Writes a text as its length in bytes and its UTF-8. */
    public static void writeText(String text, DataOutputView out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    /** Reads what {@link #writeText} wrote. */
    public static String readText(DataInputView in) throws IOException {
        byte[] bytes = readBytes(in);
        if (bytes == null) {
            throw new IOException("a text is missing where one was written");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeBytes(byte @Nullable [] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
