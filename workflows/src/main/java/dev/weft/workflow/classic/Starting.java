package dev.weft.workflow.classic;

import com.cronutils.mapper.CronMapper;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.IsoDuration;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Schedule.CatchUp;
import dev.weft.workflow.Span;
import dev.weft.workflow.parts.Calendars;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Where a workflow begins, and by which calendar.
 *
 * @param state the name of the first state; nothing for the first of the document
 */
record Starting(Optional<Scalar> state, Optional<Schedule> schedule) {

    private static final String INTERVAL = "an interval such as R/PT2H, without a first or last time";
    private static final String CRON = "cron without seconds, such as \"0/15 * * * *\" or \"0 0/15 * * * ?\"";
    private static final String LEAST = "0 ";

    /** Reads {@code start}, which may be missing. */
    static Starting read(Fields root, CatchUp catchUp, Problems problems) {
        Optional<Node> at = root.optional("start").node("the name of a state");
        if (at.isEmpty()) {
            return new Starting(Optional.empty(), Optional.empty());
        }
        if (at.get() instanceof Scalar scalar && scalar.value() instanceof String) {
            return new Starting(Optional.of(scalar), Optional.empty());
        }
        Fields fields = Fields.of(at.get(), problems);
        Optional<Scalar> state = Library.name(fields.optional("stateName"));
        Optional<Schedule> schedule = fields.optional("schedule")
                .node("an interval, or a mapping with interval or cron")
                .flatMap(it -> it instanceof Mapping
                        ? detailed(Fields.of(it, problems), catchUp, problems)
                        : interval(it, catchUp, problems));
        fields.close();
        return new Starting(state, schedule);
    }

    private static Optional<Schedule> detailed(Fields fields, CatchUp catchUp, Problems problems) {
        ZoneId zone = fields.optional("timezone")
                .parsed("the name of a time zone, such as Europe/Berlin", Calendars::zone)
                .orElse(ZoneOffset.UTC);
        if (fields.has("interval") && fields.has("cron")) {
            problems.add(fields.keyAt("cron"), fields.path("cron"), "cron beside interval", "one of both");
        }
        Optional<Schedule> schedule = fields.has("cron")
                ? fields.optional("cron")
                        .node(CRON)
                        .flatMap(at -> cron(at, problems))
                        .map(it -> new Schedule.Cron(it, zone, catchUp))
                : fields.required("interval").node(INTERVAL).flatMap(at -> interval(at, catchUp, problems));
        fields.optional("interval");
        fields.close();
        return schedule;
    }

    private static Optional<Schedule> interval(Node at, CatchUp catchUp, Problems problems) {
        Optional<Schedule> schedule = Optional.of(at)
                .filter(Scalar.class::isInstance)
                .map(it -> ((Scalar) it).text().replaceFirst("^R/", ""))
                .flatMap(IsoDuration::parse)
                .filter(it -> !it.isZero())
                .map(it -> new Schedule.Every(new Span.Fixed(it), catchUp));
        if (schedule.isEmpty()) {
            problems.add(at, at.described(), INTERVAL);
        }
        return schedule;
    }

    private static Optional<String> cron(Node at, Problems problems) {
        if (at instanceof Mapping) {
            Fields fields = Fields.of(at, problems);
            Optional<String> cron = fields.required("expression").node(CRON).flatMap(it -> cron(it, problems));
            if (fields.has("validUntil")) {
                fields.optional("validUntil");
                problems.add(
                        fields.keyAt("validUntil"),
                        fields.path("validUntil"),
                        "validUntil",
                        "no such key: a schedule ends when the definition is taken away");
            }
            fields.close();
            return cron;
        }
        String text = at instanceof Scalar scalar ? scalar.text() : "";
        Optional<String> cron = Calendars.cron(text).or(() -> text.startsWith(LEAST) ? quartz(text) : Optional.empty());
        if (cron.isEmpty()) {
            problems.add(at, at.described(), CRON);
        }
        return cron;
    }

    /** With seconds before, and perhaps years behind; what UNIX cannot say is no schedule. */
    private static Optional<String> quartz(String text) {
        try {
            Cron cron = CronMapper.fromQuartzToUnix()
                    .map(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ))
                            .parse(text)
                            .validate());
            return Optional.of(cron.validate().asString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
