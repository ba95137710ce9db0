package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Nearest;
import dev.weft.event.MeshEvent;
import dev.weft.event.RefusedRecord;
import dev.weft.function.Address;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of commands: events whose type is {@code dev.weft.workflow.} and what is to be done, and whose data
 * say to what. The event's id is the request that the answer names.
 *
 * <ul>
 *   <li>{@code start}: {@code workflow} ({@code namespace}, {@code name}, perhaps {@code version}), perhaps
 *       {@code input} and {@code instance}. Without the latter the instance's id is made of the event's source and id,
 *       so a command that comes twice starts one.
 *   <li>{@code cancel}, {@code suspend}, {@code compensate}: {@code instance}, perhaps {@code reason}.
 *   <li>{@code resume}, {@code get}: {@code instance}.
 *   <li>{@code send}: {@code instance}, {@code event} (a CloudEvent in the JSON format), which no other instance gets.
 *   <li>{@code reset}: {@code instance}, {@code task} (a pointer).
 *   <li>{@code migrate}: {@code instance}, {@code workflow}, perhaps {@code tasks} (pointers of the old definition and
 *       what they are in the new), perhaps {@code dryRun}.
 * </ul>
 */
public final class CommandReader {

    /** What types of commands begin with. */
    public static final String PREFIX = "dev.weft.workflow.";

    /** The type of the events by which commands are answered. */
    public static final String REPLY = PREFIX + "reply.v1";

    private static final List<String> COMMANDS =
            List.of("start", "cancel", "suspend", "resume", "compensate", "reset", "migrate", "send", "get");

    private static final int LONGEST_ID = 512;
    private static final String DEFAULT_REASON = "by command";

    private CommandReader() {}

    /** A command that is none. Says why. */
    public static final class RefusedCommand extends Exception {

        private static final long serialVersionUID = 1;

        RefusedCommand(String message) {
            super(message);
        }
    }

    /**
     * Returns the message that a command makes.
     *
     * @param now milliseconds since 1970
     */
    public static Message read(MeshEvent event, long now) throws RefusedCommand {
        String command = command(event.getType());
        if (!(event.data() instanceof ObjectNode data)) {
            throw new RefusedCommand("data: found no object, expected what the command is for");
        }
        String trace = event.attribute("traceparent");
        if (command.equals("start")) {
            return start(event, data, now, trace);
        }
        String instance = instance(data);
        if (instance == null) {
            throw new RefusedCommand("data.instance: found nothing, expected the id of an instance");
        }
        Order order = new Order(event.getId(), wish(command, data));
        return message(instance, new InstanceMessage.Ordered(order).form(), trace);
    }

    private static String command(String type) throws RefusedCommand {
        String command = type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "";
        if (!COMMANDS.contains(command)) {
            String near = Nearest.to(command, COMMANDS)
                    .map(name -> ". Did you mean \"" + PREFIX + name + "\"?")
                    .orElse("");
            throw new RefusedCommand("type: found " + type + ", expected " + PREFIX + " and one of "
                    + String.join(", ", COMMANDS) + near);
        }
        return command;
    }

    private static Message start(MeshEvent event, ObjectNode data, long now, @Nullable String trace)
            throws RefusedCommand {
        String given = instance(data);
        String source = Objects.requireNonNull(event.attribute("source"));
        String instance = given == null ? StableHash.id("start", source, event.getId()) : given;
        JsonNode input = data.has("input") ? data.get("input") : JsonNodeFactory.instance.objectNode();
        long put = event.origin().timestamp();
        InstanceMessage.Start start = new InstanceMessage.Start(
                workflow(data),
                JsonBytes.of(input),
                new Origin(put >= 0 && put <= now ? put : now, null, null),
                event.getId());
        return message(instance, start.form(), trace);
    }

    private static Message message(String instance, TypedValue argument, @Nullable String trace) {
        return new Message(new Address(WorkflowTypes.INSTANCE, instance), null, argument, trace);
    }

    private static @Nullable String instance(ObjectNode data) throws RefusedCommand {
        String instance = text(data, "instance", "data.instance");
        if (instance != null && (instance.isEmpty() || instance.length() > LONGEST_ID)) {
            throw new RefusedCommand(
                    "data.instance: found a text of " + instance.length() + " characters, expected 1 to " + LONGEST_ID);
        }
        return instance;
    }

    private static Order.Wish wish(String command, ObjectNode data) throws RefusedCommand {
        return switch (command) {
            case "cancel" -> new Order.Cancel(reason(data));
            case "suspend" -> new Order.Suspend(reason(data));
            case "compensate" -> new Order.Compensate(reason(data));
            case "resume" -> new Order.Resume();
            case "reset" -> new Order.Reset(required(data, "task", "data.task"));
            case "send" -> new Order.Send(event(data));
            case "migrate" -> new Order.Migrate(workflow(data), tasks(data), isTrial(data));
            default -> new Order.Get();
        };
    }

    private static byte[] event(ObjectNode data) throws RefusedCommand {
        if (!(data.get("event") instanceof ObjectNode event)) {
            throw new RefusedCommand("data.event: found no object, expected a CloudEvent in the JSON format");
        }
        byte[] json = JsonBytes.of(event);
        if (EventJson.received(null, json) instanceof RefusedRecord refused) {
            throw new RefusedCommand("data.event: " + refused.detail());
        }
        return json;
    }

    private static String reason(ObjectNode data) throws RefusedCommand {
        String reason = text(data, "reason", "data.reason");
        return reason == null ? DEFAULT_REASON : reason;
    }

    private static WorkflowName workflow(ObjectNode data) throws RefusedCommand {
        if (!(data.get("workflow") instanceof ObjectNode workflow)) {
            throw new RefusedCommand("data.workflow: found no object, expected namespace, name and perhaps version");
        }
        return new WorkflowName(
                required(workflow, "namespace", "data.workflow.namespace"),
                required(workflow, "name", "data.workflow.name"),
                text(workflow, "version", "data.workflow.version"));
    }

    private static Map<String, String> tasks(ObjectNode data) throws RefusedCommand {
        Map<String, String> tasks = new LinkedHashMap<>();
        JsonNode given = data.get("tasks");
        if (given == null || given.isNull()) {
            return tasks;
        }
        if (!(given instanceof ObjectNode object)) {
            throw new RefusedCommand("data.tasks: found no object, expected pointers by pointers");
        }
        for (Map.Entry<String, JsonNode> task : object.properties()) {
            tasks.put(task.getKey(), required(object, task.getKey(), "data.tasks"));
        }
        return tasks;
    }

    private static boolean isTrial(ObjectNode data) throws RefusedCommand {
        JsonNode trial = data.path("dryRun");
        if (!trial.isMissingNode() && !trial.isBoolean()) {
            throw new RefusedCommand("data.dryRun: found " + trial + ", expected true or false");
        }
        return trial.booleanValue();
    }

    private static String required(ObjectNode object, String field, String path) throws RefusedCommand {
        String text = text(object, field, path);
        if (text == null) {
            throw new RefusedCommand(path + ": found nothing, expected a text");
        }
        return text;
    }

    private static @Nullable String text(ObjectNode object, String field, String path) throws RefusedCommand {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new RefusedCommand(path + ": found "
                    + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + ", expected a text");
        }
        return value.textValue();
    }
}
