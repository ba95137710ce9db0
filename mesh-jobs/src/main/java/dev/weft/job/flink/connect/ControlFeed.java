package dev.weft.job.flink.connect;

import dev.weft.event.Received;
import java.io.Serializable;
import java.util.List;

/**
 * What stands on a control channel, read in order by one subtask. Every subtask reads all of it, so no two need to
 * agree on who tells whom. For one thread.
 */
public interface ControlFeed extends AutoCloseable {

    /** Waits a while for something to be there, and returns what is; nothing is left out. */
    List<Received> poll() throws InterruptedException;

    /** Returns the offset after the last record that was returned. */
    long position();

    @Override
    void close();

    /** Opens feeds on the subtasks. */
    interface Opening extends Serializable {

        /** Opens a feed of everything from that offset on; from the start where there is nothing any more. */
        ControlFeed open(long from);
    }
}
