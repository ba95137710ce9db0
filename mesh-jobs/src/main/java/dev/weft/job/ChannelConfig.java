package dev.weft.job;

import dev.weft.event.EventFormat;
import dev.weft.route.TopicNames;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A named stream of CloudEvents in Kafka.
 *
 * @param topics one topic, or a pattern of topics that can only be read
 * @param format how events are written; reading accepts every format
 * @param eventTime where the file says nothing: {@link EventTime.Clock#KAFKA}, in order, idle after 30 s
 * @param dedup how an event that comes again is known; null: nobody asks whether it does
 */
public record ChannelConfig(
        String name,
        TopicNames topics,
        EventFormat format,
        EventTime eventTime,
        @Nullable Dedup dedup) implements Serializable {

    /** Returns the topic's name; only for a channel of one topic, as every channel that is written to is. */
    public String topic() {
        if (topics instanceof TopicNames.OneTopic one) {
            return one.topic();
        }
        throw new IllegalStateException("channel " + name + " stands for a pattern of topics: " + topics);
    }
}
