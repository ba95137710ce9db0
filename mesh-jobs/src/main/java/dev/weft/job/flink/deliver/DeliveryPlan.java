package dev.weft.job.flink.deliver;

import dev.weft.delivery.Target;
import dev.weft.job.ChannelConfig;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operators that deliver carry to each of their subtasks.
 *
 * @param job the job's name
 * @param targets all of the job
 * @param deadLetterTopic where events that are given up go
 * @param channels the channels that take replies, by their names
 * @param maxHops through how many replies an event may lead to another
 * @param maxEventBytes the largest reply that is taken
 * @param canPause whether somebody says which targets are paused
 */
public record DeliveryPlan(
        String job,
        List<Target> targets,
        String deadLetterTopic,
        Map<String, ChannelConfig> channels,
        int maxHops,
        int maxEventBytes,
        boolean canPause)
        implements Serializable {

    public DeliveryPlan {
        targets = List.copyOf(targets);
        channels = Map.copyOf(channels);
    }

    /** Returns the target of that name, or null if there is none. */
    @Nullable
    Target target(String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
