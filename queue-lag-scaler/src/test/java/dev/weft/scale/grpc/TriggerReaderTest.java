package dev.weft.scale.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.config.Checked;
import dev.weft.scale.PolicySettings;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.Trigger;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.StartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TriggerReaderTest {

    private static final ScaledObjectKey ORDERS = new ScaledObjectKey("shop", "orders");
    private static final Map<String, String> LEAST = Map.of("consumerGroup", "g", "topics", "orders");

    private final TriggerReader one = new TriggerReader(Set.of("main"), Set.of("flink"));
    private final TriggerReader many = new TriggerReader(Set.of("main", "other"), Set.of("flink", "batch"));

    @Test
    void aGroupAndItsTopicsAreEnough() {
        Trigger trigger = one.read(ORDERS, LEAST).orElseThrow();

        assertThat(trigger)
                .isEqualTo(new Trigger(
                        ORDERS,
                        new QueueRef("main", "g", new TreeSet<>(Set.of("orders")), Set.of()),
                        new StartPolicy.Earliest(),
                        Optional.empty(),
                        new PolicySettings(
                                Consumer.GROUP,
                                Duration.ofSeconds(60),
                                0.8,
                                1,
                                100,
                                1,
                                0,
                                Duration.ofMinutes(2),
                                true,
                                Duration.ofMinutes(3),
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(5))));
    }

    @Test
    void everyKeyIsRead() {
        Trigger trigger = many.read(
                        ORDERS,
                        Map.ofEntries(
                                Map.entry("kafkaCluster", "other"),
                                Map.entry("consumerGroup", "g"),
                                Map.entry("topics", "b, a"),
                                Map.entry("partitions", "7,0-2"),
                                Map.entry("offsetResetPolicy", "timestamp:2026-01-31T08:00:00Z"),
                                Map.entry("flinkCluster", "batch"),
                                Map.entry("job", "orders"),
                                Map.entry("scaling", "reactive"),
                                Map.entry("slo", "2m"),
                                Map.entry("utilisation", "0.7"),
                                Map.entry("minReplicas", "2"),
                                Map.entry("maxReplicas", "9"),
                                Map.entry("slots", "4"),
                                Map.entry("capacityPerSubtask", "1500.5"),
                                Map.entry("idleAfter", "10m"),
                                Map.entry("scaleToZero", "true"),
                                Map.entry("downWindow", "5m"),
                                Map.entry("benefitHorizon", "20m"),
                                Map.entry("steadyFor", "90s"),
                                Map.entry("pollInterval", "2s")))
                .orElseThrow();

        assertThat(trigger)
                .isEqualTo(new Trigger(
                        ORDERS,
                        new QueueRef("other", "g", new TreeSet<>(Set.of("a", "b")), Set.of(0, 1, 2, 7)),
                        new StartPolicy.From(Instant.parse("2026-01-31T08:00:00Z")),
                        Optional.of(new JobRef("batch", "orders")),
                        new PolicySettings(
                                Consumer.FLINK_REACTIVE,
                                Duration.ofMinutes(2),
                                0.7,
                                2,
                                9,
                                4,
                                1500.5,
                                Duration.ofMinutes(10),
                                true,
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(20),
                                Duration.ofSeconds(90),
                                Duration.ofSeconds(2))));
    }

    @Test
    void aJobMakesTheConsumerAnAdaptiveOneThatKeepsAReplica() {
        Trigger trigger = one.read(ORDERS, with("job", "orders")).orElseThrow();

        assertThat(trigger.policy().consumer()).isEqualTo(Consumer.FLINK_ADAPTIVE);
        assertThat(trigger.policy().toZero()).isFalse();
        assertThat(trigger.job()).contains(new JobRef("flink", "orders"));
    }

    @Test
    void whatIsKedasOwnIsPassedOver() {
        Map<String, String> metadata = with("scalerAddress", "weft:9090");
        metadata.putAll(Map.of("unsafeSsl", "false", "enableTLS", "true", "caCert", "-----BEGIN"));

        assertThat(one.read(ORDERS, metadata).problems()).isEmpty();
    }

    @Test
    void aKeyFromTheEnvironmentIsTheKey() {
        Map<String, String> metadata = new HashMap<>(Map.of("topics", "orders", "consumerGroupFromEnv", "of-env"));

        assertThat(one.read(ORDERS, metadata).orElseThrow().queue().group()).isEqualTo("of-env");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void aMistakeIsNamedWithWhatWasExpected(String key, String value, String message) {
        Checked<Trigger> read = many.read(ORDERS, withNames(key, value));

        assertThat(TriggerReader.described(ORDERS, read.problems()))
                .isEqualTo("trigger of ScaledObject shop/orders: " + message);
    }

    static Stream<Arguments> aMistakeIsNamedWithWhatWasExpected() {
        return Stream.of(
                mistake(
                        "kafkaCluster",
                        "mein",
                        "unknown Kafka cluster \"mein\", expected one of main, other. Did you" + " mean \"main\"?"),
                mistake("flinkCluster", "x", "unknown Flink cluster \"x\", expected one of batch, flink"),
                mistake("consumerGroup", " ", "\" \", expected text"),
                mistake("topics", "a,,b", "\"a,,b\", expected names of topics, with commas between them"),
                mistake("topics", "a b", "\"a b\", expected names of topics, with commas between them"),
                mistake("partitions", "5-2", "\"5-2\", expected numbers of partitions, such as 0,1,10-20"),
                mistake(
                        "partitions",
                        "0-99999,0-99999",
                        "\"0-99999,0-99999\", expected numbers of partitions, such as 0,1,10-20"),
                mistake("partitions", "all", "\"all\", expected numbers of partitions, such as 0,1,10-20"),
                mistake(
                        "offsetResetPolicy",
                        "latst",
                        "\"latst\", expected earliest, latest or timestamp: with a time such"
                                + " as timestamp:2026-01-31T08:00:00Z. Did you mean \"latest\"?"),
                mistake(
                        "offsetResetPolicy",
                        "timestamp:now",
                        "\"timestamp:now\", expected earliest, latest or timestamp:"
                                + " with a time such as timestamp:2026-01-31T08:00:00Z"),
                mistake(
                        "scaling",
                        "adaptiv",
                        "\"adaptiv\", expected one of adaptive, reactive, operator, group. Did you"
                                + " mean \"adaptive\"?"),
                mistake("slo", "60", "\"60\", expected a duration such as 10s, 1m30s, 500ms, 1h or 2d"),
                mistake("slo", "2d", "\"2d\", expected from 1s to 1d"),
                mistake("utilisation", "80", "\"80\", expected a number above 0 and at most 1"),
                mistake("utilisation", "NaN", "\"NaN\", expected a number above 0 and at most 1"),
                mistake("minReplicas", "0", "\"0\", expected a whole number from 1 to 10000"),
                mistake("maxReplicas", "-3", "\"-3\", expected a whole number from 1 to 10000"),
                mistake("slots", "1.5", "\"1.5\", expected a whole number from 1 to 1000"),
                mistake("capacityPerSubtask", "-1", "\"-1\", expected records per second, a number of at least 0"),
                mistake("idleAfter", "0s", "\"0s\", expected from 1s to 7d"),
                mistake("scaleToZero", "yes", "\"yes\", expected true or false"),
                mistake("pollInterval", "1h", "\"1h\", expected from 1s to 5m"));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Checked<Trigger> read = many.read(ORDERS, Map.of("topic", "orders", "minReplicas", "5", "maxReplicas", "2"));

        assertThat(read.problems().stream().map(problem -> problem.path()).toList())
                .isEqualTo(List.of(
                        "metadata.consumerGroup", "metadata.kafkaCluster", "metadata.maxReplicas", "metadata.topic"));
    }

    @Test
    void anUnknownKeyIsToldWithTheNearestOne() {
        Checked<Trigger> read = one.read(ORDERS, with("lagTreshold", "10"));

        assertThat(TriggerReader.described(ORDERS, read.problems()))
                .contains("metadata.lagTreshold: found unknown key \"lagTreshold\", expected one of ");
    }

    @Test
    void aGroupHasNoJob() {
        Map<String, String> metadata = with("scaling", "group");
        metadata.put("job", "orders");

        assertThat(TriggerReader.described(ORDERS, one.read(ORDERS, metadata).problems()))
                .endsWith("metadata.job: found \"orders\", expected nothing where scaling is group: there is no job");
    }

    @Test
    void aFlinkDeploymentCannotGoToZero() {
        Map<String, String> metadata = with("scaling", "operator");
        metadata.put("scaleToZero", "true");

        assertThat(TriggerReader.described(ORDERS, one.read(ORDERS, metadata).problems()))
                .endsWith(
                        "metadata.scaleToZero: found \"true\", expected false: a FlinkDeployment has one TaskManager at"
                                + " least");
    }

    @Test
    void aKeyAndItsFormFromTheEnvironmentAreOneTooMany() {
        Map<String, String> metadata = with("topicsFromEnv", "of-env");

        assertThat(TriggerReader.described(ORDERS, one.read(ORDERS, metadata).problems()))
                .endsWith("metadata.topicsFromEnv: found the key topics beside it, expected one of the two");
    }

    private static Arguments mistake(String key, String value, String message) {
        return arguments(key, value, "metadata." + key + ": found " + message);
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> metadata = new HashMap<>(LEAST);
        metadata.put(key, value);
        return metadata;
    }

    private static Map<String, String> withNames(String key, String value) {
        Map<String, String> metadata = new HashMap<>(LEAST);
        metadata.putAll(Map.of("kafkaCluster", "main", "scaling", "adaptive", "flinkCluster", "flink"));
        metadata.put(key, value);
        return metadata;
    }
}
