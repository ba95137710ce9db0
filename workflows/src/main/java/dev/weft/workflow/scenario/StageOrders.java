package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.host.CommandReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Commands that a stage gives of its own, as workflows take them from outside: to begin what a scenario has begin, and
 * to look at what there is to see. What comes of them is told as {@link Seen} has it.
 */
public final class StageOrders {

    private static final String LOOKS = "look-";
    private static final String STARTS = "start-";
    private static final List<String> PREFIXES = List.of("io.serverlessworkflow.", "dev.weft.workflow.");
    private static final String SUFFIX = ".v1";
    private static final List<String> SHOWN = List.of("version", "status", "tasks", "search", "output", "error");

    private int requests;

    /** Returns a command that has an instance begin: its envelope with {@code data}. */
    public ObjectNode start(Move.Start start) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("instance", start.instance());
        ObjectNode workflow = data.putObject("workflow")
                .put("namespace", start.workflow().namespace())
                .put("name", start.workflow().name());
        if (start.version() != null) {
            workflow.put("version", start.version());
        }
        data.set("input", start.input());
        return order(STARTS, "start", data);
    }

    /** Returns commands that ask these instances how they are. */
    public List<ObjectNode> looks(Collection<String> instances) {
        return instances.stream()
                .map(id -> order(
                        LOOKS, "get", JsonNodeFactory.instance.objectNode().put("instance", id)))
                .toList();
    }

    private ObjectNode order(String prefix, String command, ObjectNode data) {
        requests++;
        return JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", prefix + requests)
                .put("source", "/scenario")
                .put("type", CommandReader.PREFIX + command)
                .set("data", data);
    }

    /** Returns what instances answered to these looks, in that order. */
    public static List<ObjectNode> instances(List<ObjectNode> looks, List<ObjectNode> replies) {
        Map<String, ObjectNode> answers = new HashMap<>();
        replies.forEach(reply -> answers.put(reply.path("request").asText(), reply));
        return looks.stream()
                .flatMap(look -> Stream.ofNullable(answers.get(look.path("id").asText())))
                .map(StageOrders::instance)
                .toList();
    }

    private static ObjectNode instance(ObjectNode answer) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.set("id", answer.path("id"));
        shown.set("workflow", answer.path("name"));
        for (String member : SHOWN) {
            JsonNode value = answer.path(member);
            if (!value.isMissingNode()) {
                shown.set(member, value);
            }
        }
        return shown;
    }

    /** Returns the replies to commands of the scenario. */
    public static List<ObjectNode> ofOthers(List<ObjectNode> replies) {
        return replies.stream()
                .filter(reply -> !isOwn(reply.path("request").asText()))
                .toList();
    }

    private static boolean isOwn(String request) {
        return request.startsWith(STARTS) || request.startsWith(LOOKS);
    }

    /** Returns what an event of a lifecycle tells. */
    public static ObjectNode told(ObjectNode event) {
        String type = event.path("type").asText();
        for (String prefix : PREFIXES) {
            type = type.startsWith(prefix) ? type.substring(prefix.length()) : type;
        }
        String last = type.endsWith(SUFFIX) ? type.substring(0, type.length() - SUFFIX.length()) : type;
        return JsonNodeFactory.instance.objectNode().put("type", last).set("data", event.path("data"));
    }
}
