package dev.weft.route;

import dev.weft.event.MeshEvent;
import dev.weft.filter.Matches;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleMemory;
import dev.weft.filter.RuleSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The routes that are asked about one topic's events. A route keeps the number that its rule has here for as long as it
 * is there, whatever becomes of its place in the {@link RouteTable}'s list.
 */
final class TopicTable {

    private static final int NO_ROUTE = -1;

    private final List<Route> routes;

    /** For each rule's number the number of its route. */
    private final int[] routeNumbers;

    /** Whether rules stand in the order of their routes: so they do until routes are changed. */
    private final boolean inOrder;

    private final RuleSet rules;

    private TopicTable(List<Route> routes, int[] routeNumbers, RuleSet rules) {
        this.routes = routes;
        this.routeNumbers = routeNumbers;
        int[] used =
                IntStream.of(routeNumbers).filter(number -> number != NO_ROUTE).toArray();
        this.inOrder = IntStream.range(1, used.length).allMatch(i -> used[i - 1] < used[i]);
        this.rules = rules;
    }

    static TopicTable of(String topic, RouteTable table, Function<List<Rule>, RuleSet> matcher) {
        int[] readers = table.readersOf(topic);
        List<Rule> rules = IntStream.of(readers)
                .mapToObj(route -> table.routes().get(route).where())
                .toList();
        return new TopicTable(table.routes(), readers, matcher.apply(rules));
    }

    /** Returns the table of the same topic when the routes are those of {@code table}. */
    TopicTable changed(String topic, RouteTable table) {
        Change change = new Change(table.routes());
        for (int route : table.readersOf(topic)) {
            change.keepOrAdd(route);
        }
        Map<Integer, Rule> changes = change.finish();
        return new TopicTable(table.routes(), change.routeNumbers, changes.isEmpty() ? rules : rules.with(changes));
    }

    RuleMemory memory() {
        return rules.memory();
    }

    boolean isMerged() {
        return rules.isMerged();
    }

    TopicTable merged() {
        return new TopicTable(routes, routeNumbers, rules.merged());
    }

    void decide(MeshEvent event, Decision into) {
        into.clear();
        Matches matches = into.matches;
        rules.match(event, matches);
        for (int i = 0; i < matches.matchedCount(); i++) {
            into.addMatched(routeNumbers[matches.matched(i)]);
        }
        for (int i = 0; i < matches.undecidedCount(); i++) {
            into.addUndecided(routeNumbers[matches.undecided(i)], matches.damage());
        }
        for (int i = 0; i < matches.failedCount(); i++) {
            into.addFailed(routeNumbers[matches.failed(i)]);
        }
        if (!inOrder) {
            into.sort();
        }
        for (int i = 0; i < into.matchedCount(); i++) {
            addTargets(into.matched(i), into);
        }
    }

    private void addTargets(int number, Decision into) {
        Route route = routes.get(number);
        if (!route.deliversAsItIs()) {
            into.addChanging(number);
            return;
        }
        List<String> channels = route.to();
        for (int i = 0; i < channels.size(); i++) {
            into.addTarget(channels.get(i));
        }
    }

    /** Finds out which rules change when the routes do. */
    private final class Change {
        private final List<Route> others;
        private final Map<String, Integer> known = new HashMap<>();
        private final Deque<Integer> free = new ArrayDeque<>();
        private final Deque<Integer> added = new ArrayDeque<>();
        private final Map<Integer, Rule> changes = new LinkedHashMap<>();
        private int[] routeNumbers;

        Change(List<Route> others) {
            this.others = others;
            this.routeNumbers = new int[TopicTable.this.routeNumbers.length];
            Arrays.fill(routeNumbers, NO_ROUTE);
            for (int rule = 0; rule < routeNumbers.length; rule++) {
                Route route = routeOf(rule);
                if (route == null) {
                    free.add(rule);
                } else if (known.putIfAbsent(route.name(), rule) != null) {
                    remove(rule);
                }
            }
        }

        private @Nullable Route routeOf(int rule) {
            int route = TopicTable.this.routeNumbers[rule];
            return route == NO_ROUTE ? null : routes.get(route);
        }

        void keepOrAdd(int number) {
            Route route = others.get(number);
            Integer rule = known.remove(route.name());
            if (rule == null) {
                added.add(number);
                return;
            }
            routeNumbers[rule] = number;
            Route before = routeOf(rule);
            if (before == null || !before.where().equals(route.where())) {
                changes.put(rule, route.where());
            }
        }

        private void remove(int rule) {
            changes.put(rule, Rule.nothing());
            free.add(rule);
        }

        /** Returns the rules that change, by their numbers. */
        Map<Integer, Rule> finish() {
            known.values().forEach(this::remove);
            int rules = routeNumbers.length;
            routeNumbers = Arrays.copyOf(routeNumbers, rules + Math.max(0, added.size() - free.size()));
            for (int route : added) {
                int rule = free.isEmpty() ? rules++ : free.remove();
                routeNumbers[rule] = route;
                changes.put(rule, others.get(route).where());
            }
            return changes;
        }
    }
}
