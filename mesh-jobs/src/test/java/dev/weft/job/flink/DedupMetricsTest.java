package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.DedupPlan;
import dev.weft.job.Jobs;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class DedupMetricsTest {

    @Test
    void countsByChannelAndCountsWhatWasDroppedAsReceived() {
        DedupPlan plan = DedupPlan.of(Jobs.named("shop", """
                channels: { a: { topic: a, dedup: { ttl: 1h } }, b: { topic: b, dedup: { ttl: 1h } }, c: { topic: c } }
                deadLetter: c
                routes: [{ name: all, from: [a, b], to: [c] }]
                """));
        Map<String, Counter> counters = new TreeMap<>();
        DedupMetrics metrics = new DedupMetrics(new Named("", counters), plan.channels());

        metrics.duplicate("a");
        metrics.duplicate("b");
        metrics.duplicate("a");

        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((name, counter) -> counts.put(name, counter.getCount()));
        assertThat(counts)
                .isEqualTo(Map.of(
                        "weft.received", 3L,
                        "weft.duplicates", 3L,
                        "weft.channel.a.duplicates", 2L,
                        "weft.channel.b.duplicates", 1L));
    }

    /** Writes down under which name each counter is. */
    private static final class Named extends UnregisteredMetricsGroup {
        private final String prefix;
        private final Map<String, Counter> counters;

        Named(String prefix, Map<String, Counter> counters) {
            this.prefix = prefix;
            this.counters = counters;
        }

        @Override
        public Named addGroup(String name) {
            return new Named(prefix + name + ".", counters);
        }

        @Override
        public Counter counter(String name) {
            Counter counter = super.counter(name);
            counters.put(prefix + name, counter);
            return counter;
        }
    }
}
