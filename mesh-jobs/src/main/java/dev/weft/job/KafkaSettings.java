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

    /** As long as a broker allows unless it is told otherwise: a restore must find the transaction still open. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private static final String TRANSACTION_TIMEOUT_MS = "transaction.timeout.ms";

    public KafkaSettings {
        bootstrapServers = List.copyOf(bootstrapServers);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Returns how long a transaction may be open until Kafka aborts it. */
    public Duration transactionTimeout() {
        SecretText millis = properties.get(TRANSACTION_TIMEOUT_MS);
        return millis != null && millis.written().matches("\\d{1,9}")
                ? Duration.ofMillis(Long.parseLong(millis.written()))
                : TRANSACTION_TIMEOUT;
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
