package dev.weft.job.flink.function;

import dev.weft.function.Message;
import dev.weft.function.MessageForm;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.util.ResourceGuard;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are on their way at a checkpoint, by the key group of their target; in memory while they fit, else
 * on disk. Used by one thread at a time.
 *
 * <p>Form of a key group in the checkpoint: the version, and then pieces, each its length in bytes and so many bytes of
 * messages, one behind the other; a piece of length 0 is the end. Every key group is written, also one without
 * messages.
 */
final class LoopLog implements AutoCloseable {

    private static final int VERSION = 1;

    private final KeyGroupRange range;
    private final int maxParallelism;
    private final long capacity;
    private final SpillSpace space;
    private final @Nullable DataOutputSerializer[] groups;
    private final List<Run> runs = new ArrayList<>();
    private long inMemory;
    private long onDisk;

    private @Nullable KeyedStateCheckpointOutputStream out;
    private ResourceGuard.@Nullable Lease lease;

    /** A file of messages in the order of key groups, and where in it those of each key group begin. */
    private record Run(Path file, long[] begins) {}

    /**
     * Makes an empty log.
     *
     * @param capacity of the memory, in bytes, about
     */
    LoopLog(KeyGroupRange range, int maxParallelism, long capacity, SpillSpace space) {
        this.range = range;
        this.maxParallelism = maxParallelism;
        this.capacity = capacity;
        this.space = space;
        this.groups = new DataOutputSerializer[range.getNumberOfKeyGroups()];
    }

    /** Adds a message behind all others. */
    void add(Message message) throws IOException {
        int group = KeyGroupRangeAssignment.assignToKeyGroup(message.target().id(), maxParallelism)
                - range.getStartKeyGroup();
        DataOutputSerializer bytes = groups[group];
        if (bytes == null) {
            bytes = new DataOutputSerializer(256);
            groups[group] = bytes;
        }
        int before = bytes.length();
        MessageForm.write(message, bytes);
        inMemory += bytes.length() - before;
        if (inMemory > capacity) {
            spill();
        }
    }

    private void spill() throws IOException {
        Path file = space.newFile();
        long[] begins = new long[groups.length + 1];
        try (OutputStream to = Files.newOutputStream(file)) {
            for (int i = 0; i < groups.length; i++) {
                DataOutputSerializer bytes = groups[i];
                if (bytes != null) {
                    to.write(bytes.getSharedBuffer(), 0, bytes.length());
                }
                begins[i + 1] = begins[i] + (bytes == null ? 0 : bytes.length());
                groups[i] = null;
            }
        }
        runs.add(new Run(file, begins));
        onDisk += inMemory;
        inMemory = 0;
    }

    /** Says where the log is to be written; the checkpoint is not complete before the log is closed. */
    void goesTo(KeyedStateCheckpointOutputStream stream) throws IOException {
        out = stream;
        lease = stream.acquireLease();
    }

    /** Writes all key groups, if it was said where to. */
    void write() throws IOException {
        KeyedStateCheckpointOutputStream stream = out;
        if (stream == null) {
            return;
        }
        DataOutputStream to = new DataOutputStream(stream);
        List<FileChannel> files = new ArrayList<>();
        try {
            for (Run run : runs) {
                files.add(FileChannel.open(run.file()));
            }
            for (int i = 0; i < groups.length; i++) {
                stream.startNewKeyGroup(range.getStartKeyGroup() + i);
                to.writeInt(VERSION);
                for (int run = 0; run < files.size(); run++) {
                    long[] begins = runs.get(run).begins();
                    copy(files.get(run), begins[i], begins[i + 1], to);
                }
                DataOutputSerializer bytes = groups[i];
                if (bytes != null) {
                    to.writeInt(bytes.length());
                    to.write(bytes.getSharedBuffer(), 0, bytes.length());
                }
                to.writeInt(0);
            }
            to.flush();
        } finally {
            for (FileChannel file : files) {
                file.close();
            }
        }
    }

    private static void copy(FileChannel file, long begin, long end, DataOutputStream to) throws IOException {
        if (begin == end) {
            return;
        }
        file.position(begin);
        DataInputStream in = new DataInputStream(Channels.newInputStream(file));
        byte[] piece = new byte[Math.toIntExact(end - begin)];
        in.readFully(piece);
        to.writeInt(piece.length);
        to.write(piece);
    }

    /**
     * Reads what {@link #write} wrote of one key group. Throws {@link IOException} where the bytes are none of it.
     *
     * @return how many messages there were
     */
    static long read(InputStream stream, SpillingQueue.Taker taker) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("messages of the version " + version + " were written by a newer Weft");
        }
        long count = 0;
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            byte[] piece = new byte[length];
            in.readFully(piece);
            DataInputDeserializer messages = new DataInputDeserializer(piece);
            while (messages.available() > 0) {
                taker.take(MessageForm.read(messages));
                count++;
            }
        }
        return count;
    }

    /** Returns how many bytes it holds, in memory and on disk. */
    long bytes() {
        return inMemory + onDisk;
    }

    /** Lets the checkpoint complete, or fail, and forgets everything. */
    @Override
    public void close() throws IOException {
        if (lease != null) {
            lease.close();
            lease = null;
        }
        for (Run run : runs) {
            Files.deleteIfExists(run.file());
        }
        runs.clear();
    }
}
