package dev.weft.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The one folder a local mesh writes to, held by one process at a time. What Kafka keeps survives the process; what is
 * temporary is deleted when the folder is closed, and when it is opened after a crash.
 */
public final class WorkFolder implements AutoCloseable {

    private static final long NEEDED_MEGABYTES = 512;

    private final Path folder;
    private final FileChannel lockFile;

    private WorkFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /**
     * Opens {@code folder}, making it if need be.
     *
     * @throws StartFailure if another process holds it, it cannot be written to, or its disk is nearly full
     */
    public static WorkFolder open(Path folder) throws StartFailure {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            requireSpace(absolute, NEEDED_MEGABYTES);
            WorkFolder opened = new WorkFolder(absolute, lock(absolute.resolve("lock"), absolute));
            opened.clearTemporary();
            return opened;
        } catch (IOException e) {
            throw StartFailure.notWritable(absolute, e);
        }
    }

    /** Returns the folder itself, absolute. */
    public Path path() {
        return folder;
    }

    /** Returns where the broker keeps its logs: topics survive from one run to the next. */
    public Path kafka() {
        return folder.resolve("kafka");
    }

    /** Returns where Flink keeps checkpoints and its own temporary files. */
    public Path flink() {
        return folder.resolve("flink");
    }

    /** Returns where log files go. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** Returns the folder for files nobody needs after this process. */
    public Path temporary() {
        return folder.resolve("tmp");
    }

    /**
     * Makes this process put its temporary files, native libraries among them, into {@link #temporary()}. Must come
     * before the first temporary file: the JDK and the libraries read these properties once.
     */
    public void keepTemporaryFilesHere() {
        String here = temporary().toString();
        System.setProperty("java.io.tmpdir", here);
        System.setProperty("org.xerial.snappy.tempdir", here);
        System.setProperty("ZstdTempFolder", here);
    }

    /** Deletes what is temporary and lets other processes have the folder. */
    @Override
    public void close() throws IOException {
        try (lockFile) {
            FileTree.delete(temporary());
        }
    }

    private void clearTemporary() throws IOException {
        FileTree.delete(temporary());
        Files.createDirectories(temporary());
    }

    static void requireSpace(Path folder, long neededMegabytes) throws StartFailure, IOException {
        long freeMegabytes = Files.getFileStore(folder).getUsableSpace() >> 20;
        if (freeMegabytes < neededMegabytes) {
            throw StartFailure.diskFull(folder, freeMegabytes, neededMegabytes);
        }
    }

    /** The lock is the operating system's, so it goes with the process however that ends. */
    static FileChannel lock(Path file, Path folder) throws IOException, StartFailure {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw StartFailure.folderInUse(folder);
        }
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
