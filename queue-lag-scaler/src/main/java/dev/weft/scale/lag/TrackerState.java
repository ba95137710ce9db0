package dev.weft.scale.lag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LagTracker} remembers from one look to the next. A value: the same one may be gone on from twice.
 *
 * <p>Its JSON form holds only what cannot be learned again by looking twice, and does not change while a consumer moves
 * evenly, so that it need not be written often.
 */
public final class TrackerState {

    private static final int VERSION = 1;
    private static final double STEPS_OF_DENSITY = 20;

    /** By topic and number. */
    static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    /** A clock that only goes on, by as much as passed between two looks; wall clocks jump. */
    final long ms;

    final @Nullable Instant at;
    final Map<TopicPartition, PartitionState> partitions;
    final Map<TopicPartition, Anchor> anchors;
    final Map<String, String> topicIds;
    final Density density;
    final @Nullable Execution execution;
    final long endsMovedMs;

    TrackerState(
            long ms,
            @Nullable Instant at,
            Map<TopicPartition, PartitionState> partitions,
            Map<TopicPartition, Anchor> anchors,
            Map<String, String> topicIds,
            Density density,
            @Nullable Execution execution,
            long endsMovedMs) {
        this.ms = ms;
        this.at = at;
        this.partitions = Map.copyOf(partitions);
        this.anchors = Map.copyOf(anchors);
        this.topicIds = Map.copyOf(topicIds);
        this.density = density;
        this.execution = execution;
        this.endsMovedMs = endsMovedMs;
    }

    /**
     * The execution of a job that positions belong to.
     *
     * @param newest the id of the checkpoint that completed last
     * @param previous the id of one that completed before
     */
    record Execution(String job, long attempt, long newest, long previous) {}

    /** Returns what is remembered of a queue that was never looked at. */
    public static TrackerState empty() {
        return restored(Map.of(), Map.of(), Density.FULL);
    }

    /** Returns the JSON form, with its version. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        putDensity(json, "density", density.now());
        putDensity(json, "headDensity", density.head());
        ObjectNode topics = json.putObject("topics");
        new TreeMap<>(topicIds).forEach((topic, id) -> topics.putObject(topic).put("id", id));
        anchors.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_NAME))
                .forEach(each -> putAnchor(topics, each.getKey(), each.getValue()));
        return json;
    }

    /**
     * Reads the JSON form.
     *
     * @throws IllegalArgumentException if it is of another version
     */
    public static TrackerState fromJson(JsonNode json) {
        if (json.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("found version %s of what is remembered of a queue, expected %d"
                    .formatted(json.path("version"), VERSION));
        }
        Map<TopicPartition, Anchor> anchors = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        json.path("topics").fields().forEachRemaining(topic -> {
            JsonNode id = topic.getValue().path("id");
            if (id.isTextual()) {
                ids.put(topic.getKey(), id.asText());
            }
            topic.getValue()
                    .path("partitions")
                    .fields()
                    .forEachRemaining(each -> anchors.put(
                            new TopicPartition(topic.getKey(), Integer.parseInt(each.getKey())),
                            anchor(each.getValue())));
        });
        Density density = Density.restored(
                json.path("density").asDouble(1), json.path("headDensity").asDouble(1));
        return restored(anchors, ids, density);
    }

    private static TrackerState restored(
            Map<TopicPartition, Anchor> anchors, Map<String, String> ids, Density density) {
        return new TrackerState(0, null, Map.of(), anchors, ids, density, null, 0);
    }

    private static void putDensity(ObjectNode json, String name, double density) {
        double rounded = Math.ceil(density * STEPS_OF_DENSITY) / STEPS_OF_DENSITY;
        if (rounded < 1) {
            json.put(name, rounded);
        }
    }

    private static void putAnchor(ObjectNode topics, TopicPartition partition, Anchor anchor) {
        ObjectNode json = topics.withObjectProperty(partition.topic())
                .withObjectProperty("partitions")
                .putObject(String.valueOf(partition.partition()));
        putOffset(json, "start", anchor.start());
        putOffset(json, "kept", anchor.kept());
        putOffset(json, "ignored", anchor.ignored());
        putOffset(json, "clearFrom", anchor.clearFrom());
        putOffset(json, "clearTo", anchor.clearTo());
    }

    private static void putOffset(ObjectNode json, String name, long offset) {
        if (offset != Anchor.NONE) {
            json.put(name, offset);
        }
    }

    private static Anchor anchor(JsonNode json) {
        return new Anchor(
                json.path("start").asLong(Anchor.NONE),
                json.path("kept").asLong(Anchor.NONE),
                json.path("ignored").asLong(Anchor.NONE),
                json.path("clearFrom").asLong(Anchor.NONE),
                json.path("clearTo").asLong(Anchor.NONE));
    }
}
