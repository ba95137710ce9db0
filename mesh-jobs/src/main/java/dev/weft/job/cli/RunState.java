package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What a mesh that runs on this machine tells the other commands; it stands in the work folder while the mesh runs.
 *
 * @param config the job config's file, absolute
 * @param bootstrapServers the Kafka the mesh uses
 * @param ownKafka whether that Kafka is the embedded one
 * @param restAddress where its Flink answers
 * @param process the id of the process that runs it
 */
record RunState(
        String name,
        Path config,
        String bootstrapServers,
        boolean ownKafka,
        String restAddress,
        String jobId,
        long process) {

    private static final String FILE = "run.json";

    /** Writes the state whole: who reads it sees all of it or nothing. */
    void write(Path workFolder) throws IOException {
        JsonNode json = Json.object()
                .put("name", name)
                .put("config", config.toString())
                .put("bootstrapServers", bootstrapServers)
                .put("ownKafka", ownKafka)
                .put("restAddress", restAddress)
                .put("jobId", jobId)
                .put("process", process);
        Path next = workFolder.resolve(FILE + ".next");
        Files.writeString(next, Json.pretty(json));
        Files.move(next, workFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(Path workFolder) throws IOException {
        Files.deleteIfExists(workFolder.resolve(FILE));
    }

    /** Returns the state of the mesh that runs with that work folder; empty if none does. */
    static Optional<RunState> read(Path workFolder) throws CommandFailure {
        Path file = workFolder.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readString(file));
            RunState state = new RunState(
                    json.path("name").asText(),
                    Path.of(json.path("config").asText()),
                    json.path("bootstrapServers").asText(),
                    json.path("ownKafka").asBoolean(),
                    json.path("restAddress").asText(),
                    json.path("jobId").asText(),
                    json.path("process").asLong());
            // A process that was killed leaves the file behind.
            return ProcessHandle.of(state.process()).map(process -> state);
        } catch (IOException e) {
            throw CommandFailure.failure(file + ": cannot be read: " + e.getMessage());
        }
    }
}
