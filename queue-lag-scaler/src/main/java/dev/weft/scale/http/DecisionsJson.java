package dev.weft.scale.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.scale.Decision;
import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Answers.Seen;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decisions as JSON. */
final class DecisionsJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DecisionsJson() {}

    /** Returns each ScaledObject with its newest decision, if there is one. */
    static String of(List<ScaledObjectKey> keys, Function<ScaledObjectKey, Optional<Seen>> newest)
            throws JsonProcessingException {
        ArrayNode scaledObjects = MAPPER.createArrayNode();
        for (ScaledObjectKey key : keys) {
            ObjectNode each = named(key);
            scaledObjects.add(each);
            newest.apply(key).ifPresent(seen -> each.setAll(json(seen)));
        }
        return text(MAPPER.createObjectNode().set("scaledObjects", scaledObjects));
    }

    /** Returns one ScaledObject with all its decisions that are kept, oldest first. */
    static String of(ScaledObjectKey key, List<Seen> history) throws JsonProcessingException {
        ObjectNode scaledObject = named(key);
        ArrayNode decisions = scaledObject.putArray("decisions");
        history.forEach(seen -> decisions.add(json(seen)));
        return text(scaledObject);
    }

    private static ObjectNode named(ScaledObjectKey key) {
        return MAPPER.createObjectNode().put("namespace", key.namespace()).put("name", key.name());
    }

    private static ObjectNode json(Seen seen) {
        Decision decision = seen.decision();
        ObjectNode json = MAPPER.createObjectNode();
        json.set("told", told(seen.answer()));
        json.put("at", decision.at().toString())
                .put("verdict", decision.verdict().name())
                .put("active", decision.active())
                .put("parallelism", decision.parallelism())
                .put("replicas", decision.replicas())
                .put("lag", decision.lag())
                .put("arrivalsPerSecond", decision.arrivalsPerSecond())
                .put("capacityPerSubtask", decision.capacityPerSubtask());
        ArrayNode because = json.putArray("because");
        decision.because().forEach(because::add);
        ArrayNode alarms = json.putArray("alarms");
        decision.alarms()
                .forEach(alarm ->
                        alarms.addObject().put("kind", alarm.kind().name()).put("text", alarm.text()));
        ObjectNode lagByTopic = json.putObject("lagByTopic");
        seen.lagByTopic().forEach(lagByTopic::put);
        return json;
    }

    private static ObjectNode told(Answer answer) {
        ObjectNode told = MAPPER.createObjectNode();
        if (answer instanceof Answer.Wanted wanted) {
            told.put("active", wanted.active()).put("replicas", wanted.replicas());
        } else if (answer instanceof Answer.Unknown unknown) {
            told.put("unknown", unknown.reason());
        }
        return told;
    }

    private static String text(Object json) throws JsonProcessingException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }
}
