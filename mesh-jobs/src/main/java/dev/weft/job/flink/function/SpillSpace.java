package dev.weft.job.flink.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The disk that one subtask may use for what does not fit into memory. Files are in a folder of their own, which is
 * made with the first of them and deleted by {@link #close}. Safe for use by several threads.
 */
final class SpillSpace implements AutoCloseable {

    private final Path parent;
    private final long capacity;
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger files = new AtomicInteger();
    private @Nullable Path folder;

    /**
     * Makes one.
     *
     * @param parent an existing folder
     * @param capacity in bytes, of what is {@linkplain #reserve reserved}
     */
    SpillSpace(Path parent, long capacity) {
        this.parent = parent;
        this.capacity = capacity;
    }

    /** Notes that so many bytes are to be written, unless that is more than there may be. */
    boolean reserve(long bytes) {
        if (used.get() + bytes > capacity) {
            return false;
        }
        used.addAndGet(bytes);
        return true;
    }

    /** Notes that so many bytes are to be written, even where that is more than there may be. */
    void reserveAnyway(long bytes) {
        used.addAndGet(bytes);
    }

    /** Notes that so many bytes are needed no more. */
    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Returns how many bytes are reserved. */
    long used() {
        return used.get();
    }

    /** Returns where a file may be written that is not there yet. */
    synchronized Path newFile() throws IOException {
        if (folder == null) {
            Files.createDirectories(parent);
            folder = Files.createTempDirectory(parent, "weft-functions-");
        }
        return folder.resolve(Integer.toString(files.incrementAndGet()));
    }

    @Override
    public synchronized void close() throws IOException {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(SpillSpace::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        folder = null;
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
