package dev.weft.function.jvm;

import dev.weft.function.Address;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts functions that do not return to the task's thread, and logs where they are.
 *
 * <p>Most that waits for something ends when it is interrupted. A function that ignores that, such as a loop without
 * end, cannot be stopped in a JVM: it holds its task until the job is ended, and is interrupted and logged again and
 * again.
 */
final class Watchdog implements AutoCloseable {

    /*
     * The state is the number of the call and its phase. Whoever wants to interrupt has to turn RUNNING into
     * INTERRUPTING first, and the task's thread has to turn RUNNING into NOTHING before it goes on: only one of them
     * can. If it was the watchdog, the thread waits for the interrupt to have come, and takes it back. So nothing but
     * a function is ever interrupted by it. An interrupt that others sent at the same time is taken back too; Flink,
     * which sends them to end a task, repeats them.
     */
    private static final int NOTHING = 0;
    private static final int RUNNING = 1;
    private static final int INTERRUPTING = 2;
    private static final int INTERRUPTED = 3;
    private static final int PHASES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final int LOGGED_FRAMES = 30;

    /** How often it looks within a timeout. */
    private static final int LOOKS = 10;

    private final AtomicLong state = new AtomicLong();
    private final long timeoutMillis;
    private final ScheduledExecutorService watcher;

    // Written by the task's thread before it writes the state, read by the watcher after it has read that.
    private @Nullable Thread task;
    private @Nullable Address address;

    private long number;

    // The watcher's own: which state it saw last, and how often in a row.
    private long seen;
    private int looks;

    Watchdog(Duration timeout) {
        timeoutMillis = timeout.toMillis();
        watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "function-watchdog");
            thread.setDaemon(true);
            thread.setContextClassLoader(Watchdog.class.getClassLoader());
            return thread;
        });
    }

    /** Notes that this thread begins to run a function. */
    void begin(Address called) {
        if (task == null) {
            task = Thread.currentThread();
            long millis = Math.max(1, timeoutMillis / LOOKS);
            watcher.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        }
        address = called;
        number += PHASES + 1;
        state.lazySet(number | RUNNING);
    }

    /** Notes that the function has returned. Returns whether it was interrupted. */
    boolean end() {
        if (state.compareAndSet(number | RUNNING, number)) {
            return false;
        }
        while (!state.compareAndSet(number | INTERRUPTED, number)) {
            Thread.onSpinWait(); // another thread is just interrupting this one
        }
        Thread.interrupted();
        return true;
    }

    private void look() {
        long now = state.get();
        if ((now & PHASES) == NOTHING || now != seen) {
            seen = now;
            looks = 0;
        } else if (++looks >= LOOKS) {
            looks = 0;
            interrupt(now);
            seen = state.get();
        }
    }

    private void interrupt(long now) {
        long call = now & ~PHASES;
        Thread thread = task;
        if (thread == null || !state.compareAndSet(now, call | INTERRUPTING)) {
            return;
        }
        LOG.warn(
                "The function at {} has not returned within {} ms, and is interrupted. It is at{}",
                address,
                timeoutMillis,
                place(thread.getStackTrace()));
        thread.interrupt();
        state.set(call | INTERRUPTED);
    }

    private static String place(StackTraceElement[] stack) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(stack.length, LOGGED_FRAMES); i++) {
            text.append("\n    ").append(stack[i]);
        }
        return text.toString();
    }

    /** Ends the watch. */
    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
