package dev.weft.job.imports;

import dev.weft.event.AttributeRules;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the fields of an EventBridge event are in the CloudEvents that take its place.
 *
 * @param places by the field's name in EventBridge; a field without a place is in no event
 */
public record Envelope(Map<String, Place> places) {

    /** The fields every EventBridge event has. */
    public static final List<String> FIELDS =
            List.of("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail");

    public Envelope {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** The nearest there is: source, id and time as they are, detail-type as type, detail as the payload. */
    public static Envelope attributes() {
        Map<String, Place> places = new LinkedHashMap<>();
        places.put("id", new Place.Attribute("id"));
        places.put("detail-type", new Place.Attribute("type"));
        places.put("source", new Place.Attribute("source"));
        places.put("account", new Place.Attribute("account"));
        places.put("time", new Place.Attribute("time"));
        places.put("region", new Place.Attribute("region"));
        places.put("detail", new Place.Payload(List.of()));
        return new Envelope(places);
    }

    /** The payload is the whole EventBridge event. */
    public static Envelope payload() {
        Map<String, Place> places = new LinkedHashMap<>();
        FIELDS.forEach(field -> places.put(field, new Place.Payload(List.of(field))));
        return new Envelope(places);
    }

    /** Returns the same with one field elsewhere. */
    public Envelope with(String field, Place place) {
        Map<String, Place> changed = new LinkedHashMap<>(places);
        changed.put(field, place);
        return new Envelope(changed);
    }

    Optional<Place> of(String field) {
        return Optional.ofNullable(places.get(field));
    }

    /** Returns where every field is, in words. */
    String described() {
        return FIELDS.stream()
                .filter(places::containsKey)
                .map(field -> field + " is " + places.get(field))
                .collect(Collectors.joining(", "));
    }

    /** A place in a CloudEvent. */
    public sealed interface Place {

        /**
         * Returns the place that the text names: an attribute, {@code data}, or a path below it such as {@code data.a}.
         */
        static Optional<Place> parse(String text) {
            if (text.equals("data")) {
                return Optional.of(new Payload(List.of()));
            }
            if (text.startsWith("data.") && !text.endsWith(".") && !text.contains("..")) {
                return Optional.of(new Payload(List.of(text.substring(5).split("\\."))));
            }
            return AttributeRules.isName(text) ? Optional.of(new Attribute(text)) : Optional.empty();
        }

        /** An attribute or extension: text. */
        record Attribute(String name) implements Place {
            @Override
            public String toString() {
                return name;
            }
        }

        /**
         * The payload or a part of it.
         *
         * @param path names from the outside in; empty for all of it
         */
        record Payload(List<String> path) implements Place {
            public Payload {
                path = List.copyOf(path);
            }

            @Override
            public String toString() {
                return path.isEmpty() ? "data" : "data." + String.join(".", path);
            }
        }
    }
}
