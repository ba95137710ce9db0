package dev.weft.workflow.host;

import dev.weft.workflow.engine.Engine;
import java.util.function.LongSupplier;

/**
 * What all functions of one task share.
 *
 * @param clock milliseconds since 1970
 * @param nanoTime shows how long expressions take
 */
record Hosting(
        WorkflowBook book,
        HostSettings settings,
        Engine engine,
        LongSupplier clock,
        LongSupplier nanoTime,
        InstanceObserver observer) {

    /** Makes one where nobody counts. */
    Hosting(WorkflowBook book, HostSettings settings, Engine engine, LongSupplier clock, LongSupplier nanoTime) {
        this(book, settings, engine, clock, nanoTime, InstanceObserver.NOBODY);
    }
}
