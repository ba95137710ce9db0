package dev.weft.job.cli;

import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Records in a file, as there may be more of them than memory takes. First all are put, then any can be taken. The file
 * has no name once it is open, so nothing of it is left whatever becomes of the process.
 */
final class Spill implements AutoCloseable {

    private static final int NONE = -1;

    private final FileChannel file;
    private final DataOutputStream out;
    private long written;

    Spill() throws IOException {
        Path path = Files.createTempFile("weft-redrive", ".records");
        this.file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
    }

    /** Appends a record and returns its place. */
    long put(WireRecord record) throws IOException {
        long place = written;
        WireHeaders headers = record.headers();
        write(record.key());
        write(record.value());
        out.writeInt(headers.size());
        written += Integer.BYTES;
        for (int i = 0; i < headers.size(); i++) {
            write(headers.name(i).getBytes(StandardCharsets.UTF_8));
            write(headers.value(i));
        }
        return place;
    }

    private void write(byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? NONE : bytes.length);
        written += Integer.BYTES;
        if (bytes != null) {
            out.write(bytes);
            written += bytes.length;
        }
    }

    /** Returns how many bytes were put. */
    long size() {
        return written;
    }

    /** Returns the record that was put at {@code place}. */
    WireRecord take(long place, int length) throws IOException {
        out.flush();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, place + bytes.position()) < 0) {
                throw new EOFException("no record of " + length + " bytes at " + place);
            }
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.array()));
        byte[] key = read(in);
        byte[] value = read(in);
        WireHeaders.Builder headers = new WireHeaders.Builder();
        for (int left = in.readInt(); left > 0; left--) {
            byte[] name = read(in);
            headers.add(name == null ? "" : new String(name, StandardCharsets.UTF_8), read(in));
        }
        return new WireRecord(key, headers.build(), value);
    }

    private static byte @Nullable [] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : in.readNBytes(length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
