package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PreflightTest {

    private static final long DEFAULT = 1_048_588;

    @Test
    void findsNothingWhereAllIsWell() {
        Preflight preflight = Preflight.of(shop("topic: shop.orders"), topics(DEFAULT, DEFAULT, DEFAULT + 65_536));

        assertThat(preflight).isEqualTo(new Preflight(Map.of(), List.of(), List.of()));
    }

    @Test
    void namesEveryTopicThatIsMissing() {
        Preflight preflight = Preflight.of(shop("topic: shop.orders"), Map.of("shop.audit", DEFAULT));

        assertThat(preflight.missing()).isEqualTo(Map.of("shop.orders", "orders", "shop.dead", "dead"));
    }

    @Test
    void aDeadLetterThatIsSmallerThanWhatComesInIsAnError() {
        Preflight preflight = Preflight.of(shop("topic: shop.orders"), topics(5_000_000, DEFAULT, DEFAULT));

        assertThat(preflight.errors())
                .containsExactly("dead letter: topic shop.dead takes records of 1048588 bytes, but shop.orders takes"
                        + " 5000000, and what cannot be read is kept whole."
                        + " Set its max.message.bytes to 5065536 or more");
    }

    @Test
    void aDeadLetterWithoutRoomForTheReasonIsAWarning() {
        Preflight preflight = Preflight.of(shop("topic: shop.orders"), topics(DEFAULT, DEFAULT, DEFAULT));

        assertThat(preflight.errors()).isEmpty();
        assertThat(preflight.warnings())
                .singleElement()
                .asString()
                .startsWith("dead letter: topic shop.dead")
                .endsWith("Set its max.message.bytes to 1114124 or more");
    }

    @Test
    void aTargetThatIsSmallerThanTheLargestEventIsAnError() {
        Preflight preflight = Preflight.of(shop("topic: shop.orders"), topics(DEFAULT, 1000, DEFAULT + 65_536));

        assertThat(preflight.errors())
                .containsExactly("topic shop.audit takes records of 1000 bytes, but spec.limits.maxEventBytes lets"
                        + " events of 1000000 bytes pass. Set its max.message.bytes to 1065536 or more");
    }

    @Test
    void aTargetThatCannotTakeTheLargestEventAsJsonIsAWarning() {
        JobConfig shop = shop("topic: shop.orders", "topic: shop.audit, format: structured");

        assertThat(Preflight.of(shop, topics(DEFAULT, DEFAULT, DEFAULT + 65_536)))
                .isEqualTo(new Preflight(
                        Map.of(),
                        List.of(),
                        List.of("topic shop.audit takes records of 1048588 bytes, but spec.limits.maxEventBytes lets"
                                + " events of 1000000 bytes pass, which may grow by a third as JSON."
                                + " Set its max.message.bytes to 1398872 or more")));
    }

    @Test
    void aPatternWithoutTopicsIsOnlyAWarning() {
        Preflight preflight = Preflight.of(
                shop("topicPattern: 'eu\\..*'"), Map.of("shop.audit", DEFAULT, "shop.dead", DEFAULT + 65_536));

        assertThat(preflight.missing()).isEmpty();
        assertThat(preflight.warnings())
                .containsExactly("no topic matches /eu\\..*/ (channel orders) yet: topics made later are found");
    }

    private static Map<String, Long> topics(long orders, long audit, long dead) {
        return new TreeMap<>(Map.of("shop.orders", orders, "shop.audit", audit, "shop.dead", dead));
    }

    private static JobConfig shop(String orders) {
        return shop(orders, "topic: shop.audit");
    }

    private static JobConfig shop(String orders, String audit) {
        String config = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: shop }
                spec:
                  kafka: { bootstrapServers: "localhost:9092" }
                  channels:
                    orders: { %s }
                    audit: { %s }
                    dead: { topic: shop.dead }
                  deadLetter: dead
                  routes:
                    - { name: audit, from: [orders], to: [audit] }
                """.formatted(orders, audit);
        return JobConfigReader.read("shop.yaml", config, Map.of()).orElseThrow();
    }
}
