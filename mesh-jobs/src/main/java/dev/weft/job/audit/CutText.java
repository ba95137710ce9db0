package dev.weft.job.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link Cut} as JSON, as a metric shows it: {@code {"checkpoint": 42, "part": 0, "parts": 1, "read": {"shop.orders":
 * {"events": 9}}, "routes": {"big": {"billing": {"received": 9, "matched": 2}}}}}. Zeros are left out. Flink carries no
 * text of more than 65,535 bytes, so a cut with many routes is shown in parts.
 */
public final class CutText {

    /** A name has at most 63 letters and a topic 249, so that many rows stay well below what Flink carries. */
    private static final int ROWS_OF_A_PART = 100;

    private static final JsonMapper JSON = new JsonMapper();

    private CutText() {}

    /** Returns in how many parts a cut is shown. */
    public static int parts(Cut cut) {
        return Math.max(1, (cut.page().size() + ROWS_OF_A_PART - 1) / ROWS_OF_A_PART);
    }

    /** Returns one part, counted from 0; one that is not there says so by its number. */
    public static String part(Cut cut, int part) {
        ObjectNode json = JSON.createObjectNode()
                .put("checkpoint", cut.checkpoint())
                .put("part", part)
                .put("parts", parts(cut));
        Rows rows = new Rows(json, part * ROWS_OF_A_PART);
        cut.page().eachTopic(rows::topic);
        cut.page().eachLeg(rows::leg);
        return json.toString();
    }

    /** Writes those rows that belong to one part. */
    private static final class Rows {
        private final ObjectNode json;
        private int before;

        Rows(ObjectNode json, int before) {
            this.json = json;
            this.before = before;
        }

        private boolean isOfPart() {
            before--;
            return before < 0 && before >= -ROWS_OF_A_PART;
        }

        void topic(String topic, Reading reading) {
            if (isOfPart()) {
                ObjectNode counts = json.withObjectProperty("read").putObject(topic);
                put(counts, "events", reading.events());
                put(counts, "refused", reading.refused());
            }
        }

        void leg(Leg leg, long[] row) {
            if (isOfPart()) {
                ObjectNode counts = json.withObjectProperty("routes")
                        .withObjectProperty(leg.route())
                        .putObject(leg.destination());
                for (Item item : Item.all()) {
                    put(counts, item.code(), row[item.ordinal()]);
                }
            }
        }

        private static void put(ObjectNode counts, String name, long count) {
            if (count != 0) {
                counts.put(name, count);
            }
        }
    }

    /**
     * Puts the parts together again.
     *
     * @return nothing if a part is missing or they are of several checkpoints: then they were read in between
     * @throws IllegalArgumentException if a text is no such part
     */
    public static Optional<Cut> parse(Collection<String> texts) {
        Map<Integer, JsonNode> parts = new HashMap<>();
        for (String text : texts) {
            JsonNode json = json(text);
            parts.put(json.path("part").asInt(), json);
        }
        JsonNode first = parts.get(0);
        if (first == null) {
            return Optional.empty();
        }
        Book book = new Book();
        for (int i = 0; i < first.path("parts").asInt(); i++) {
            JsonNode part = parts.get(i);
            if (part == null || !part.path("checkpoint").equals(first.path("checkpoint"))) {
                return Optional.empty();
            }
            read(part, book);
        }
        return Optional.of(new Cut(first.path("checkpoint").asLong(), book.page()));
    }

    private static JsonNode json(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.path("checkpoint").isIntegralNumber()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no part of an audit: " + text, e);
        }
        throw new IllegalArgumentException("no part of an audit: " + text);
    }

    private static void read(JsonNode part, Book into) {
        part.path("read")
                .properties()
                .forEach(topic -> into.add(
                        topic.getKey(),
                        new Reading(
                                topic.getValue().path("events").asLong(),
                                topic.getValue().path("refused").asLong())));
        part.path("routes")
                .properties()
                .forEach(route -> route.getValue()
                        .properties()
                        .forEach(leg -> read(leg.getValue(), into.row(new Leg(route.getKey(), leg.getKey())))));
    }

    private static void read(JsonNode counts, long[] row) {
        Arrays.stream(Item.all())
                .forEach(item -> row[item.ordinal()] += counts.path(item.code()).asLong());
    }
}
