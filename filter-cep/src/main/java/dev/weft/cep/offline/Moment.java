package dev.weft.cep.offline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened at one key when an event came, or when a time was over.
 *
 * @param time milliseconds since 1970
 * @param event null if it was not an event that made it happen
 */
public record Moment(long time, @Nullable TimedEvent event, List<Happening> happenings) {

    public Moment {
        happenings = List.copyOf(happenings);
    }
}
