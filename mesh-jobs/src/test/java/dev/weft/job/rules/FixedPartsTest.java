package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.JobConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedPartsTest {

    private static final String SPEC = """
            kafka: { bootstrapServers: "kafka:9092", groupId: g, startFrom: earliest, discoverEvery: 5s }
            guarantee: exactly-once
            checkpoint: { every: 1s, timeout: 1m }
            parallelism: 2
            limits: { maxEventBytes: 1MB }
            channels: { in: { topic: in }, out: { topic: out }, dead: { topic: dead }, rules: { topic: rules } }
            deadLetter: dead
            control: rules
            routes: [{ name: all, from: [in], to: [out] }]
            """;

    private static final JobConfig RUNNING = config("shop", SPEC);

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            kafka:9092           | kafka:9093            | spec.kafka.bootstrapServers: found kafka:9093, but the running job has kafka:9092
            groupId: g           | groupId: h            | spec.kafka.groupId: found h, but the running job has g
            startFrom: earliest  | startFrom: latest     | spec.kafka.startFrom: found latest, but the running job has earliest
            discoverEvery: 5s    | discoverEvery: 6s     | spec.kafka.discoverEvery: found 6s, but the running job has 5s
            groupId: g           | groupId: g, properties: { client.rack: a } | spec.kafka.properties: found others than the running job has
            exactly-once         | at-least-once         | spec.guarantee: found at-least-once, but the running job has exactly-once
            every: 1s            | every: 2s             | spec.checkpoint.every: found 2s, but the running job has 1s
            timeout: 1m          | timeout: 2m           | spec.checkpoint.timeout: found 2m, but the running job has 1m
            parallelism: 2       | parallelism: 3        | spec.parallelism: found 3, but the running job has 2
            maxEventBytes: 1MB   | maxEventBytes: 2MB    | spec.limits.maxEventBytes: found 2000000B, but the running job has 1000000B
            deadLetter: dead     | deadLetter: out       | spec.deadLetter: found out, but the running job has dead
            control: rules       | guarantee: exactly-once | spec.control: found none, but the running job has rules
            'rules: { topic: rules }' | 'rules: { topic: rules }, new: { topic: new }' | spec.channels.new: found a channel that the running job does not have
            topic: out           | 'topic: out, format: binary' | spec.channels.out: found out, binary, event time from kafka, 0s late, idle after 30s, but the running job has out, as-received, event time from kafka, 0s late, idle after 30s
            topic: in             | 'topic: in, dedup: { ttl: 1h }' | spec.channels.in: found in, as-received, event time from kafka, 0s late, idle after 30s, dedup for 1h, but the running job has in, as-received, event time from kafka, 0s late, idle after 30s
            """)
    void aPartThatCannotChangeIsNamed(String running, String proposed, String difference) {
        String base = running.equals("control: rules") ? SPEC.replace("guarantee: exactly-once\n", "") : SPEC;

        assertThat(FixedParts.differences(RUNNING, config("shop", base.replace(running, proposed))))
                .containsExactly(difference);
    }

    @Test
    void allDifferencesAreToldAtOnce() {
        String other = SPEC.replace("every: 1s", "every: 2s").replace("parallelism: 2", "parallelism: 4");

        assertThat(FixedParts.differences(RUNNING, config("store", other))).hasSize(3);
    }

    @Test
    void functionsAndWhatLeadsToThemAndFromThemCannotChange() {
        String functions = SPEC + """
                functions: [{ class: com.shop.Cart }]
                ingress: [{ name: carts, from: [in], to: [shop/cart], id: subject }]
                egress: { shop/receipts: out }
                """;
        String other = functions
                .replace("Cart }", "Carts }")
                .replace("name: carts", "name: cards")
                .replace("shop/receipts", "shop/bills");

        assertThat(FixedParts.differences(config("shop", functions), config("shop", other)))
                .containsExactly(
                        "spec.functions: found others than the running job has",
                        "spec.ingress, ingress carts: found none, but the running job has it",
                        "spec.ingress, ingress cards: found an ingress that the running job does not have",
                        "spec.egress: found another than the running job has");
    }

    @Test
    void routesCanChange() {
        String other =
                SPEC.replace("name: all", "name: some, where: { type: [a] }").replace("to: [out]", "to: [out, dead]");

        assertThat(FixedParts.differences(RUNNING, config("shop", other))).isEmpty();
    }

    @Test
    void aChannelThatIsNotReadCannotBeReadFromNowOn() {
        String other = SPEC.replace("from: [in]", "from: [in, out]").replace("to: [out]", "to: [dead]");

        assertThat(FixedParts.differences(RUNNING, config("shop", other)))
                .containsExactly(
                        "spec.routes, route all: found from out, a channel that the running job does not read");
    }

    private static JobConfig config(String name, String spec) {
        return Shops.from(name, spec).read().orElseThrow();
    }
}
