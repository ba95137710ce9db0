package dev.weft.job;

import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which channels a job asks whether an event has come before. A topic belongs to the first channel of the file that
 * covers it, as it does for its event time. Not safe for use by several threads.
 */
public final class DedupPlan implements Serializable {

    private static final long serialVersionUID = 1;

    private final List<ChannelConfig> sources;

    private transient @Nullable String topic;
    private transient @Nullable ChannelConfig owner;

    private DedupPlan(List<ChannelConfig> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Returns the plan of a job. */
    public static DedupPlan of(JobConfig config) {
        return new DedupPlan(config.sources());
    }

    /** Returns the channels that ask, in the order of the file. */
    public List<ChannelConfig> channels() {
        return sources.stream().filter(channel -> channel.dedup() != null).toList();
    }

    /** Returns how long anything is remembered at most; zero if no channel asks. */
    public Duration longest() {
        return sources.stream()
                .map(ChannelConfig::dedup)
                .map(dedup -> dedup == null ? Duration.ZERO : dedup.ttl())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns the channel that asks about this; null if none does, as of records that are no events. */
    public @Nullable ChannelConfig asking(Received received) {
        if (!(received instanceof MeshEvent)) {
            return null;
        }
        String from = received.origin().topic();
        // Consecutive records are mostly of one topic.
        if (!from.equals(topic)) {
            topic = from;
            owner = sources.stream()
                    .filter(channel -> channel.topics().covers(from))
                    .findFirst()
                    .filter(channel -> channel.dedup() != null)
                    .orElse(null);
        }
        return owner;
    }
}
