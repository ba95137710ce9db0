package dev.weft.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Events;
import dev.weft.filter.Outcome;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleParser;
import dev.weft.route.TopicNames.OneTopic;
import dev.weft.route.TopicNames.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private static final Map<String, TopicNames> CHANNELS = Map.of(
            "orders", new OneTopic("shop.orders"),
            "payments", new OneTopic("shop.payments"),
            "regional", new TopicPattern(Pattern.compile("shop\\.orders\\.(eu|us)")),
            "all-orders", new TopicPattern(Pattern.compile("shop\\.orders.*")));

    @Test
    void asksOnlyTheRoutesThatReadTheTopic() {
        RouteTable table = table(
                route("a", "orders", everything(), "x"),
                route("b", "payments", everything(), "y"),
                route("c", "orders", everything(), "z"));
        assertThat(decide(table, "shop.orders", "{}")).isEqualTo("matched [0, 2], targets [x, z]");
        assertThat(decide(table, "shop.payments", "{}")).isEqualTo("matched [1], targets [y]");
    }

    @Test
    void readsTopicsByPattern() {
        RouteTable table =
                table(route("a", "regional", everything(), "x"), route("b", "all-orders", everything(), "y"));
        assertThat(decide(table, "shop.orders.eu", "{}")).isEqualTo("matched [0, 1], targets [x, y]");
        assertThat(decide(table, "shop.orders.euro", "{}")).isEqualTo("matched [1], targets [y]");
    }

    @Test
    void sendsEventsOfATopicThatNoChannelCoversNowhere() {
        RouteTable table = table(route("a", "orders", everything(), "x"));
        assertThat(decide(table, "elsewhere", "{}")).isEqualTo("matched [], targets []");
    }

    @Test
    void writesAnEventToAChannelOnceHoweverManyRoutesSendItThere() {
        RouteTable table = table(
                new Route("a", List.of("orders"), rule("{data: {n: [{numeric: ['>', 1]}]}}"), List.of("x", "y")),
                new Route("b", List.of("orders", "all-orders"), everything(), List.of("z", "y", "x")));
        assertThat(decide(table, "shop.orders", "{\"n\": 2}")).isEqualTo("matched [0, 1], targets [x, y, z]");
        assertThat(decide(table, "shop.orders", "{\"n\": 1}")).isEqualTo("matched [1], targets [z, y, x]");
    }

    @Test
    void tellsTheRoutesThatCannotDecide() {
        RouteTable table = table(
                route("a", "payments", rule("{data: {n: [1]}}"), "x"),
                route("b", "orders", rule("{data: {n: [1]}}"), "x"),
                route("c", "orders", rule("{type: [test]}"), "y"));
        assertThat(decide(table, "shop.orders", "{\"n\": ")).startsWith("matched [2], targets [y], undecided [1]: ");
    }

    @Test
    void forgetsTheEventBefore() {
        RouteTable table = table(route("a", "orders", rule("{data: {n: [1]}}"), "x"));
        Decision decision = new Decision();
        table.decide(event("shop.orders", "{\"n\": "), decision);
        table.decide(event("shop.orders", "{\"n\": 1}"), decision);
        assertThat(decision).hasToString("matched [0], targets [x]");
        assertThat(decision.damage()).isNull();
        assertThatThrownBy(() -> decision.target(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void holdsAnyNumberOfRoutesAndTargets() {
        Route[] routes = IntStream.range(0, 100)
                .mapToObj(i -> route("r" + i, "orders", everything(), "c" + i))
                .toArray(Route[]::new);
        Decision decision = table(routes).decide(event("shop.orders", "{}"), new Decision());
        assertThat(decision.matchedCount()).isEqualTo(100);
        assertThat(decision.target(99)).isEqualTo("c99");
    }

    @Test
    void makesTheMatcherOfATopicOnce() {
        List<Integer> made = new ArrayList<>();
        RouteTable table = RouteTable.of(List.of(route("a", "orders", everything(), "x")), CHANNELS, rules -> {
            made.add(rules.size());
            return PlainRuleSet.of(rules);
        });
        decide(table, "shop.orders", "{}");
        decide(table, "shop.orders", "{}");
        decide(table, "shop.payments", "{}");
        assertThat(made).containsExactly(1, 0);
    }

    @Test
    void explainsARouteWhateverTheTopic() {
        RouteTable table = table(route("a", "orders", rule("{type: [x]}"), "x"));
        assertThat(table.reads(0, "shop.payments")).isFalse();
        assertThat(table.explain(0, event("shop.payments", "{}")).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void refusesARouteOfAnUnknownChannel() {
        assertThatThrownBy(() -> table(route("a", "odrers", everything(), "x")))
                .hasMessage("route a reads the unknown channel odrers");
    }

    private static RouteTable table(Route... routes) {
        return RouteTable.of(List.of(routes), CHANNELS);
    }

    private static Route route(String name, String from, Rule where, String to) {
        return new Route(name, List.of(from), where, List.of(to));
    }

    private static Rule everything() {
        return Rule.everything();
    }

    private static Rule rule(String text) {
        Problems problems = new Problems();
        Node where = YamlReader.read("rule.yaml", text, Substitution.none(), problems)
                .orElseThrow();
        Rule rule = RuleParser.parse(where, problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return rule;
    }

    private static MeshEvent event(String topic, String payload) {
        return Events.of(topic, Map.of(), "application/json", payload);
    }

    private static String decide(RouteTable table, String topic, String payload) {
        return table.decide(event(topic, payload), new Decision()).toString();
    }
}
