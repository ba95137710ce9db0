package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What there is to see of a scenario so far, as JSON.
 *
 * @param instances in the order in which they began: {@code id}, {@code workflow}, {@code version}, {@code status},
 *     {@code tasks}, {@code search}, and {@code output} or {@code error} where there is one
 * @param events that were emitted: their envelopes with {@code data}
 * @param calls that were made: {@code method}, {@code uri}, {@code headers}, {@code body}, {@code authentication},
 *     {@code key} and {@code answered}
 * @param lifecycle what was told: {@code type} without the prefix, and {@code data}
 * @param replies to commands
 * @param lost what nobody could understand, and why: {@code detail}
 */
public record Seen(
        List<ObjectNode> instances,
        List<ObjectNode> events,
        List<ObjectNode> calls,
        List<ObjectNode> lifecycle,
        List<ObjectNode> replies,
        List<ObjectNode> lost) {

    public Seen {
        instances = List.copyOf(instances);
        events = List.copyOf(events);
        calls = List.copyOf(calls);
        lifecycle = List.copyOf(lifecycle);
        replies = List.copyOf(replies);
        lost = List.copyOf(lost);
    }

    /** Returns the same with these calls. */
    public Seen with(List<ObjectNode> made) {
        return new Seen(instances, events, made, lifecycle, replies, lost);
    }
}
