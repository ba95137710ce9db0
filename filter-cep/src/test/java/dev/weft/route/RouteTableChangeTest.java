package dev.weft.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Events;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleParser;
import dev.weft.route.TopicNames.OneTopic;
import dev.weft.route.TopicNames.TopicPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteTableChangeTest {

    private static final Map<String, TopicNames> CHANNELS = Map.of(
            "orders", new OneTopic("orders"),
            "payments", new OneTopic("payments"),
            "all", new TopicPattern(Pattern.compile(".*")));

    private static final List<String> TOPICS = List.of("orders", "payments");

    /** {@code -Dweft.seed=N} tries other changes than the usual. */
    @Test
    void decidesAfterAnyChangesAsAFreshTableDoes() {
        long seed = Long.getLong("weft.seed", 20261121);
        System.out.println("route table change test: seed " + seed);
        Random random = new Random(seed);
        for (int sequence = 0; sequence < 250; sequence++) {
            List<Route> routes = new ArrayList<>();
            RouteTable table = RouteTable.of(routes, CHANNELS);
            Decision reused = new Decision();
            for (int step = 0; step < 6; step++) {
                change(routes, random);
                table = table.changed(routes, CHANNELS);
                table = random.nextInt(4) == 0 ? table.merged() : table;
                for (String topic : TOPICS) {
                    MeshEvent event = event(topic, random.nextInt(4), random.nextInt(10) == 0 ? "{" : "{\"n\": 1}");
                    assertThat(decided(table, event, reused))
                            .as("seed %s, sequence %s, step %s: %s", seed, sequence, step, routes)
                            .isEqualTo(decided(RouteTable.of(routes, CHANNELS), event, new Decision()));
                }
            }
        }
    }

    private static void change(List<Route> routes, Random random) {
        for (int i = random.nextInt(6); i >= 0; i--) {
            int place = random.nextInt(routes.size() + 1);
            switch (random.nextInt(5)) {
                case 0, 1 -> routes.add(place, route("r" + random.nextInt(1_000), random));
                case 2 -> routes.subList(0, place / 4).clear();
                case 3 -> Collections.shuffle(routes, random);
                default -> {
                    if (place < routes.size()) {
                        routes.set(place, route(routes.get(place).name(), random));
                    }
                }
            }
        }
    }

    private static Route route(String name, Random random) {
        String payload = random.nextInt(3) == 0 ? ", data: {n: [" + random.nextInt(2) + "]}" : "";
        Rule where = rule("{subject: [s" + random.nextInt(4) + "]" + payload + "}");
        String from = random.nextInt(3) == 0 ? "all" : TOPICS.get(random.nextInt(2));
        return new Route(name, List.of(from), where, List.of("c" + random.nextInt(3), "d"));
    }

    @Test
    void compilesOnlyRulesThatChange() {
        List<Integer> compiled = new ArrayList<>();
        List<Route> routes =
                IntStream.range(0, 10).mapToObj(RouteTableChangeTest::numbered).toList();
        RouteTable table = RouteTable.of(routes, CHANNELS, rules -> {
            compiled.add(rules.size());
            return PlainRuleSet.of(rules);
        });
        table.decide(event("orders", 3, "{}"), new Decision());
        List<Route> others = new ArrayList<>(routes);
        Collections.reverse(others);
        others.set(0, new Route("r9", List.of("orders"), rule("{subject: [s3]}"), List.of("x")));
        RouteTable changed = table.changed(others, CHANNELS);
        assertThat(decided(changed, event("orders", 3, "{}"), new Decision()))
                .isEqualTo("matched [0, 6], targets [x, c3]");
        assertThat(decided(table, event("orders", 3, "{}"), new Decision())).isEqualTo("matched [3], targets [c3]");
        assertThat(compiled).containsExactly(10);
    }

    @Test
    void takesUpChannels() {
        RouteTable table = RouteTable.of(List.of(numbered(1)), CHANNELS);
        decided(table, event("refunds", 1, "{}"), new Decision());
        RouteTable changed = table.changed(
                List.of(numbered(1), new Route("new", List.of("refunds"), rule("{subject: [s1]}"), List.of("x"))),
                Map.of("orders", new OneTopic("orders"), "refunds", new OneTopic("refunds")));
        assertThat(decided(changed, event("refunds", 1, "{}"), new Decision())).isEqualTo("matched [1], targets [x]");
    }

    @Test
    void putsChangesTogetherWhenAsked() {
        RouteTable table = RouteTable.of(
                IntStream.range(0, 100).mapToObj(RouteTableChangeTest::numbered).toList(), CHANNELS);
        assertThat(table.isMerged()).isTrue();
        decided(table, event("orders", 1, "{}"), new Decision());
        RouteTable changed = table.changed(
                IntStream.range(0, 300).mapToObj(RouteTableChangeTest::numbered).toList(), CHANNELS);
        assertThat(changed.isMerged()).isFalse();
        assertThat(changed.merged().isMerged()).isTrue();
        assertThat(decided(changed.merged(), event("orders", 250, "{}"), new Decision()))
                .isEqualTo("matched [250], targets [c250]");
    }

    private static Route numbered(int number) {
        return new Route("r" + number, List.of("orders"), rule("{subject: [s" + number + "]}"), List.of("c" + number));
    }

    private static Rule rule(String text) {
        Problems problems = new Problems();
        Node where = YamlReader.read("rule.yaml", text, Substitution.none(), problems)
                .orElseThrow();
        Rule rule = RuleParser.parse(where, problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return rule;
    }

    private static MeshEvent event(String topic, int subject, String payload) {
        return Events.of(topic, Map.of("subject", "s" + subject), "application/json", payload);
    }

    private static String decided(RouteTable table, MeshEvent event, Decision decision) {
        return table.decide(event, decision).toString();
    }
}
