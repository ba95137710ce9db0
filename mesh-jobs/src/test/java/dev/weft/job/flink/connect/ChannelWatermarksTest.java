package dev.weft.job.flink.connect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Received;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Partitions are put together as the source puts its splits together. */
class ChannelWatermarksTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final long BEFORE_ANY_EVENT = Long.MIN_VALUE;

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: orders, eventTime: { from: time, outOfOrderness: 10s, idleAfter: 30s } }
              payments: { topic: payments, eventTime: { from: time, outOfOrderness: 1m, idleAfter: 30s } }
              logs: { topicPattern: 'log\\..*', eventTime: { from: kafka, outOfOrderness: 0s, idleAfter: 2m } }
              out: { topic: out }
            deadLetter: out
            routes: [{ name: all, from: [orders, payments, logs], to: [out] }]
            """);

    private final Source source = new Source();

    @Test
    void aChannelWaitsAsLongAsItsEventsMayBeLate() {
        source.has("orders-0");
        source.reads("orders-0", "orders", NOON);

        assertThat(source.time()).isEqualTo(justBefore(NOON.minusSeconds(10)));
    }

    @Test
    void theSlowestChannelHoldsTheOthersBack() {
        source.has("orders-0", "payments-0");
        source.reads("orders-0", "orders", NOON);
        source.reads("payments-0", "payments", NOON);

        assertThat(source.time()).isEqualTo(justBefore(NOON.minusSeconds(60)));
    }

    @Test
    void aLateEventDoesNotTurnTimeBack() {
        source.has("orders-0");
        source.reads("orders-0", "orders", NOON);
        source.reads("orders-0", "orders", NOON.minusSeconds(9));

        assertThat(source.time()).isEqualTo(justBefore(NOON.minusSeconds(10)));
    }

    @Test
    void aPartitionThatNeverHadARecordHoldsTheOthersBackUntilItIsIdle() {
        source.has("orders-0", "orders-1");
        source.reads("orders-0", "orders", NOON);
        assertThat(source.time()).isEqualTo(BEFORE_ANY_EVENT);

        source.waits(Duration.ofSeconds(35), "orders-0", "orders");

        assertThat(source.time()).isEqualTo(justBefore(NOON.minusSeconds(10)));
    }

    @Test
    void aPartitionThatFellSilentHoldsTheOthersBackUntilItIsIdle() {
        source.has("orders-0", "orders-1");
        source.reads("orders-1", "orders", NOON.minusSeconds(3600));
        source.reads("orders-0", "orders", NOON);
        assertThat(source.time()).isEqualTo(justBefore(NOON.minusSeconds(3610)));

        source.waits(Duration.ofSeconds(35), "orders-0", "orders");

        assertThat(source.time()).isEqualTo(justBefore(NOON.minusSeconds(10)));
    }

    @Test
    void aPartitionThatWakesUpIsWaitedForAgain() {
        source.has("orders-0", "orders-1");
        source.reads("orders-0", "orders", NOON);
        source.waits(Duration.ofSeconds(35), "orders-0", "orders");

        source.reads("orders-1", "orders", NOON.plusSeconds(1));
        source.reads("orders-0", "orders", NOON.plusSeconds(60));

        assertThat(source.time()).isEqualTo(justBefore(NOON.minusSeconds(9)));
    }

    @Test
    void aTopicOfAPatternHasTheSettingsOfItsChannel() {
        source.has("log.a-0");
        source.reads("log.a-0", "log.a", NOON);

        assertThat(source.time()).isEqualTo(justBefore(NOON));
    }

    @Test
    void theEventsOwnTimeIsReadWhereTheChannelSaysSo() {
        assertThat(timestamp("orders", event(NOON), NOON.plusSeconds(5))).isEqualTo(NOON);
    }

    @Test
    void theRecordsTimeIsReadWhereTheChannelSaysSo() {
        assertThat(timestamp("log.a", event(NOON), NOON.plusSeconds(5))).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void anEventWithoutATimeHasThatOfItsRecord() {
        assertThat(timestamp("orders", Wire.event("1", "order", "{}"), NOON)).isEqualTo(NOON);
    }

    @Test
    void aRecordThatIsNoEventHasItsOwnTime() {
        assertThat(timestamp("orders", Wire.garbage("nonsense"), NOON)).isEqualTo(NOON);
    }

    /** A savepoint remembers topics that the file has let go of since. */
    @Test
    void aTopicThatNoChannelCoversAnyMoreHasTheTimeOfKafka() {
        assertThat(timestamp("shipments", event(NOON), NOON.plusSeconds(5))).isEqualTo(NOON.plusSeconds(5));

        source.has("shipments-0");
        source.reads("shipments-0", "shipments", NOON);

        assertThat(source.time()).isEqualTo(justBefore(NOON));
    }

    private static long justBefore(Instant time) {
        return time.toEpochMilli() - 1;
    }

    private static Instant timestamp(String topic, WireRecord record, Instant kafka) {
        TimestampAssigner<Received> assigner =
                KafkaEdges.watermarks(SHOP).createTimestampAssigner(UnregisteredMetricsGroup::new);
        return Instant.ofEpochMilli(assigner.extractTimestamp(Wire.readFrom(topic, record), kafka.toEpochMilli()));
    }

    private static WireRecord event(Instant time) {
        WireRecord event = Wire.event("1", "order", "{}");
        WireHeaders headers = event.headers().toBuilder()
                .add("ce_time", Wire.utf8(time.toString()))
                .build();
        return new WireRecord(event.key(), headers, event.value());
    }

    /** One reader of several partitions, on a clock of its own. */
    private static final class Source implements WatermarkGeneratorSupplier.Context, WatermarkOutput {
        private final ManualClock clock = new ManualClock();
        private final WatermarkStrategy<Received> strategy = KafkaEdges.watermarks(SHOP);
        private final TimestampAssigner<Received> assigner =
                strategy.createTimestampAssigner(UnregisteredMetricsGroup::new);
        private final WatermarkOutputMultiplexer together = new WatermarkOutputMultiplexer(this);
        private final Map<String, WatermarkGenerator<Received>> generators = new LinkedHashMap<>();
        private @Nullable Watermark latest;

        void has(String... partitions) {
            for (String partition : partitions) {
                together.registerNewOutput(partition);
                generators.put(partition, strategy.createWatermarkGenerator(this));
            }
            emit();
        }

        void reads(String partition, String topic, Instant time) {
            Received received = Wire.readFrom(topic, event(time));
            long timestamp = assigner.extractTimestamp(received, time.toEpochMilli());
            generator(partition).onEvent(received, timestamp, together.getImmediateOutput(partition));
            emit();
        }

        /** Lets time pass in which only one partition has something to read, though nothing newer than before. */
        void waits(Duration time, String busy, String topic) {
            for (long second = 0; second < time.toSeconds(); second++) {
                clock.advanceTime(Duration.ofSeconds(1));
                reads(busy, topic, NOON);
            }
        }

        long time() {
            return latest == null ? BEFORE_ANY_EVENT : latest.getTimestamp();
        }

        private void emit() {
            generators.forEach(
                    (partition, generator) -> generator.onPeriodicEmit(together.getDeferredOutput(partition)));
            together.onPeriodicEmit();
        }

        private WatermarkGenerator<Received> generator(String partition) {
            return requireNonNull(generators.get(partition), partition);
        }

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return clock;
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            latest = watermark;
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
