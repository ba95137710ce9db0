package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.config.SecretText;
import dev.weft.event.EventFormat;
import dev.weft.event.PayloadReaders;
import dev.weft.filter.Rule;
import dev.weft.http.AddressPolicy;
import dev.weft.route.Route;
import dev.weft.route.TopicNames.OneTopic;
import dev.weft.route.TopicNames.TopicPattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobConfigReaderTest {

    private static final String SMALLEST = """
            apiVersion: weft.dev/v1
            kind: MeshJob
            metadata: { name: shop }
            spec:
              kafka: { bootstrapServers: localhost:9092 }
              channels:
                orders: { topic: shop.orders }
                all: { topic: shop.all }
                dead: { topic: shop.dead }
              deadLetter: dead
              routes:
                - { name: all, from: [orders], to: [all] }
            """;

    private static final String FULL = """
            apiVersion: weft.dev/v1
            kind: MeshJob
            metadata: { name: shop, description: The shop, labels: { team: checkout } }
            spec:
              kafka:
                bootstrapServers: ["${KAFKA:localhost:9092}", kafka-1:9092]
                properties:
                  security.protocol: SSL
                  ssl.truststore.password: ${file:/secrets/pw}
                  request.timeout.ms: 1000
                groupId: shop-mesh
                startFrom: latest
                discoverEvery: 1m
              guarantee: at-least-once
              checkpoint: { every: 500ms, timeout: 1m30s }
              parallelism: ${PARALLELISM:2}
              limits: { maxEventBytes: 512KiB }
              channels:
                orders: { topic: shop.orders, eventTime: { from: time, outOfOrderness: 10s, idleAfter: 1m }, dedup: { ttl: 1d12h } }
                regional: { topicPattern: 'shop\\.orders\\.(eu|us)' }
                big: { topic: shop.big, format: binary }
                dead: { topic: shop.dead, format: structured }
              deadLetter: dead
              routes:
                - name: big
                  description: The big ones
                  from: [orders, regional]
                  to: [big]
            """;

    @Test
    void fillsInTheDefaults() {
        JobConfig config = read(SMALLEST).orElseThrow();
        EventTime eventTime = new EventTime(EventTime.Clock.KAFKA, Duration.ZERO, Duration.ofSeconds(30));
        assertThat(config)
                .isEqualTo(new JobConfig(
                        new Metadata("shop", Optional.empty(), Map.of()),
                        new KafkaSettings(
                                List.of("localhost:9092"),
                                Map.of(),
                                "weft-shop",
                                StartFrom.COMMITTED,
                                Duration.ofSeconds(30)),
                        Guarantee.EXACTLY_ONCE,
                        new CheckpointSettings(Duration.ofSeconds(10), Duration.ofMinutes(10)),
                        OptionalInt.empty(),
                        new Limits(1_000_000, -1, 16, 64_000_000, 64_000_000, 4_000_000_000L),
                        List.of(
                                new ChannelConfig(
                                        "orders",
                                        new OneTopic("shop.orders"),
                                        EventFormat.AS_RECEIVED,
                                        eventTime,
                                        null),
                                new ChannelConfig(
                                        "all", new OneTopic("shop.all"), EventFormat.AS_RECEIVED, eventTime, null),
                                new ChannelConfig(
                                        "dead", new OneTopic("shop.dead"), EventFormat.AS_RECEIVED, eventTime, null)),
                        "dead",
                        Optional.empty(),
                        Optional.empty(),
                        PayloadReaders.jsonOnly(),
                        AddressPolicy.guarded(List.of()),
                        List.of(),
                        List.of(new Route("all", List.of("orders"), Rule.everything(), List.of("all"))),
                        List.of(),
                        Functions.NONE));
    }

    @Test
    void aControlChannelLetsTheJobWriteToEveryChannelOfOneTopic() {
        JobConfig config = Jobs.named("shop", """
                channels:
                  orders: { topic: shop.orders }
                  logs: { topicPattern: 'logs\\..*' }
                  out: { topic: out }
                  spare: { topic: spare }
                  rules: { topic: rules }
                  dead: { topic: dead }
                deadLetter: dead
                control: rules
                routes: [{ name: all, from: [orders, logs], to: [out] }]
                """);

        assertThat(config.control()).contains("rules");
        assertThat(config.outputs()).extracting(ChannelConfig::name).containsExactly("out");
        assertThat(config.writable())
                .extracting(ChannelConfig::name)
                .containsExactly("orders", "out", "spare", "rules", "dead");
    }

    @Test
    void readsEverySetting() {
        JobConfig config = read(FULL).orElseThrow();
        assertThat(config.metadata())
                .isEqualTo(new Metadata("shop", Optional.of("The shop"), Map.of("team", "checkout")));
        assertThat(config.kafka())
                .isEqualTo(new KafkaSettings(
                        List.of("localhost:9092", "kafka-1:9092"),
                        Map.of(
                                "security.protocol", new SecretText("SSL"),
                                "ssl.truststore.password", new SecretText("${file:/secrets/pw}"),
                                "request.timeout.ms", new SecretText("1000")),
                        "shop-mesh",
                        StartFrom.LATEST,
                        Duration.ofMinutes(1)));
        assertThat(config.guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
        assertThat(config.checkpoint())
                .isEqualTo(new CheckpointSettings(Duration.ofMillis(500), Duration.ofSeconds(90)));
        assertThat(config.parallelism()).hasValue(2);
        assertThat(config.limits().maxEventBytes()).isEqualTo(512 * 1024);
        assertThat(config.channel("orders").eventTime())
                .isEqualTo(new EventTime(EventTime.Clock.TIME, Duration.ofSeconds(10), Duration.ofMinutes(1)));
        assertThat(config.channel("orders").dedup()).isEqualTo(new Dedup(Duration.ofHours(36)));
        assertThat(config.channel("regional").topics()).isInstanceOf(TopicPattern.class);
        assertThat(config.channel("big").format()).isEqualTo(EventFormat.BINARY);
    }

    @Test
    void knowsWhichChannelsAreReadAndWhichAreWritten() {
        JobConfig config = read(FULL).orElseThrow();
        assertThat(config.sources()).extracting(ChannelConfig::name).containsExactly("orders", "regional");
        assertThat(config.outputs()).extracting(ChannelConfig::name).containsExactly("big");
    }

    @Test
    void readsTheSameFromJson() {
        String json = """
                {"apiVersion": "weft.dev/v1", "kind": "MeshJob", "metadata": {"name": "shop"}, "spec": {
                \t"kafka": {"bootstrapServers": "localhost:9092"},
                \t"channels": {"orders": {"topic": "shop.orders"}, "all": {"topic": "shop.all"}, "dead": {"topic": "shop.dead"}},
                \t"deadLetter": "dead",
                \t"routes": [{"name": "all", "from": ["orders"], "to": ["all"]}]}}
                """;
        assertThat(read(json)).isEqualTo(read(SMALLEST));
    }

    @ParameterizedTest(name = "KAFKA={0} gives {1}")
    @CsvSource(
            delimiter = '|',
            value = {"a:1|[a:1]", "a:1,b:2|[a:1, b:2]", "[::1]:9092|[[::1]:9092]", "SSL://a:1|[SSL://a:1]"})
    void takesServersFromTheEnvironment(String variable, String servers) {
        JobConfig config = JobConfigReader.read("f", FULL.replace(", kafka-1:9092", ""), Map.of("KAFKA", variable))
                .value()
                .orElseThrow();
        assertThat(config.kafka().bootstrapServers()).hasToString(servers);
    }

    @Test
    void typesWhatTheEnvironmentFillsIn() {
        assertThat(JobConfigReader.read("f", FULL, Map.of("PARALLELISM", "7"))
                        .value()
                        .orElseThrow()
                        .parallelism())
                .hasValue(7);
        assertThat(JobConfigReader.read("f", FULL, Map.of("PARALLELISM", "many"))
                        .problems())
                .extracting(Problem::message)
                .containsExactly(
                        "f:16:16: $.spec.parallelism: found \"many\", expected a whole number from 1 to 32768");
    }

    @Test
    void aPasswordFromTheEnvironmentIsStillWrittenOutAndIsNotRepeated() {
        String text = FULL.replace("${file:/secrets/pw}", "${PASSWORD}");
        assertThat(JobConfigReader.read("f", text, Map.of("PASSWORD", "hunter2"))
                        .problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("found a secret written out")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.example.Module required password=\"${env:PW}\";",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true;",
            })
    void aLoginModuleMayHoldReferencesOrNoSecretAtAll(String module) {
        String text = FULL.replace("security.protocol: SSL", "sasl.jaas.config: '" + module + "'");
        assertThat(read(text).orElseThrow().kafka().properties())
                .containsEntry("sasl.jaas.config", new SecretText(module));
    }

    @Test
    void aRouteMayDeliverToTheDeadLetter() {
        assertThat(read(SMALLEST.replace("to: [all]", "to: [all, dead]")).problems())
                .isEmpty();
    }

    @Test
    void anUnusedChannelIsNoMistake() {
        assertThat(read(SMALLEST.replace("  deadLetter", "    spare: { topic: spare }\n  deadLetter"))
                        .problems())
                .isEmpty();
    }

    @Test
    void waysThatMeetAgainAreNoCircle() {
        String text = SMALLEST.replace("    all:", "    a: { topic: a }\n    b: { topic: b }\n    all:") + """
                    - { name: to-a, from: [orders], to: [a] }
                    - { name: to-b, from: [orders], to: [b] }
                    - { name: join, from: [a, b], to: [all] }
                """;
        assertThat(read(text).problems()).isEmpty();
    }

    @Test
    void everyCircleIsReported() {
        String text = SMALLEST + """
                    - { name: back, from: [all], to: [orders] }
                    - { name: self, from: [all], to: [all] }
                """;
        assertThat(read(text).problems())
                .extracting(Problem::found)
                .containsExactly(
                        "\"orders\", which closes the circle all > all > back > orders > all",
                        "\"all\", whose topic shop.all the same route reads");
    }

    @Test
    void readsThousandsOfRoutes() {
        StringBuilder text = new StringBuilder(SMALLEST);
        for (int i = 0; i < 4_000; i++) {
            text.append("    - { name: r%d, from: [orders], where: { type: [t%d] }, to: [all] }\n".formatted(i, i));
        }
        assertThat(read(text.toString()).orElseThrow().routes()).hasSize(4_001);
    }

    private static Checked<JobConfig> read(String text) {
        return JobConfigReader.read("f", text, Map.of());
    }
}
