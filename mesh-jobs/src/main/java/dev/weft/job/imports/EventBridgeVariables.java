package dev.weft.job.imports;

import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.job.imports.Envelope.Place;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the variables of an input transformer stand for: those it declares, and those EventBridge has for all. */
final class EventBridgeVariables implements TemplateVariables {

    private static final Pattern FORM = Pattern.compile("<([A-Za-z0-9_.-]+)>");
    private static final String EVENT = "aws.events.event";
    private static final String WHOLE_EVENT = "aws.events.event.json";
    private static final String ARRIVAL = "aws.events.event.ingestion-time";
    private static final String RULE_NAME = "aws.events.rule-name";
    private static final String RULE_ARN = "aws.events.rule-arn";
    private static final List<String> RESERVED = List.of(RULE_ARN, RULE_NAME, ARRIVAL, EVENT, WHOLE_EVENT);

    private final Envelope envelope;
    private final EventBridgeRule rule;
    private final Notes notes;
    private final Problems problems;
    private final Map<String, Scalar> declared = new LinkedHashMap<>();

    EventBridgeVariables(Envelope envelope, EventBridgeRule rule, Notes notes, Problems problems) {
        this.envelope = envelope;
        this.rule = rule;
        this.notes = notes;
        this.problems = problems;
    }

    void declare(Mapping paths) {
        paths.members().forEach((name, path) -> {
            if (path instanceof Scalar scalar && scalar.value() instanceof String) {
                declared.put(name, scalar);
            } else {
                problems.add(path, path.described(), "a JSON path such as $.detail.state");
            }
        });
    }

    @Override
    public Pattern form() {
        return FORM;
    }

    /** Neither &lt; nor &gt; can be escaped. */
    @Override
    public String words(String written) {
        return written;
    }

    @Override
    public Optional<Node> alone(String name, Placed at) {
        if (name.equals(EVENT) || name.equals(WHOLE_EVENT)) {
            return Optional.of(event(at, name.equals(WHOLE_EVENT)));
        }
        Scalar path = declared.get(name);
        Optional<EventPath> read = path == null ? Optional.empty() : EventPath.parse(path.text());
        if (read.filter(EventPath::isRoot).isPresent()) {
            return Optional.of(event(at, true));
        }
        return insideText(name, at).map(at::text);
    }

    @Override
    public Optional<String> insideText(String name, Placed at) {
        Scalar path = declared.get(name);
        if (path != null) {
            return variable(path);
        }
        switch (name) {
            case RULE_NAME:
                return constant(name, rule.name(), at);
            case RULE_ARN:
                return rule.arn().isEmpty()
                        ? lost(at, "<" + name + ">: the file does not say the rule's ARN")
                        : constant(name, rule.arn(), at);
            case ARRIVAL:
                return lost(at, "<" + name + "> has nothing like it here; the event's own time is ${time}");
            case EVENT, WHOLE_EVENT:
                problems.add(
                        at.at(),
                        at.path(),
                        "<" + name + "> inside of a text",
                        "it as a value of its own, without quotes");
                return Optional.empty();
            default:
                Set<String> known = new LinkedHashSet<>(declared.keySet());
                known.addAll(RESERVED);
                problems.add(new Problem(
                        at.at(),
                        at.path(),
                        "unknown variable <" + name + ">",
                        Nearest.list(known),
                        Nearest.to(name, known)));
                return Optional.empty();
        }
    }

    /** Returns the variable for one path of the event; nothing if there is none, which is said. */
    Optional<String> variable(Scalar path) {
        Optional<EventPath> read = EventPath.parse(path.text());
        Placed at = Placed.at(path);
        if (read.isEmpty()) {
            boolean several = path.text().startsWith("$") && path.text().contains("*");
            if (several) {
                return lost(at, path.text() + " may lead to several values, and a variable here stands for one");
            }
            problems.add(path, path.described(), "a JSON path such as $.detail.items[0].sku");
            return Optional.empty();
        }
        EventPath steps = read.get();
        if (steps.isRoot()) {
            return lost(at, "the whole event inside of a text");
        }
        String field = steps.head();
        if (!Envelope.FIELDS.contains(field)) {
            problems.add(new Problem(
                    path.at(),
                    path.path(),
                    "the field \"" + field + "\", which no EventBridge event has",
                    Nearest.list(Envelope.FIELDS),
                    Nearest.to(field, Envelope.FIELDS)));
            return Optional.empty();
        }
        Optional<Place> place = envelope.of(field);
        if (place.isEmpty()) {
            return field.equals("version")
                    ? Optional.of("0")
                    : lost(
                            at,
                            field + " has no place in a CloudEvent; say where your events have it, as in --map " + field
                                    + "=data." + field);
        }
        if (place.get() instanceof Place.Payload payload) {
            return Optional.of(steps.tail().inPayload(payload.path()));
        }
        boolean whole = steps.tail().isRoot()
                || field.equals("resources") && steps.tail().steps().equals(List.of(new EventPath.Step.Element(0)));
        return whole
                ? Optional.of("${" + ((Place.Attribute) place.get()).name() + "}")
                : lost(at, path.text() + " looks into " + field + ", which is an attribute and so text");
    }

    /** The event as EventBridge writes it, put together from where its fields are here. */
    private Node event(Placed at, boolean withDetail) {
        if (withDetail && envelope.equals(Envelope.payload())) {
            return at.text("${data}");
        }
        Map<String, Node> members = new LinkedHashMap<>();
        for (String field : Envelope.FIELDS) {
            if (field.equals("version")) {
                members.put(field, at.text("0"));
            } else if (withDetail || !field.equals("detail")) {
                envelope.of(field).ifPresent(place -> members.put(field, at.text(reference(place))));
            }
        }
        if (envelope.of("resources").isEmpty()) {
            notes.changed(
                    new Scalar(at.at(), at.path(), "", ""),
                    "the event is put together again from the CloudEvent, without resources, which it does not have");
        }
        return at.mapping(members);
    }

    private static String reference(Place place) {
        return place instanceof Place.Payload payload
                ? new EventPath(List.of()).inPayload(payload.path())
                : "${" + place + "}";
    }

    private Optional<String> constant(String name, String value, Placed at) {
        notes.changed(new Scalar(at.at(), at.path(), name, name), "<" + name + "> is written out: " + value);
        return Optional.of(TemplateText.escaped(value));
    }

    private Optional<String> lost(Placed at, String said) {
        notes.lost(new Scalar(at.at(), at.path(), "", ""), said);
        return Optional.empty();
    }
}
