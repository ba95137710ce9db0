package dev.weft.job.flink.function;

import dev.weft.function.FunctionCatalog;
import dev.weft.function.Message;
import java.io.Serializable;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.MetricGroup;

/** Opens the functions of a job, once for each subtask. */
public interface CatalogFactory extends Serializable {

    /** Opens them. */
    Opened open(Opening opening) throws Exception;

    /**
     * Where functions are opened.
     *
     * @param userCode where Flink has the classes of the job
     * @param kept what {@link Companion#kept} gave for the checkpoint from which the job goes on; nothing in a new job
     * @param counted what some subtasks gave as {@link Companion#counted} for it, each given to one
     * @param metrics where functions count that count themselves
     * @param clock milliseconds since 1970
     * @param nanoTime shows how long things take
     */
    record Opening(
            ClassLoader userCode,
            List<byte[]> kept,
            List<byte[]> counted,
            MetricGroup metrics,
            LongSupplier clock,
            LongSupplier nanoTime) {}

    /**
     * Functions that can be called.
     *
     * @param closing is closed when none is called any more
     */
    record Opened(FunctionCatalog catalog, AutoCloseable closing, Companion companion) {

        /** Of functions that are called, and nothing else. */
        public Opened(FunctionCatalog catalog, AutoCloseable closing) {
            this(catalog, closing, Companion.NONE);
        }
    }

    /** What functions have to do with the life of the job. Called by the task's thread. */
    interface Companion {

        /** Has nothing to do with it. */
        Companion NONE = new Companion() {};

        /** Returns what is sent whenever the job starts; each subtask takes what is for its ids. */
        default List<Message> atStart() {
            return List.of();
        }

        /** Returns what is kept beside what functions keep; the same in every subtask. */
        default List<byte[]> kept() {
            return List.of();
        }

        /** Returns what only this subtask has counted, in parts that any subtask may go on from. */
        default List<byte[]> counted() {
            return List.of();
        }

        /** All messages that came so far are in that checkpoint, if it completes. */
        default void checkpointBegun(long checkpoint) {}

        /** That checkpoint can be gone back to; nothing before it is. */
        default void checkpointCompleted(long checkpoint) {}

        /** No further checkpoint comes until all that is under way is done. */
        default void drained() {}
    }
}
