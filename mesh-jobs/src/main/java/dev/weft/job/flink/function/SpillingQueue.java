package dev.weft.job.flink.function;

import dev.weft.function.Message;
import dev.weft.function.MessageForm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait, first in, first out. As many as fit are in memory, those behind them on disk. Not safe for use by
 * several threads.
 */
final class SpillingQueue {

    /*
     * The front is objects, as most messages are taken soon. Once it is full, what comes is written into the back,
     * which becomes a file when it is long enough; from then on everything goes through the back until all files have
     * been read, one at a time, so that the order is kept.
     */

    /** How long a file is, in bytes, unless one message is longer. */
    private static final int FILE_BYTES = 1 << 20;

    private final long capacity;
    private final SpillSpace space;
    private final ArrayDeque<Message> front = new ArrayDeque<>();
    private final ArrayDeque<Segment> files = new ArrayDeque<>();
    private final DataOutputSerializer back = new DataOutputSerializer(256);
    private int inBack;
    private long frontBytes;
    private long fileBytes;
    private long size;

    /** Messages in a file. */
    private record Segment(Path file, int messages, int bytes) {}

    /** Takes a message that is given. */
    interface Taker {
        void take(Message message) throws IOException;
    }

    /**
     * Makes an empty queue.
     *
     * @param capacity of the memory, in bytes, about
     * @param space where the rest goes
     */
    SpillingQueue(long capacity, SpillSpace space) {
        this.capacity = capacity;
        this.space = space;
    }

    /** Adds a message at the end. Returns false, and has not added it, where there is no more room. */
    boolean add(Message message) throws IOException {
        return add(message, false);
    }

    /** Adds a message at the end, even where there is no more room. */
    void addAnyway(Message message) throws IOException {
        add(message, true);
    }

    private boolean add(Message message, boolean anyway) throws IOException {
        if (files.isEmpty() && inBack == 0 && frontBytes < capacity) {
            front.add(message);
            frontBytes += message.weight();
            size++;
            return true;
        }
        int before = back.length();
        MessageForm.write(message, back);
        int bytes = back.length() - before;
        if (anyway) {
            space.reserveAnyway(bytes);
        } else if (!space.reserve(bytes)) {
            back.setPosition(before);
            return false;
        }
        inBack++;
        size++;
        if (back.length() >= FILE_BYTES) {
            flush();
        }
        return true;
    }

    private void flush() throws IOException {
        Path file = space.newFile();
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(back.getSharedBuffer(), 0, back.length());
        }
        files.add(new Segment(file, inBack, back.length()));
        fileBytes += back.length();
        clearBack();
    }

    private void clearBack() {
        back.clear();
        inBack = 0;
    }

    /** Takes out the first message; null if there is none. */
    @Nullable
    Message poll() throws IOException {
        if (front.isEmpty()) {
            refill();
        }
        Message first = front.poll();
        if (first != null) {
            frontBytes -= first.weight();
            size--;
        }
        return first;
    }

    private void refill() throws IOException {
        Segment next = files.poll();
        if (next != null) {
            byte[] bytes = Files.readAllBytes(next.file());
            Files.delete(next.file());
            fileBytes -= next.bytes();
            space.release(next.bytes());
            read(bytes, bytes.length, this::addToFront);
        } else if (inBack > 0) {
            space.release(back.length());
            read(back.getSharedBuffer(), back.length(), this::addToFront);
            clearBack();
        }
    }

    private void addToFront(Message message) {
        front.add(message);
        frontBytes += message.weight();
    }

    private static void read(byte[] bytes, int length, Taker taker) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes, 0, length);
        while (in.available() > 0) {
            taker.take(MessageForm.read(in));
        }
    }

    /** Gives every message, the first first, and keeps it. */
    void forEach(Taker taker) throws IOException {
        for (Message message : front) {
            taker.take(message);
        }
        for (Segment segment : files) {
            byte[] bytes = Files.readAllBytes(segment.file());
            read(bytes, bytes.length, taker);
        }
        read(back.getSharedBuffer(), back.length(), taker);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns whether messages have to go to disk, or nearly. */
    boolean isLong() {
        return size > front.size() || frontBytes >= capacity;
    }

    /** Returns how many messages wait. */
    long size() {
        return size;
    }

    /** Returns about how many bytes of memory the messages take. */
    long bytes() {
        return frontBytes + back.length();
    }

    /** Returns how many bytes are in files. */
    long bytesOnDisk() {
        return fileBytes;
    }
}
