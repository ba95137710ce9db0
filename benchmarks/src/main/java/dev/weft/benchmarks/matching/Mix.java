package dev.weft.benchmarks.matching;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What contenders are asked. Most of all a routing mix: each rule asks for a type, exactly or by its start, and for one
 * to three of: the source's start, the subject's end or a wildcard of it, an amount, a warehouse. Types are as many as
 * a fifth of the rules, from 4 to 400, and events are spread evenly over them, so that most events come close to some
 * rules and match few.
 */
final class Mix {

    private static final int EVENTS = 2_000;
    private static final long SEED = 20_261_121;
    private static final Origin ORIGIN = new Origin("bench", 0, 0, 0);

    private final int types;
    private final SplittableRandom random = new SplittableRandom(SEED);

    private Mix(int rules) {
        this.types = Math.max(4, Math.min(400, rules / 5));
    }

    /** One event as each contender takes it. */
    record Sample(WireRecord binary, WireRecord structured, String json) {

        /** Returns the event as the job takes it from Kafka: nothing of it has been read yet. */
        static MeshEvent event(WireRecord record) {
            return MeshEvent.stored(ORIGIN, record);
        }
    }

    /**
     * Rules and the events they are asked about.
     *
     * @param rules in the language that Weft and event-ruler share
     * @param expressions the same rules in CESQL; none if it cannot say them
     */
    record Work(List<String> rules, List<String> expressions, List<Sample> events) {

        private static Work of(List<Rule> rules, List<Sample> events) {
            List<String> expressions = rules.stream().map(Rule::expression).toList();
            return new Work(
                    rules.stream().map(Rule::pattern).toList(),
                    expressions.contains("") ? List.of() : expressions,
                    events);
        }
    }

    /** @param expression in CESQL; empty if it cannot say it */
    private record Rule(String pattern, String expression) {}

    /** Returns what is measured under a name: {@code mix}, {@code attributes}, or one of the worst cases. */
    static Work work(String name, int count) {
        Mix mix = new Mix(count);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rules.add(
                    switch (name) {
                        case "mix" -> mix.rule(i, 7);
                        case "attributes" -> mix.rule(i, 3);
                        case "hot" ->
                            pattern("{\"region\":[\"eu\"],\"data\":{\"amount\":[{\"numeric\":[\"=\",%d]}]}}", i);
                        case "wildcards" -> pattern("{\"subject\":[{\"wildcard\":\"order/*-%d-*x\"}]}", i);
                        case "wanted" -> pattern("{\"type\":[{\"prefix\":\"shop.\"}]}", i);
                        default -> throw new IllegalArgumentException("no work is called " + name);
                    });
        }
        return Work.of(rules, events(count));
    }

    private static Rule pattern(String pattern, int number) {
        return new Rule(pattern.formatted(number), "");
    }

    /** Returns the rules of the mix. */
    static List<String> rules(int count) {
        return work("mix", count).rules();
    }

    /** Returns events for so many rules. */
    static List<Sample> events(int rules) {
        Mix mix = new Mix(rules);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            samples.add(mix.sample(i));
        }
        return samples;
    }

    private String type(int number) {
        return "shop.area%d.verb%d".formatted(number / 4, number % 4);
    }

    /** @param kinds which kinds of things are asked beside the type: 1 the source, 2 the subject, 4 the payload */
    private Rule rule(int number, int kinds) {
        String type = type(number % types);
        String area = type.substring(0, type.lastIndexOf('.') + 1);
        List<String> asked = new ArrayList<>();
        List<String> said = new ArrayList<>();
        asked.add(number % 10 < 7 ? "\"type\":[\"" + type + "\"]" : "\"type\":[{\"prefix\":\"" + area + "\"}]");
        said.add(number % 10 < 7 ? "type = '" + type + "'" : "type LIKE '" + area + "%'");
        int choice = random.nextInt(1, kinds + 1);
        if ((choice & 1) != 0) {
            String start = "https://eu%d.shop.example/dept%d/".formatted(random.nextInt(5), random.nextInt(10));
            asked.add("\"source\":[{\"prefix\":\"" + start + "\"}]");
            said.add("source LIKE '" + start + "%'");
        }
        if ((choice & 2) != 0 && random.nextBoolean()) {
            String end = "-%02d".formatted(random.nextInt(50));
            asked.add("\"subject\":[{\"suffix\":\"" + end + "\"}]");
            said.add("subject LIKE '%" + end + "'");
        } else if ((choice & 2) != 0) {
            String like = "order/%d*/item-%d*".formatted(random.nextInt(10), random.nextInt(5));
            asked.add("\"subject\":[{\"wildcard\":\"" + like + "\"}]");
            said.add("subject LIKE '" + like.replace('*', '%') + "'");
        }
        if ((choice & 4) != 0) {
            asked.add("\"data\":" + payloadAsked());
        }
        return new Rule("{" + String.join(",", asked) + "}", kinds < 4 ? String.join(" AND ", said) : "");
    }

    private String payloadAsked() {
        int low = random.nextInt(4_900);
        return random.nextBoolean()
                ? "{\"amount\":[{\"numeric\":[\">=\",%d,\"<\",%d]}]}".formatted(low, low + 100)
                : "{\"customer\":{\"warehouse\":[%d]}}".formatted(random.nextInt(100));
    }

    private Sample sample(int number) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", "e-" + number);
        attributes.put(
                "source", "https://eu%d.shop.example/dept%d/till".formatted(random.nextInt(5), random.nextInt(10)));
        attributes.put("type", type(random.nextInt(types)));
        attributes.put(
                "subject",
                "order/%d/item-%d-%02d".formatted(random.nextInt(100_000), random.nextInt(100), random.nextInt(50)));
        attributes.put("time", "2026-01-05T09:00:00.%03dZ".formatted(number % 1000));
        attributes.put("region", "eu");
        String payload = payload();
        StringBuilder json = new StringBuilder("{");
        attributes.forEach((name, value) -> json.append("\"%s\":\"%s\",".formatted(name, value)));
        json.append("\"datacontenttype\":\"application/json\",\"data\":")
                .append(payload)
                .append('}');
        return new Sample(binary(attributes, payload), structured(json.toString()), json.toString());
    }

    private static WireRecord binary(Map<String, String> attributes, String payload) {
        WireHeaders.Builder headers = WireHeaders.NONE.toBuilder();
        attributes.forEach((name, value) -> headers.add("ce_" + name, bytes(value)));
        headers.add("content-type", bytes("application/json"));
        return new WireRecord(null, headers.build(), bytes(payload));
    }

    private static WireRecord structured(String json) {
        WireHeaders headers = WireHeaders.NONE.toBuilder()
                .add("content-type", bytes("application/cloudevents+json"))
                .build();
        return new WireRecord(null, headers, bytes(json));
    }

    private String payload() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"sku\":\"%016x\",\"quantity\":%d,\"price\":%d.%02d,\"gift\":%b}"
                            .formatted(
                                    random.nextLong(),
                                    random.nextInt(1, 9),
                                    random.nextInt(500),
                                    random.nextInt(100),
                                    random.nextBoolean()));
        }
        return ("{\"orderId\":\"o-%d\",\"customer\":{\"id\":\"c-%d\",\"email\":\"%016x@example.org\",\"warehouse\":%d},"
                        + "\"amount\":%d.%02d,\"currency\":\"EUR\",\"items\":[%s],\"note\":\"%016x %016x\"}")
                .formatted(
                        random.nextInt(1_000_000),
                        random.nextInt(100_000),
                        random.nextLong(),
                        random.nextInt(100),
                        random.nextInt(5_000),
                        random.nextInt(100),
                        items,
                        random.nextLong(),
                        random.nextLong());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
