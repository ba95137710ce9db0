package dev.weft.job;

import dev.weft.delivery.Order;
import dev.weft.event.PayloadReaders;
import dev.weft.route.Route;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a job config that decides where events go: what the routing operator carries to each of its subtasks.
 *
 * @param job the job's name
 * @param channels in the order of the file
 * @param deadLetter the name of one of the channels
 * @param payloads how payloads that are not JSON are read
 * @param routes in the order of the file
 * @param targets in which order events reach each target, by its name
 * @param redrive the name of the channel on which dead letters are sent again; null: there is none
 * @param maxEventBytes the largest event that a route may make of another
 */
public record RoutingPlan(
        String job,
        List<ChannelConfig> channels,
        String deadLetter,
        PayloadReaders payloads,
        List<Route> routes,
        Map<String, Order> targets,
        @Nullable String redrive,
        int maxEventBytes)
        implements Serializable {

    public RoutingPlan {
        channels = List.copyOf(channels);
        routes = List.copyOf(routes);
        targets = Map.copyOf(targets);
    }

    /** Returns the same plan with only those routes that have a step which remembers. */
    RoutingPlan remembering() {
        List<Route> remembering =
                routes.stream().filter(route -> route.steps().remembering() > 0).toList();
        return new RoutingPlan(job, channels, deadLetter, payloads, remembering, targets, redrive, maxEventBytes);
    }

    /** Returns the number of the channel of that name, in the order of the file. */
    int channelNumber(String name) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no channel is named " + name);
    }

    /** Returns the topic of the dead letter channel. */
    public String deadLetterTopic() {
        return channels.get(channelNumber(deadLetter)).topic();
    }

    /** Returns the topic on which dead letters are sent again, or null. */
    @Nullable
    String redriveTopic() {
        return redrive == null ? null : channels.get(channelNumber(redrive)).topic();
    }
}
