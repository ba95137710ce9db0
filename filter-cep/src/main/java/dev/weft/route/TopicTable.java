package dev.weft.route;

import dev.weft.event.MeshEvent;
import dev.weft.filter.Matches;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The routes that are asked about one topic's events. Rules are known by their place here, routes by the table's. */
final class TopicTable {

    private final int[] numbers;
    private final List<List<String>> targets;
    private final boolean[] changing;
    private final RuleSet rules;

    private TopicTable(int[] numbers, List<List<String>> targets, boolean[] changing, RuleSet rules) {
        this.numbers = numbers;
        this.targets = targets;
        this.changing = changing;
        this.rules = rules;
    }

    static TopicTable of(String topic, RouteTable table, Function<List<Rule>, RuleSet> matcher) {
        int[] numbers = IntStream.range(0, table.routes().size())
                .filter(route -> table.reads(route, topic))
                .toArray();
        List<Route> routes = IntStream.of(numbers).mapToObj(table.routes()::get).toList();
        boolean[] changing = new boolean[numbers.length];
        for (int i = 0; i < changing.length; i++) {
            changing[i] = !routes.get(i).deliversAsItIs();
        }
        return new TopicTable(
                numbers,
                routes.stream().map(Route::to).toList(),
                changing,
                matcher.apply(routes.stream().map(Route::where).toList()));
    }

    void decide(MeshEvent event, Decision into) {
        into.clear();
        Matches matches = into.matches;
        rules.match(event, matches);
        for (int i = 0; i < matches.matchedCount(); i++) {
            int rule = matches.matched(i);
            into.addMatched(numbers[rule]);
            if (changing[rule]) {
                into.addChanging(numbers[rule]);
                continue;
            }
            List<String> channels = targets.get(rule);
            for (int j = 0; j < channels.size(); j++) {
                into.addTarget(channels.get(j));
            }
        }
        for (int i = 0; i < matches.undecidedCount(); i++) {
            into.addUndecided(numbers[matches.undecided(i)], matches.damage());
        }
        for (int i = 0; i < matches.failedCount(); i++) {
            into.addFailed(numbers[matches.failed(i)]);
        }
    }
}
