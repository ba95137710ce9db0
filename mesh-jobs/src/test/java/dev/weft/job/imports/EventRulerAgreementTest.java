package dev.weft.job.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Machine;

/**
 * Random rules over the whole envelope of EventBridge, asked of random events: by event-ruler as they are, and as
 * routes after the import, of the CloudEvents that take the events' place. What the import says it changes is not
 * generated: absence beside other fields, names with dots, case. {@code -Dweft.seed=N} tries other cases than the
 * usual.
 */
class EventRulerAgreementTest {

    private static final int RULES = 400;
    private static final int EVENTS = 25;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ENVELOPE = List.of("id", "source", "detail-type", "account", "region");
    private static final List<String> FIELDS = List.of("a", "b", "c");
    private static final List<String> TEXTS = List.of("a", "ab", "abc", "b", "ba", "A", "1", "10.0.0.1", "true");
    private static final List<Integer> NUMBERS = List.of(-1, 0, 1, 2, 10);

    private final Random random = new Random(SEED);
    private static final long SEED = Long.getLong("weft.seed", 20261121);

    @Test
    void importedRulesAnswerAsEventRulerDoes() throws Exception {
        int matched = 0;
        for (int i = 0; i < RULES; i++) {
            String pattern = pattern().toString();
            Machine machine = Machine.builder().build();
            machine.addRule("rule", pattern);
            Meshed meshed = Meshed.of(EventBridgeImport.read(
                    List.of(new SourceFile("rule.json", pattern)), Envelope.attributes(), Ends.OF_THE_SOURCE));
            boolean carriedOver = !meshed.routes().isEmpty();
            for (int j = 0; j < EVENTS; j++) {
                ObjectNode event = event();
                boolean wanted = !machine.rulesForJSONEvent(event.toString()).isEmpty();
                assertThat(carriedOver && meshed.wants(Meshed.ofEventBridge(event)))
                        .as("seed %d, rule %d: %s of %s", SEED, i, pattern, event)
                        .isEqualTo(wanted);
                matched += wanted ? 1 : 0;
            }
        }
        assertThat(matched).as("cases that match").isBetween(RULES * EVENTS / 50, RULES * EVENTS * 49 / 50);
    }

    private ObjectNode pattern() {
        ObjectNode pattern = JSON.objectNode();
        String name = one(ENVELOPE);
        if (random.nextBoolean()) {
            pattern.set(name, alternatives());
        }
        if (pattern.isEmpty() || random.nextBoolean()) {
            pattern.set("detail", fields(2));
        } else if (random.nextInt(3) == 0) {
            ArrayNode or = pattern.putArray("$or");
            or.addObject().set("detail", fields(1));
            or.addObject().set(name.equals("source") ? "region" : "source", alternatives());
        }
        return pattern;
    }

    private ObjectNode fields(int depth) {
        ObjectNode fields = JSON.objectNode();
        for (int i = random.nextInt(2); i >= 0; i--) {
            fields.set(one(FIELDS), depth > 0 && random.nextInt(3) == 0 ? fields(depth - 1) : alternatives());
        }
        return fields;
    }

    private ArrayNode alternatives() {
        ArrayNode list = JSON.arrayNode();
        for (int i = random.nextInt(3); i >= 0; i--) {
            list.add(alternative());
        }
        return list;
    }

    private JsonNode alternative() {
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> JSON.textNode(text());
            case 3 -> JSON.numberNode(number());
            case 4 -> random.nextBoolean() ? JSON.nullNode() : JSON.booleanNode(true);
            case 5 -> JSON.objectNode().put("prefix", text());
            case 6 -> JSON.objectNode().put("suffix", text());
            case 7 -> JSON.objectNode().put("wildcard", one(List.of("a*", "*b", "*b*", "a*c")));
            case 8 ->
                JSON.objectNode()
                        .set(
                                "numeric",
                                JSON.arrayNode()
                                        .add(one(List.of(">", ">=", "<", "<=", "=")))
                                        .add(number()));
            case 9 ->
                random.nextBoolean()
                        ? JSON.objectNode().put("anything-but", text())
                        : JSON.objectNode().put("anything-but", number());
            default -> JSON.objectNode().put("exists", true);
        };
    }

    private ObjectNode event() {
        ObjectNode event = JSON.objectNode();
        event.put("version", "0").put("time", "2026-11-21T03:29:00Z");
        ENVELOPE.forEach(field -> event.put(field, text()));
        event.putArray("resources");
        event.set("detail", object(2));
        return event;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        FIELDS.forEach(field -> {
            if (random.nextInt(4) > 0) {
                object.set(field, value(depth));
            }
        });
        return object;
    }

    private JsonNode value(int depth) {
        return switch (depth == 0 ? random.nextInt(4) : random.nextInt(7)) {
            case 0, 1 -> JSON.textNode(text());
            case 2 -> JSON.numberNode(number());
            case 3 -> random.nextBoolean() ? JSON.nullNode() : JSON.booleanNode(true);
            case 4, 5 -> object(depth - 1);
            default -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(value(depth - 1));
                }
                yield array;
            }
        };
    }

    private String text() {
        return one(TEXTS);
    }

    private int number() {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
