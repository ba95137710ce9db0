package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Problems;
import dev.weft.event.AttributeRules;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Task;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import java.util.List;
import java.util.Optional;

/** Reads tasks that send events, or wait for some. */
final class EventBodies {

    private final Reading reading;
    private final Problems problems;
    private final TaskLists lists;
    private final Shapings shapings;

    EventBodies(Reading reading, TaskLists lists, Shapings shapings) {
        this.reading = reading;
        this.problems = reading.problems();
        this.lists = lists;
        this.shapings = shapings;
    }

    Optional<Body> emit(Fields fields, Place place) {
        return fields.required("emit").fields().flatMap(emit -> {
            Optional<Fields> event = emit.required("event").fields();
            emit.close();
            Optional<Fields> with = event.flatMap(it -> it.required("with").fields());
            event.ifPresent(Fields::close);
            with.ifPresent(this::checkAttributes);
            return with.flatMap(it -> reading.expressions()
                            .template(it.node(), place.locals().body()))
                    .map((Template template) -> new Body.Emit(template, null));
        });
    }

    private void checkAttributes(Fields with) {
        with.required("type").text();
        for (var attribute : with.members()) {
            String name = attribute.getKey();
            if (!name.equals("data") && !AttributeRules.isName(name)) {
                problems.add(
                        with.keyAt(name),
                        with.path(name),
                        "the attribute \"" + name + "\"",
                        "a name of lower-case letters and digits, as CloudEvents have it");
            }
            if (!name.equals("data") && !(attribute.getValue() instanceof dev.weft.config.Scalar)) {
                problems.add(attribute.getValue(), attribute.getValue().described(), "text: only data has parts");
            }
        }
        if (!with.has("type")) {
            problems.add(with.node(), "an event without type", "type beside its other attributes");
        }
    }

    Optional<Body> listen(Fields fields, Place place) {
        Optional<Fields> listen = fields.required("listen").fields();
        Optional<Await> events = listen.flatMap(it -> it.required("to").fields())
                .flatMap(it -> new Awaits(reading, place.locals().body()).read(it));
        Body.Read read =
                listen.flatMap(it -> it.optional("read").oneOf(Body.Read.class)).orElse(Body.Read.DATA);
        listen.ifPresent(Fields::close);
        Optional<Body.Foreach> foreach =
                fields.optional("foreach").fields().map(it -> foreach(it, place, place.below("foreach", "do")));
        return events.map(it -> new Body.Listen(it, read, foreach.orElse(null), null));
    }

    /** Reads what is done for each event, of which the tasks stand at that pointer, and closes the fields. */
    Body.Foreach foreach(Fields fields, Place place, String pointer) {
        VariableNames names = new VariableNames(problems);
        String item = names.read(fields.optional("item"), "item");
        String at = names.read(fields.optional("at"), "index");
        names.refuseSame(fields, "at", item, at);
        Locals inside = place.locals().with(item, at);
        List<Task> tasks =
                fields.has("do") ? lists.sequence(fields.optional("do"), pointer, inside, place.extended()) : List.of();
        Shaping output = shapings.output(fields, inside.body());
        Shaping export = shapings.export(fields, inside.export());
        fields.close();
        return new Body.Foreach(item, at, tasks, output, export);
    }
}
