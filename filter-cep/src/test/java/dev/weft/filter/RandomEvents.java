package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random events for {@link RandomRules}: in both modes, with JSON payloads, damaged ones, other ones and none. */
final class RandomEvents {

    private static final List<String> OTHER_PAYLOADS = List.of("5", "\"a\"", "null", "[1,\"ab\",{\"a\":\"a\"}]", "{}");

    private final Random random;
    private final RandomPatterns patterns;

    RandomEvents(Random random) {
        this.random = random;
        this.patterns = new RandomPatterns(random);
    }

    MeshEvent next() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : RandomRules.ATTRIBUTES) {
            boolean required = name.equals("type") || name.equals("source");
            if (required || random.nextInt(3) > 0) {
                attributes.put(name, RandomRules.TEXTS.get(random.nextInt(RandomRules.TEXTS.size())));
            }
        }
        // A URI reference, which not every text is.
        attributes.put("source", random.nextBoolean() ? "a" : "abc");
        return random.nextInt(3) == 0 ? structured(attributes) : binary(attributes);
    }

    private MeshEvent binary(Map<String, String> attributes) {
        String contentType = random.nextInt(10) == 0 ? "text/plain" : "application/json";
        return Events.of("shop.orders", attributes, contentType, random.nextInt(15) == 0 ? null : payload());
    }

    private MeshEvent structured(Map<String, String> attributes) {
        ObjectNode event =
                JsonNodeFactory.instance.objectNode().put("specversion", "1.0").put("id", "1");
        attributes.forEach(event::put);
        event.put("datacontenttype", "application/json");
        if (random.nextInt(3) == 0) {
            byte[] payload = payload().getBytes(StandardCharsets.UTF_8);
            event.put("data_base64", Base64.getEncoder().encodeToString(payload));
        } else {
            event.set("data", patterns.payload());
        }
        return Events.structured(event.toString());
    }

    private String payload() {
        if (random.nextInt(15) == 0) {
            return OTHER_PAYLOADS.get(random.nextInt(OTHER_PAYLOADS.size()));
        }
        ObjectNode payload = patterns.payload();
        if (random.nextInt(3) == 0) {
            String text = RandomRules.TEXTS.get(random.nextInt(RandomRules.TEXTS.size()));
            payload.set(
                    "a",
                    random.nextBoolean()
                            ? text(text)
                            : JsonNodeFactory.instance.arrayNode().add(text));
        }
        String json = payload.toString();
        return random.nextInt(10) == 0 ? json.substring(0, json.length() - 1) : json;
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}
