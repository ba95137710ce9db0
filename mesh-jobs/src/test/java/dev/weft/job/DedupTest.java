package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Received;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DedupTest {

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              first: { topic: shop.orders, dedup: { ttl: 1h } }
              many: { topicPattern: 'shop\\..*', dedup: { ttl: 2h } }
              plain: { topic: plain }
              unread: { topic: unread, dedup: { ttl: 3h } }
              dead: { topic: dead }
            deadLetter: dead
            routes: [{ name: all, from: [first, many, plain], to: [dead] }]
            """);

    private final DedupPlan plan = DedupPlan.of(SHOP);

    @ParameterizedTest(name = "what passed at {0} passes again at {1}: {2}")
    @CsvSource({"1000, 1000, false", "1000, 10999, false", "1000, 11000, true", "1000, 0, false"})
    void anEventPassesAgainOnceItsTimeIsOver(long passed, long now, boolean passes) {
        assertThat(new Dedup(Duration.ofSeconds(10)).passes(passed, now)).isEqualTo(passes);
    }

    @Test
    void anEventThatNobodyRemembersPasses() {
        assertThat(new Dedup(Duration.ofSeconds(10)).passes(null, 0)).isTrue();
    }

    @ParameterizedTest(name = "{0} belongs to {1}")
    @CsvSource({"shop.orders, first", "shop.returns, many", "plain, ", "unread, ", "gone, "})
    void aTopicBelongsToTheFirstChannelThatCoversIt(String topic, String channel) {
        assertThat(asking(Wire.readFrom(topic, Wire.event("1", "order", "{}"))))
                .isEqualTo(Optional.ofNullable(channel));
    }

    @Test
    void nobodyAsksAboutARecordThatIsNoEvent() {
        assertThat(asking(Wire.readFrom("shop.orders", Wire.garbage("nonsense"))))
                .isEmpty();
    }

    @Test
    void remembersForAsLongAsTheLongestOfTheChannelsThatAreRead() {
        assertThat(plan.longest()).isEqualTo(Duration.ofHours(2));
        assertThat(plan.channels()).extracting(ChannelConfig::name).containsExactly("first", "many");
    }

    private Optional<String> asking(Received received) {
        return Optional.ofNullable(plan.asking(received)).map(ChannelConfig::name);
    }
}
