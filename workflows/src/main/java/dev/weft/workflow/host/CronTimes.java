package dev.weft.workflow.host;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The times that a UNIX cron expression means in a zone.
 *
 * <p>Where clocks are put forward, what is meant for the hour that is left out happens that much later by the clock, as
 * it would have by an elapsed time: 02:30 at 03:30. Where they are put back, it happens in the first of the two hours
 * that have the same name. An expression of every hour ({@code *}) knows of no change: it goes by what the clock shows,
 * so it leaves out what is left out and repeats what is repeated.
 */
final class CronTimes implements Times {

    private final ExecutionTime local;
    private final ZoneId zone;
    private final boolean isOfEveryHour;

    CronTimes(String expression, ZoneId zone) {
        this.local = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression));
        this.zone = zone;
        String hour = expression.strip().split("\\s+")[1];
        this.isOfEveryHour = hour.equals("*") || hour.equals("*/1");
    }

    @Override
    public OptionalLong after(long millis) {
        return isOfEveryHour ? byTheClock(millis) : onceEach(millis);
    }

    /** Each local time happens once: at its instant, or after the gap it falls into. */
    private OptionalLong onceEach(long millis) {
        ZonedDateTime begin = Instant.ofEpochMilli(millis).atZone(zone);
        // Local times that a gap has moved behind this instant are before it by the clock.
        ZoneOffsetTransition last =
                zone.getRules().previousTransition(begin.toInstant().plusMillis(1));
        LocalDateTime at = begin.toLocalDateTime();
        if (last != null && last.isGap() && at.isBefore(last.getDateTimeAfter().plus(last.getDuration()))) {
            at = at.minus(last.getDuration());
        }
        while (true) {
            LocalDateTime next = nextLocal(at);
            if (next == null) {
                return OptionalLong.empty();
            }
            long instant = ZonedDateTime.ofLocal(next, zone, null).toInstant().toEpochMilli();
            if (instant > millis) {
                return OptionalLong.of(instant);
            }
            at = next;
        }
    }

    /** What the clock shows decides, offset by offset. */
    private OptionalLong byTheClock(long millis) {
        Instant from = Instant.ofEpochMilli(millis);
        while (true) {
            ZoneOffset offset = zone.getRules().getOffset(from);
            LocalDateTime next = nextLocal(LocalDateTime.ofInstant(from, offset));
            if (next == null) {
                return OptionalLong.empty();
            }
            Instant instant = next.toInstant(offset);
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (change == null || instant.isBefore(change.getInstant())) {
                return OptionalLong.of(instant.toEpochMilli());
            }
            // On from the change, whose own minute may be meant.
            from = change.getInstant();
            LocalDateTime first = change.getDateTimeAfter();
            LocalDateTime meant = nextLocal(first.minusSeconds(1));
            if (meant != null && meant.equals(first)) {
                return OptionalLong.of(from.toEpochMilli());
            }
        }
    }

    /** The library is asked of a clock that is never changed. */
    private @Nullable LocalDateTime nextLocal(LocalDateTime at) {
        return local.nextExecution(at.atZone(ZoneOffset.UTC))
                .map(ZonedDateTime::toLocalDateTime)
                .orElse(null);
    }
}
