package dev.weft.job;

import dev.weft.config.SecretText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a job config may hand to Kafka clients: everything, but what Weft sets and secrets written out. */
final class KafkaProperties {

    private static final String COMMITS = "none: offsets are committed with each checkpoint (spec.checkpoint)";
    private static final String WRITES = "none: spec.guarantee decides how events are written";
    private static final String CODEC = "none: keys and values are kept as bytes, events are CloudEvents";
    private static final String ASSIGNS = "none: Flink assigns the partitions";

    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("bootstrap.servers", "spec.kafka.bootstrapServers instead"),
            Map.entry("group.id", "spec.kafka.groupId instead"),
            Map.entry("auto.offset.reset", "spec.kafka.startFrom instead"),
            Map.entry("partition.discovery.interval.ms", "spec.kafka.discoverEvery instead"),
            Map.entry("enable.auto.commit", COMMITS),
            Map.entry("auto.commit.interval.ms", COMMITS),
            Map.entry("commit.offsets.on.checkpoint", COMMITS),
            Map.entry("isolation.level", "none: only committed events are read"),
            Map.entry("transactional.id", WRITES),
            Map.entry("transactional.id.prefix", WRITES),
            Map.entry("enable.idempotence", WRITES),
            Map.entry("acks", WRITES),
            Map.entry("key.serializer", CODEC),
            Map.entry("value.serializer", CODEC),
            Map.entry("key.deserializer", CODEC),
            Map.entry("value.deserializer", CODEC),
            Map.entry("group.instance.id", ASSIGNS),
            Map.entry("group.protocol", ASSIGNS),
            Map.entry("group.remote.assignor", ASSIGNS),
            Map.entry("partition.assignment.strategy", ASSIGNS));

    private static final Set<String> SECRETS = Set.of("ssl.keystore.key", "basic.auth.user.info");

    /** A dollar brace that starts neither reference; Kafka's own providers have other names, such as vault. */
    private static final Pattern NO_REFERENCE = Pattern.compile("\\$\\{(?!env:[^}]+}|file:/[^}]+})");

    private KafkaProperties() {}

    /** Returns why the property cannot be set, ready to stand after the word "expected". */
    static Optional<String> whyNotSet(String key) {
        return Optional.ofNullable(OWNED.get(key));
    }

    /** Returns what is wrong with a value, if anything is. The answer does not repeat what may be a secret. */
    static Optional<Objection> objection(String key, String value) {
        if (NO_REFERENCE.matcher(value).find()) {
            return Optional.of(
                    new Objection("${ without a name that can be looked up", "${NAME}, ${env:NAME} or ${file:/path}"));
        }
        if (isSecret(key, value) && !new SecretText(value).hasReference()) {
            return Optional.of(new Objection("a secret written out", "a reference: ${env:NAME} or ${file:/path}"));
        }
        return Optional.empty();
    }

    /** A login module's line is secret only if it holds one: with a Kerberos key tab it does not. */
    private static boolean isSecret(String key, String value) {
        String held = key.endsWith("sasl.jaas.config") ? value.toLowerCase(Locale.ROOT) : key;
        return SECRETS.contains(key) || held.contains("password") || held.contains("secret");
    }

    record Objection(String found, String expected) {}
}
