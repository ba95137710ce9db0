package dev.weft.job.flink;

import dev.weft.event.MeshEvent;
import java.util.List;

/**
 * An event that waits for its route to go on.
 *
 * @param event as it was read
 * @param time the event time it came with
 * @param written the channels that have it already
 */
record ParkedEvent(MeshEvent event, long time, List<String> written) {

    ParkedEvent {
        written = List.copyOf(written);
    }
}
