package dev.weft.scale.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.scale.MemoryJson;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.TrackerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** {@link Remembered} as JSON, with a version; a later version may read an earlier one, not the other way round. */
final class RememberedJson {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RememberedJson() {}

    static byte[] write(Trigger trigger, Remembered memory) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("of", subject(trigger));
        root.put("decided", memory.decided());
        root.put("read", memory.read().toString());
        root.put("resumed", memory.resumed().toString());
        root.put("job", memory.job());
        ObjectNode actuation = root.putObject("told");
        actuation.put("replicas", memory.actuation().replicas());
        actuation.put("parallelism", memory.actuation().parallelism());
        actuation.put("before", memory.before());
        memory.actuation().changed().ifPresent(at -> actuation.put("changed", at.toString()));
        memory.actuation().told().ifPresent(at -> actuation.put("told", at.toString()));
        root.set("lags", memory.lags().toJson());
        root.set("policy", MemoryJson.write(memory.policy()));
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Remembered read(Trigger trigger, byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            int version = root.path("version").asInt();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "found a memory of version %d, expected %d".formatted(version, VERSION));
            }
            return root.path("of").asText().equals(subject(trigger)) ? read(root) : Remembered.NOTHING;
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("found a memory that is none: " + e.getMessage(), e);
        }
    }

    private static Remembered read(JsonNode root) {
        JsonNode told = root.path("told");
        return new Remembered(
                TrackerState.fromJson(root.path("lags")),
                MemoryJson.read(root.path("policy")),
                new Actuation(
                        told.path("replicas").asInt(),
                        told.path("parallelism").asInt(),
                        instant(told.path("changed")),
                        instant(told.path("told"))),
                told.path("before").asInt(),
                root.path("decided").asBoolean(),
                Instant.parse(root.path("read").asText()),
                Instant.parse(root.path("resumed").asText()),
                root.path("job").asText());
    }

    private static Optional<Instant> instant(JsonNode text) {
        return text.isMissingNode() ? Optional.empty() : Optional.of(Instant.parse(text.asText()));
    }

    /** What a memory is of. Another one of these has other positions and rates. */
    private static String subject(Trigger trigger) {
        QueueRef queue = trigger.queue();
        return String.join(
                " ",
                queue.cluster(),
                queue.group(),
                queue.topics().toString(),
                new TreeSet<>(queue.partitions()).toString(),
                trigger.start().toString(),
                trigger.job().toString(),
                trigger.policy().consumer().toString());
    }
}
