package dev.weft.filter;

import dev.weft.event.MeshEvent;
import java.util.List;

/**
 * Many rules compiled into one structure, so that an event is asked only what can tell them apart. It answers exactly
 * as {@link PlainRuleSet} does, at a cost that depends on how many rules come close to matching more than on how many
 * there are.
 *
 * <p>The rules cannot change; a changed set is a new index.
 */
public final class RuleIndex implements RuleSet {

    /*
     * A rule is a choice of conjunctions, and a conjunction asks a test of each of some fields. Each conjunction lies in
     * a tree of branches, under the tests that cut best; dictionaries find the branches that an event's values open.
     * What is left of a conjunction is asked test by test, each at most once per event however many rules share it.
     * Attributes come first: the payload is read only if something is left that the attributes do not refuse.
     */

    private final List<Rule> rules;
    private final Plan plan;

    private RuleIndex(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.plan = IndexBuilder.plan(this.rules);
    }

    /** Returns the index of these rules; their numbers are their places in the list. */
    public static RuleIndex of(List<Rule> rules) {
        return new RuleIndex(rules);
    }

    @Override
    public void match(MeshEvent event, Matches into) {
        into.clear();
        into.walkOf(this).match(event);
        into.sort();
    }

    Walk newWalk(Matches answer) {
        return new Walk(plan, answer);
    }

    @Override
    public Explanation explain(int rule, MeshEvent event) {
        return rules.get(rule).explain(event);
    }

    @Override
    public int size() {
        return rules.size();
    }
}
