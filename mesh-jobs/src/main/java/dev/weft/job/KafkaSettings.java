package dev.weft.job;

import dev.weft.config.SecretText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * How the job reaches Kafka.
 *
 * @param bootstrapServers {@code host:port}, at least one
 * @param properties handed to every client as they are, in the order of the file; none of those Weft sets itself
 * @param discoverEvery how soon a new partition, or a new topic of a pattern, is read
 */
public record KafkaSettings(
        List<String> bootstrapServers,
        Map<String, SecretText> properties,
        String groupId,
        StartFrom startFrom,
        Duration discoverEvery) {

    public KafkaSettings {
        bootstrapServers = List.copyOf(bootstrapServers);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Returns the servers in the form Kafka clients take them. */
    public String bootstrap() {
        return String.join(",", bootstrapServers);
    }

    /**
     * Returns what every client is configured with: the servers and the file's properties, secrets resolved. The result
     * holds secrets in the clear: do not print it, and make it where the client is made.
     *
     * @param environment where {@code ${env:NAME}} is looked up
     * @throws dev.weft.config.SecretUnavailable if a secret cannot be resolved
     */
    public Properties clientProperties(Map<String, String> environment) {
        Properties resolved = new Properties();
        properties.forEach((key, value) -> resolved.setProperty(key, value.resolve(environment)));
        resolved.setProperty("bootstrap.servers", bootstrap());
        return resolved;
    }

    /** Returns the same settings against other servers, such as those of an embedded broker. */
    public KafkaSettings withBootstrapServers(List<String> servers) {
        return new KafkaSettings(servers, properties, groupId, startFrom, discoverEvery);
    }
}
