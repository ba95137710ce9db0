package dev.weft.scale.lag;

import dev.weft.scale.Observation;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * What {@link LagTracker} makes of a look.
 *
 * @param observation what is known now
 * @param rated whether rates are known; not at the first look, when every rate is still 0
 * @param state what to go on from at the next look
 * @param probes what should be looked for until then
 * @param lookUps what should be looked up, again at each look until it is answered
 */
public record Tracked(
        Observation observation, boolean rated, TrackerState state, List<Probe> probes, List<LookUp> lookUps) {

    public Tracked {
        probes = List.copyOf(probes);
        lookUps = List.copyOf(lookUps);
    }

    /** Asks what {@link QueueReader#probe} says of a stretch. */
    public record Probe(TopicPartition partition, long from, long end) {}

    /** Asks for the offset {@link QueueReader#offsetsFor} says of a time. */
    public record LookUp(TopicPartition partition, Instant time) {}
}
