package dev.weft.job.cli;

import dev.weft.cep.offline.TimedEvent;
import dev.weft.event.PayloadReaders;
import dev.weft.event.Rfc3339;
import java.util.ArrayList;
import java.util.List;

/** Events of files, each of which says when it happened. */
final class EventsInTime {

    private EventsInTime() {}

    /** Reads every event of the files, numbered from 1 through all of them. */
    static List<TimedEvent> read(Shell shell, List<String> files, PayloadReaders payloads) throws CommandFailure {
        List<TimedEvent> events = new ArrayList<>();
        for (String file : files) {
            int before = events.size();
            EventText.readAll(
                    shell,
                    file,
                    event -> events.add(TimedEvent.of(events.size() + 1, event, payloads)
                            .orElseThrow(() -> CommandFailure.input(
                                    "%s: event %d has no time (%s); patterns need to know when it happened"
                                            .formatted(InputFile.named(file), events.size() + 1 - before, event)))));
        }
        return events;
    }

    /**
     * Returns the milliseconds since 1970 that {@code text} means.
     *
     * @param option where it was typed, such as {@code weft cep test: --until}
     */
    static long moment(String option, String text) throws CommandFailure {
        long millis = Rfc3339.epochMillis(text);
        if (millis == Rfc3339.NOT_A_TIMESTAMP) {
            throw CommandFailure.input(
                    "%s: found \"%s\", expected a time such as 2026-11-21T03:00:00Z".formatted(option, text));
        }
        return millis;
    }
}
