package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Schedule.CatchUp;
import dev.weft.workflow.Span;
import dev.weft.workflow.parts.Calendars;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import dev.weft.workflow.parts.Spans;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads what makes instances: events, intervals, a calendar, or the end of the one before. */
final class ScheduleReading {

    private static final List<String> KINDS = List.of("on", "every", "cron", "after");
    private static final String CRON =
            "five fields of cron, such as \"0 6 * * 1-5\": minute, hour, day, month, weekday";
    private static final String AT_ONCE = "as there is no instance yet that could compute it";

    private final Reading reading;
    private final Problems problems;

    ScheduleReading(Reading reading) {
        this.reading = reading;
        this.problems = reading.problems();
    }

    /**
     * Reads a schedule and closes its fields.
     *
     * @param metadata of the document
     */
    Optional<Schedule> read(Fields fields, Optional<Fields> metadata) {
        Optional<ZoneId> zone = metadata.flatMap(it ->
                it.optional("timezone").parsed("the name of a time zone, such as Europe/Berlin", Calendars::zone));
        CatchUp catchUp = metadata.flatMap(it -> it.optional("catchUp").oneOf(CatchUp.class))
                .orElse(CatchUp.SKIP);
        Body.Read read = fields.optional("read").oneOf(Body.Read.class).orElse(Body.Read.ENVELOPE);
        List<String> said = KINDS.stream().filter(fields::has).toList();
        Optional<Schedule> schedule = Optional.empty();
        if (said.size() > 1) {
            KINDS.forEach(fields::optional);
            problems.add(
                    fields.keyAt(said.get(1)),
                    fields.path(said.get(1)),
                    said.get(1) + " beside " + said.get(0),
                    "one of both");
        } else if (fields.has("every")) {
            schedule = interval(fields, "every").map(it -> new Schedule.Every(it, catchUp));
        } else if (fields.has("after")) {
            schedule = interval(fields, "after").map(Schedule.After::new);
        } else if (fields.has("cron")) {
            schedule = fields.optional("cron")
                    .parsed(CRON, Calendars::cron)
                    .map(it -> new Schedule.Cron(it, zone.orElse(ZoneOffset.UTC), catchUp));
        } else {
            KINDS.forEach(fields::optional);
            Optional<Await> events =
                    fields.required("on").fields().flatMap(it -> new Awaits(reading, Locals.NOTHING).read(it));
            schedule = events.map(it -> new Schedule.On(it, read));
        }
        fields.close();
        return schedule;
    }

    private Optional<Span> interval(Fields fields, String key) {
        Optional<Node> at = fields.optional(key).node(Spans.EXPECTED);
        Optional<Span.Fixed> span = at.flatMap(it -> new Spans(reading).fixed(it, AT_ONCE));
        if (key.equals("every") && span.isPresent() && span.get().duration().isZero()) {
            problems.add(at.orElseThrow(), "an interval of nothing", "a longer one");
            return Optional.empty();
        }
        return span.map(it -> it);
    }
}
