package dev.weft.cep.engine;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.WrittenPatterns;
import dev.weft.event.Origin;
import dev.weft.filter.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random patterns of the shapes that engines without Flink know, and streams that come near to matching them. */
final class RandomSequences {

    private static final String TYPES = "abcd";

    private final Random random;

    RandomSequences(Random random) {
        this.random = random;
    }

    Pattern pattern() {
        int within = 4 + random.nextInt(25);
        List<String> taking = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        boolean counts = chance(0.15);
        int wanted = counts ? 1 : 1 + random.nextInt(3);
        if (!counts && chance(0.25)) {
            steps.add(absent("n0", List.of(), within, true));
        }
        for (int i = 0; i < wanted; i++) {
            int times = counts ? 2 + random.nextInt(4) : chance(0.3) ? 2 + random.nextInt(2) : 1;
            String name = "s" + i;
            boolean gap = !counts && chance(0.2) && (i > 0 || times > 1);
            steps.add("{ step: %s, where: { type: [%s] }%s%s%s }"
                    .formatted(
                            name,
                            types(),
                            times > 1 ? ", times: " + times : "",
                            gap ? ", within: " + (1 + random.nextInt(within)) + "ms" : "",
                            taking.isEmpty() || chance(0.6) ? "" : ", when: \"" + correlation(taking) + "\""));
            taking.add(name);
            boolean end = i == wanted - 1;
            if (!counts && chance(end ? 0.35 : 0.25)) {
                steps.add(absent("n" + (i + 1), taking, within, end));
            }
        }
        String text = """
                id: random
                partitionBy: subject
                within: %dms
                sequence: [%s]
                afterMatch: %s
                %s%s%semit: { type: found }
                """.formatted(
                        within,
                        String.join(", ", steps),
                        afterMatch(steps, taking),
                        chance(0.2) ? "until: { where: { type: [u] } }\n" : "",
                        chance(0.2) ? "having: sum(" + taking.get(0) + ".data.n) != 3\n" : "",
                        chance(0.3) ? limits(steps) : "");
        return WrittenPatterns.one(text);
    }

    private String absent(String name, List<String> taking, int within, boolean gapAllowed) {
        return "{ step: %s, absent: true, where: { type: [%s] }%s%s }"
                .formatted(
                        name,
                        types(),
                        gapAllowed && chance(0.4) ? ", within: " + (1 + random.nextInt(within)) + "ms" : "",
                        taking.isEmpty() || chance(0.6) ? "" : ", when: \"" + correlation(taking) + "\"");
    }

    private String correlation(List<String> taking) {
        String step = taking.get(random.nextInt(taking.size()));
        return switch (random.nextInt(5)) {
            case 0 -> "data.n >= prev.data.n";
            case 1 -> "data.n != " + step + "[0].data.n";
            case 2 -> "data.n == " + step + "[last].data.n";
            case 3 -> "data.n <= sum(" + step + ".data.n)";
            default -> "time - " + step + "[0].time < duration('9ms')";
        };
    }

    private String afterMatch(List<String> steps, List<String> taking) {
        boolean several =
                steps.stream().filter(step -> step.contains("step: s0")).anyMatch(step -> step.contains("times"));
        return switch (random.nextInt(5)) {
            case 0 -> "noSkip";
            case 1 -> "skipToNext";
            case 2 -> taking.size() > 1 ? "{ skipToFirst: " + taking.get(1) + " }" : "noSkip";
            case 3 ->
                taking.size() > 1 || several ? "{ skipToLast: " + taking.get(taking.size() - 1) + " }" : "skipPastLast";
            default -> "skipPastLast";
        };
    }

    /** The oldest may only go where the first step has its events before there are too many. */
    private String limits(List<String> steps) {
        int partials = 1 + random.nextInt(4);
        String first = steps.stream()
                .filter(step -> step.contains("step: s0"))
                .findFirst()
                .orElseThrow();
        boolean few = first.contains("times") && partials < 4;
        return "limits: { partialsPerKey: %d, overflow: %s }\n"
                .formatted(partials, few || chance(0.5) ? "dropNew" : "dropOldest");
    }

    private String types() {
        String one = TYPES.substring(random.nextInt(4)).substring(0, 1);
        return chance(0.8) ? one : one + ", " + TYPES.charAt(random.nextInt(4));
    }

    /** Returns events in their order: several of one instant are usual. */
    List<KeptEvent> stream() {
        List<KeptEvent> events = new ArrayList<>();
        long time = random.nextInt(5) - 10;
        int count = 4 + random.nextInt(18);
        for (int i = 0; i < count; i++) {
            time += random.nextInt(5);
            String type = chance(0.05) ? "u" : chance(0.1) ? "z" : "" + TYPES.charAt(random.nextInt(4));
            events.add(new KeptEvent(
                    time,
                    new Origin("t" + random.nextInt(2), 0, i, time),
                    Map.of("id", "" + i, "source", "/s", "type", type, "time", instant(time)),
                    JsonNodeFactory.instance.objectNode().set("n", IntNode.valueOf(random.nextInt(4)))));
        }
        events.sort(KeptEvent.ORDER);
        return events;
    }

    private static String instant(long time) {
        return Instant.ofEpochMilli(time).toString();
    }

    /** Returns what the pattern's constant conditions, which ask for types alone, say of the event. */
    static Sighting look(Pattern pattern, KeptEvent event) {
        String type = String.valueOf(event.attribute("type"));
        long until = isFor(pattern.until(), type) ? Bits.UNTIL : 0;
        if (pattern.events() != null && !isFor(pattern.events(), type)) {
            return new Sighting(event, until);
        }
        long holds = pattern.events() == null ? until : until | Bits.EVENTS;
        List<Step> steps = pattern.steps();
        for (int i = 0; i < steps.size(); i++) {
            Pattern.Condition stepUntil = steps.get(i).until();
            holds |= isFor(steps.get(i).condition().constant(), type) ? Bits.step(i) : 0;
            holds |= stepUntil != null && isFor(stepUntil.constant(), type) ? Bits.until(i) : 0;
        }
        return new Sighting(event, holds);
    }

    private static boolean isFor(@Nullable Rule rule, String type) {
        return rule != null && rule.toString().contains("\"" + type + "\"");
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
