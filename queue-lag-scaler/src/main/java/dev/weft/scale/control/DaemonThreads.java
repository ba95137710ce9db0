package dev.weft.scale.control;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no process alive. They are called {@code weft-scaler-NAME-1}, {@code -2} and so on. */
public final class DaemonThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger number = new AtomicInteger();

    /** Makes a factory of threads for one kind of work. */
    public DaemonThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "weft-scaler-" + name + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
