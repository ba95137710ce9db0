package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.scale.JobReading.Checkpoint;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of a job's checkpoints.
 *
 * @param completed the newest, savepoints included
 * @param failed in a row since then
 */
record Checkpoints(Optional<Checkpoint> completed, int failed) {

    static final Checkpoints NONE = new Checkpoints(Optional.empty(), 0);

    static Checkpoints parse(JsonNode statistics) {
        JsonNode latest = statistics.path("latest");
        Optional<Checkpoint> completed = Stream.of(latest.path("completed"), latest.path("savepoint"))
                .filter(each -> each.path("status").asText().equals("COMPLETED"))
                .map(Checkpoints::checkpoint)
                .reduce((one, other) -> one.id() > other.id() ? one : other);
        long last = completed.map(Checkpoint::id).orElse(0L);
        int failed = 0;
        for (JsonNode each : statistics.path("history")) {
            boolean isLater = each.path("id").asLong() > last;
            failed += isLater && each.path("status").asText().equals("FAILED") ? 1 : 0;
        }
        return new Checkpoints(completed, failed);
    }

    private static Checkpoint checkpoint(JsonNode completed) {
        return new Checkpoint(
                completed.path("id").asLong(),
                Instant.ofEpochMilli(completed.path("latest_ack_timestamp").asLong()),
                completed.path("is_savepoint").asBoolean());
    }

    /** Returns these, or what was known before while a JobManager shows none: it does not for a job that waits. */
    Checkpoints orBefore(Checkpoints before) {
        return completed.isEmpty() ? new Checkpoints(before.completed, Math.max(failed, before.failed)) : this;
    }
}
