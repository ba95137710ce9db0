package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.Received;
import dev.weft.function.Address;
import dev.weft.function.Effects.Egress;
import dev.weft.function.FunctionType;
import dev.weft.function.TypedValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/**
 * What functions of workflows say to the world: always a CloudEvent in the JSON format, whichever egress it is for.
 *
 * <ul>
 *   <li>{@link WorkflowTypes#EVENTS}, or the channel that the definition's {@linkplain WorkflowTerms terms} name: what
 *       instances emit, as they made it.
 *   <li>{@link WorkflowTypes#LIFECYCLE}: the lifecycle events of the specification, whose types begin with
 *       {@code io.serverlessworkflow.}; of ours, with {@code dev.weft.workflow.}.
 *   <li>{@link WorkflowTypes#INSTANCES}: {@code dev.weft.workflow.instance.v1}, how an instance is: {@code id},
 *       {@code namespace}, {@code name}, {@code version}, {@code digest}, {@code status}, {@code startedAt},
 *       {@code updatedAt}, {@code tasks} (pointers of those that are under way), {@code search}, {@code error}. The
 *       record's key is the instance's id, so a compacted topic keeps the last of each.
 *   <li>{@link WorkflowTypes#REPLIES}: {@code dev.weft.workflow.reply.v1}, the answer to a command: {@code request},
 *       the id of the command's event; {@code instance}; {@code done}; {@code detail} where it was not; and what was
 *       asked for.
 * </ul>
 */
public final class OutgoingEvents {

    /** The type of values that are the JSON of a whole event, for every egress. */
    private static final String TYPENAME = "io.cloudevents/event";

    /** In this namespace, every channel is an egress by its name. */
    private static final String CHANNELS = "weft.channels";

    private static final String STANDARD = "io.serverlessworkflow.";
    private static final String OURS = "dev.weft.workflow.";
    private static final Set<String> OUR_LIFECYCLE = Set.of("task.compensated");

    private OutgoingEvents() {}

    /**
     * Returns what was said as an event with a record's key, the id of who said it; or, where an instance emitted what
     * is no CloudEvent, the record with the reason.
     */
    public static Received received(Address from, TypedValue value) {
        return EventJson.received(from.id().getBytes(StandardCharsets.UTF_8), value.bytes());
    }

    static Egress emitted(Workflow workflow, ObjectNode envelope) {
        WorkflowTerms terms = workflow.terms();
        String channel = terms == null ? null : terms.to();
        return egress(channel == null ? WorkflowTypes.EVENTS : new FunctionType(CHANNELS, channel), envelope);
    }

    static Egress lifecycle(String source, String instance, String type, String id, ObjectNode data, long now) {
        String prefix = OUR_LIFECYCLE.contains(type) ? OURS : STANDARD;
        return egress(WorkflowTypes.LIFECYCLE, envelope(prefix + type + ".v1", id, source, instance, data, now));
    }

    static Egress row(String source, String instance, String id, ObjectNode data, long now) {
        return egress(WorkflowTypes.INSTANCES, envelope(OURS + "instance.v1", id, source, instance, data, now));
    }

    static Egress reply(String source, String instance, String id, ObjectNode data, long now) {
        return egress(WorkflowTypes.REPLIES, envelope(CommandReader.REPLY, id, source, instance, data, now));
    }

    private static ObjectNode envelope(
            String type, String id, String source, String instance, JsonNode data, long now) {
        ObjectNode envelope = JsonBytes.NODES
                .objectNode()
                .put("specversion", "1.0")
                .put("type", type)
                .put("id", id)
                .put("source", source)
                .put("subject", instance)
                .put("time", Instant.ofEpochMilli(now).toString())
                .put("datacontenttype", "application/json");
        envelope.set("data", data);
        return envelope;
    }

    private static Egress egress(FunctionType egress, ObjectNode envelope) {
        return new Egress(egress, new TypedValue(TYPENAME, JsonBytes.of(envelope)));
    }
}
