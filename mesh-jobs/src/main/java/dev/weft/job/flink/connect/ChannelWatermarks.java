package dev.weft.job.flink.connect;

import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.event.Rfc3339;
import dev.weft.job.ChannelConfig;
import dev.weft.job.EventTime;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.NoWatermarksGenerator;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.RelativeClock;

/**
 * What time it is in each channel. One source reads all channels, but Flink makes a generator for each partition, and
 * the records of a partition are of one topic: so each generator takes the settings of the channel its first record
 * belongs to. Where several channels cover a topic, the first in the file decides.
 *
 * <p>A savepoint remembers topics that its job read. If the file lets go of one, Flink reads on there; no route is
 * asked about such events, and their time is that of Kafka.
 */
final class ChannelWatermarks implements WatermarkStrategy<Received> {

    private static final long serialVersionUID = 1;

    private static final EventTime OF_NO_CHANNEL =
            new EventTime(EventTime.Clock.KAFKA, Duration.ZERO, Duration.ofSeconds(30));

    private final List<ChannelConfig> channels;

    ChannelWatermarks(List<ChannelConfig> channels) {
        this.channels = List.copyOf(channels);
    }

    private EventTime settings(String topic) {
        for (ChannelConfig channel : channels) {
            if (channel.topics().covers(topic)) {
                return channel.eventTime();
            }
        }
        return OF_NO_CHANNEL;
    }

    @Override
    public WatermarkGenerator<Received> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        Duration shortestIdle = channels.stream()
                .map(channel -> channel.eventTime().idleAfter())
                .min(Duration::compareTo)
                .orElseThrow();
        return new OfPartition(context.getInputActivityClock(), shortestIdle);
    }

    @Override
    public TimestampAssigner<Received> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return new EventTimestamps();
    }

    /** Reads the event's own time where the channel says so, else Kafka's. */
    private final class EventTimestamps implements TimestampAssigner<Received> {
        private String topic = "";
        private boolean fromEvent;

        @Override
        public long extractTimestamp(Received received, long kafkaTimestamp) {
            String from = received.origin().topic();
            // Consecutive records are mostly of one topic, and Kafka's client hands out one string for it.
            if (!from.equals(topic)) {
                topic = from;
                fromEvent = settings(from).from() == EventTime.Clock.TIME;
            }
            if (fromEvent && received instanceof MeshEvent event) {
                String time = event.attribute("time");
                return time == null ? kafkaTimestamp : Rfc3339.epochMillis(time);
            }
            return kafkaTimestamp;
        }
    }

    /** Waits for the partition's first record to learn its channel; until then only idleness can be told. */
    private final class OfPartition implements WatermarkGenerator<Received> {
        private final RelativeClock clock;
        private WatermarkGenerator<Received> generator;
        private boolean known;

        OfPartition(RelativeClock clock, Duration idleUntilKnown) {
            this.clock = clock;
            this.generator = new WatermarksWithIdleness<>(new NoWatermarksGenerator<>(), idleUntilKnown, clock);
        }

        @Override
        public void onEvent(Received received, long timestamp, WatermarkOutput output) {
            if (!known) {
                EventTime settings = settings(received.origin().topic());
                generator = new WatermarksWithIdleness<>(
                        new BoundedOutOfOrdernessWatermarks<>(settings.outOfOrderness()), settings.idleAfter(), clock);
                known = true;
            }
            generator.onEvent(received, timestamp, output);
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            generator.onPeriodicEmit(output);
        }
    }
}
