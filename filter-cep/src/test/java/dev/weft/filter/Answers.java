package dev.weft.filter;

import dev.weft.event.MeshEvent;
import java.util.List;

/** What the plain matcher answers about one rule. */
final class Answers {

    private Answers() {}

    static Outcome of(Rule rule, MeshEvent event) {
        Matches matches = new Matches();
        PlainRuleSet.of(List.of(rule)).match(event, matches);
        if (matches.undecidedCount() > 0) {
            return Outcome.UNDECIDED;
        }
        return Outcome.of(matches.matchedCount() > 0);
    }

    static Explanation explained(Rule rule, MeshEvent event) {
        return PlainRuleSet.of(List.of(rule)).explain(0, event);
    }
}
