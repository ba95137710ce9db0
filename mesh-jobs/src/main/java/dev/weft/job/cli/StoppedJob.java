package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a job of a work folder stopped, so that its next run goes on exactly there. Offsets that Kafka keeps would not
 * do: they are committed a moment after the events that were read, and what is between comes twice.
 */
final class StoppedJob {

    private static final String FILE = "stopped.json";

    private final Path file;
    private final String identity;

    /**
     * Stands for the last stop of a job.
     *
     * @param folder where the note about it is kept
     * @param kafka which Kafka is read; offsets of another mean nothing
     */
    StoppedJob(Path folder, JobConfig config, String kafka) {
        this.file = folder.resolve(FILE);
        this.identity = config.name() + " reads "
                + config.sources().stream()
                        .map(ChannelConfig::topics)
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", "))
                + " of " + kafka + " as " + config.kafka().groupId();
    }

    /** Returns the savepoint; empty if the job did not stop here, or reads something else since. */
    Optional<String> savepoint() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        JsonNode kept = Json.MAPPER.readTree(Files.readString(file));
        String savepoint = kept.path("savepoint").asText();
        boolean same = kept.path("job").asText().equals(identity);
        return same && !savepoint.isEmpty() ? Optional.of(savepoint) : Optional.empty();
    }

    /** Keeps where the job stopped. */
    void keep(String savepoint) throws IOException {
        Files.writeString(file, Json.pretty(Json.object().put("job", identity).put("savepoint", savepoint)));
    }

    /** Forgets where the job stopped: it runs on. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
