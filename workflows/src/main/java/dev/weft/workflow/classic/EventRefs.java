package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Correlation;
import dev.weft.workflow.EventFilter.Test;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Locals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Filters and events by the definitions under {@code events}. Events are correlated by attributes of theirs; one whose
 * value the definition does not say must have the value of the event that made the instance, if that was correlated by
 * the same attribute, and otherwise the value of the first event that comes.
 */
final class EventRefs {

    private final Library library;
    private final Set<String> ofStart = new LinkedHashSet<>();

    EventRefs(Library library) {
        this.library = library;
    }

    /** A definition of an event, as far as filters need it. */
    record Event(String name, Node at, String type, Optional<String> source, boolean dataOnly, List<By> correlation) {

        /** Returns the condition that the envelope {@code .} is such an event. */
        String condition() {
            return ".type == " + quoted(type)
                    + source.map(it -> " and .source == " + quoted(it)).orElse("");
        }

        private static String quoted(String text) {
            return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
        }
    }

    /** An attribute by which events are correlated, and its value where that is said. */
    record By(String attribute, Node at, Optional<Scalar> value) {}

    /** Returns the event that is waited for under a name. */
    Optional<Event> consumed(Scalar name) {
        return library.events().at(name).flatMap(fields -> read(name, fields, "consumed"));
    }

    private Optional<Event> read(Scalar name, Fields fields, String kind) {
        int before = library.problems().count();
        fields.required("name").text();
        Optional<String> type = fields.required("type").text();
        Optional<String> source = fields.optional("source").text();
        String said = fields.optional("kind").text().orElse("consumed");
        boolean dataOnly = fields.optional("dataOnly").flag().orElse(true);
        fields.optional("metadata").node("a mapping");
        List<By> correlation = new ArrayList<>();
        fields.optional("correlation")
                .items("a correlation")
                .ifPresent(items -> items.forEach(item -> {
                    Fields by = Fields.of(item, library.problems());
                    Optional<String> attribute =
                            by.required("contextAttributeName").text();
                    Optional<Scalar> value = Library.name(by.optional("contextAttributeValue"));
                    by.close();
                    attribute.ifPresent(it -> correlation.add(new By(it.toLowerCase(Locale.ROOT), item, value)));
                }));
        fields.close();
        correlation.stream()
                .filter(by -> !AttributeRules.isName(by.attribute()))
                .forEach(by -> library.problems()
                        .add(by.at(), "the attribute \"" + by.attribute() + "\"", "letters and digits only"));
        if (!said.equals(kind)) {
            library.problems()
                    .add(name, name.described() + ", which is an event that is " + said, "an event that is " + kind);
        }
        return library.problems().count() > before
                ? Optional.empty()
                : type.map(it -> new Event(name.text(), fields.node(), it, source, dataOnly, correlation));
    }

    /** Returns filters for instances that wait. */
    Await await(Await.Kind kind, List<Event> events) {
        return new Await(kind, events.stream().map(it -> filter(it, false)).toList(), null);
    }

    /** Returns filters for events that make instances. */
    Await start(Await.Kind kind, List<Event> events) {
        events.forEach(event -> event.correlation().forEach(by -> ofStart.add(by.attribute())));
        return new Await(kind, events.stream().map(it -> filter(it, true)).toList(), null);
    }

    private EventFilter filter(Event event, boolean starts) {
        List<Test> tests = new ArrayList<>(List.of(new Test.Equal("type", event.type())));
        event.source().ifPresent(source -> tests.add(new Test.Equal("source", source)));
        List<Correlation> correlations =
                event.correlation().stream().map(by -> correlation(by, starts)).toList();
        return new EventFilter(library.reading().nextFilter(), tests, correlations);
    }

    private Correlation correlation(By by, boolean starts) {
        Jq from = library.texts().condition(by.at(), "." + by.attribute(), Locals.NOTHING);
        Optional<Template> expect = by.value().flatMap(value -> library.texts().template(value));
        if (expect.isEmpty() && !starts && ofStart.contains(by.attribute())) {
            expect = Optional.of(library.texts().made(by.at(), "$workflow.input[0]." + by.attribute()));
        }
        return new Correlation(by.attribute(), from, expect.orElse(null));
    }

    /**
     * Returns what sends an event.
     *
     * @param name of its definition
     * @param data its payload: an expression or an object
     * @param attributes more of them
     */
    Optional<Body> emit(Scalar name, Optional<Node> data, Optional<Fields> attributes) {
        return library.events()
                .at(name)
                .flatMap(fields -> read(name, fields, "produced"))
                .flatMap(event -> {
                    Map<String, Node> members = new LinkedHashMap<>();
                    members.put("type", text(event.at(), event.type()));
                    event.source().ifPresent(source -> members.put("source", text(event.at(), source)));
                    event.correlation()
                            .forEach(by -> by.value().ifPresent(value -> members.put(by.attribute(), value)));
                    attributes.ifPresent(all -> all.members()
                            .forEach(it -> members.put(it.getKey().toLowerCase(Locale.ROOT), it.getValue())));
                    data.flatMap(this::payload).ifPresent(it -> members.put("data", it));
                    return library.texts()
                            .template(new Mapping(event.at().at(), event.at().path(), members, Map.of()))
                            .map(template -> new Body.Emit(template, null));
                });
    }

    /** A text is an expression, whether it says so or not. */
    private Optional<Node> payload(Node data) {
        return data instanceof Scalar scalar && scalar.value() instanceof String
                ? library.texts().text(data).map(it -> text(data, "${" + it + "\n}"))
                : Optional.of(data);
    }

    private static Scalar text(Node at, String text) {
        return new Scalar(at.at(), at.path(), text, text);
    }
}
