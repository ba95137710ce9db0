package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.DedupPlan;
import dev.weft.job.Jobs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DedupMetricsTest {

    @Test
    void countsByChannelAndCountsWhatWasDroppedAsReceived() {
        DedupPlan plan = DedupPlan.of(Jobs.named("shop", """
                channels: { a: { topic: a, dedup: { ttl: 1h } }, b: { topic: b, dedup: { ttl: 1h } }, c: { topic: c } }
                deadLetter: c
                routes: [{ name: all, from: [a, b], to: [c] }]
                """));
        NamedMetrics named = NamedMetrics.root();
        DedupMetrics metrics = new DedupMetrics(named, plan.channels());

        metrics.duplicate("a");
        metrics.duplicate("b");
        metrics.duplicate("a");

        assertThat(named.counts())
                .isEqualTo(Map.of(
                        "weft.received", 3L,
                        "weft.duplicates", 3L,
                        "weft.channel.a.duplicates", 2L,
                        "weft.channel.b.duplicates", 1L));
    }
}
