package dev.weft.filter;

import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rules of a {@link RuleSet} want an event: the numbers of those that do, and of those whose answer depends on a
 * payload that cannot be read, each ascending. Made once and used for one event after the other; not thread-safe.
 */
public final class Matches {

    private final Numbers matched = new Numbers();
    private final Numbers undecided = new Numbers();
    private final Numbers failed = new Numbers();
    private @Nullable String damage;

    /**
     * Working memory for each index that was asked, whatever its version: routes of several topics are several indexes.
     */
    private final Map<Object, Walk> walks = new WeakHashMap<>();

    private @Nullable RuleIndex lastIndex;
    private @Nullable Walk lastWalk;

    /** Returns how many rules want the event. */
    public int matchedCount() {
        return matched.count();
    }

    /** Returns the number of the i-th rule that wants the event, from 0. */
    public int matched(int i) {
        return matched.get(i);
    }

    /** Returns how many rules cannot be answered. */
    public int undecidedCount() {
        return undecided.count();
    }

    /** Returns the number of the i-th rule that cannot be answered, from 0. */
    public int undecided(int i) {
        return undecided.get(i);
    }

    /** Returns how many rules do not want the event and have an expression that could not be evaluated. */
    public int failedCount() {
        return failed.count();
    }

    /** Returns the number of the i-th rule with an expression that failed, ascending, from 0. */
    public int failed(int i) {
        return failed.get(i);
    }

    /** Returns why the payload cannot be read; null unless a rule is undecided. */
    public @Nullable String damage() {
        return damage;
    }

    /** Forgets the answer. */
    public void clear() {
        matched.clear();
        undecided.clear();
        failed.clear();
        damage = null;
    }

    Walk walkOf(RuleIndex index) {
        Walk walk = lastWalk;
        if (walk == null || lastIndex != index) {
            walk = walks.computeIfAbsent(index.line(), line -> new Walk(this));
            walk.take(index.segments());
            lastWalk = walk;
            lastIndex = index;
        }
        return walk;
    }

    void addMatched(int rule) {
        matched.add(rule);
    }

    void addUndecided(int rule, String damage) {
        undecided.add(rule);
        this.damage = damage;
    }

    void addFailed(int rule) {
        failed.add(rule);
    }

    /** Puts the numbers in ascending order. */
    void sort() {
        matched.sort();
        undecided.sort();
        failed.sort();
    }

    @Override
    public String toString() {
        return "matched " + matched + (undecided.count() == 0 ? "" : ", undecided " + undecided + ": " + damage)
                + (failed.count() == 0 ? "" : ", failed " + failed);
    }
}
