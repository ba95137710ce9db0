package dev.weft.filter;

import dev.weft.event.MeshEvent;
import java.util.List;
import java.util.Map;

/**
 * Many rules compiled into one structure, so that an event is asked only what can tell them apart. It answers exactly
 * as {@link PlainRuleSet} does, at a cost that depends on how many rules come close to matching more than on how many
 * there are.
 *
 * <p>A changed set of rules is a new index, which shares with the old what need not be compiled again: a change costs
 * by what it changes, not by how many rules there are. It leaves an index in pieces, each of which costs a little per
 * event; whoever changes rules sees to it that the index is {@link #merged} now and then, on a thread that has time.
 */
public final class RuleIndex implements RuleSet {

    /*
     * A rule is a choice of conjunctions, and a conjunction asks a test of each of some fields. Each conjunction lies in
     * a tree of branches, under the tests that cut best; dictionaries find the branches that an event's values open.
     * What is left of a conjunction is asked test by test, each at most once per event however many rules share it.
     * Attributes come first: the payload is read only if something is left that the attributes do not refuse.
     */

    /** What all versions of an index have in common: by it a thread finds its working memory. */
    private final Object line;

    private final Segments segments;

    private RuleIndex(Object line, Segments segments) {
        this.line = line;
        this.segments = segments;
    }

    /** Returns the index of these rules; their numbers are their places in the list. */
    public static RuleIndex of(List<Rule> rules) {
        return new RuleIndex(new Object(), Segments.of(rules));
    }

    @Override
    public RuleIndex with(Map<Integer, Rule> changes) {
        return new RuleIndex(line, segments.with(changes));
    }

    @Override
    public boolean isMerged() {
        return segments.areMerged();
    }

    /**
     * Returns an index of the same rules in as few pieces as are worth compiling: some ten microseconds for each rule
     * that lies in a piece not much larger than the changes since, or of which half the rules are gone.
     */
    @Override
    public RuleIndex merged() {
        return isMerged() ? this : new RuleIndex(line, segments.merged());
    }

    @Override
    public void match(MeshEvent event, Matches into) {
        into.clear();
        into.walkOf(this).match(event);
        into.sort();
    }

    Object line() {
        return line;
    }

    Segments segments() {
        return segments;
    }

    @Override
    public Explanation explain(int rule, MeshEvent event) {
        return segments.rule(rule).explain(event);
    }

    @Override
    public List<Reason> reasons(MeshEvent event) {
        Walk walk = new Walk(new Matches());
        walk.take(segments);
        return walk.reasons(event);
    }

    @Override
    public int size() {
        return segments.size();
    }

    @Override
    public RuleMemory memory() {
        return segments.memory();
    }
}
