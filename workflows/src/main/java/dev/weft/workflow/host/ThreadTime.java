package dev.weft.workflow.host;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * The clock by which expressions have their time: what the thread has had of a processor, in nanoseconds, so that a
 * pause of the machine fails no instance. A look at it may take microseconds.
 */
public final class ThreadTime {

    private ThreadTime() {}

    /** Returns the clock; where threads' times are not known, the one given. */
    public static LongSupplier or(LongSupplier nanoTime) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads::getCurrentThreadCpuTime
                : nanoTime;
    }
}
