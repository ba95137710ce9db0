package dev.weft.job.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish to end, as Ctrl-C or a signal expresses it. The process does not end before this is closed, so that what was
 * started can be stopped in order.
 */
final class CtrlC implements AutoCloseable {

    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(90);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::askAndWait, "weft-ctrl-c");

    private CtrlC() {}

    static CtrlC listen() {
        CtrlC listening = new CtrlC();
        Runtime.getRuntime().addShutdownHook(listening.hook);
        return listening;
    }

    /** Waits so long, or until somebody wants the end; returns whether somebody does. */
    boolean isPressedWithin(Duration time) throws InterruptedException {
        return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isPressed() {
        return asked.getCount() == 0;
    }

    /** Lets the process end. */
    @Override
    public void close() {
        done.countDown();
        if (!isPressed()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void askAndWait() {
        asked.countDown();
        try {
            if (!done.await(LONGEST_FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
