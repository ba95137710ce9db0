package dev.weft.filter;

import org.jspecify.annotations.Nullable;

/**
 * Which rules of a {@link RuleSet} want an event: the numbers of those that do, and of those whose answer depends on a
 * payload that cannot be read, each ascending. Made once and used for one event after the other; not thread-safe.
 */
public final class Matches {

    private final Numbers matched = new Numbers();
    private final Numbers undecided = new Numbers();
    private @Nullable String damage;

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

    /** Returns why the payload cannot be read; null unless a rule is undecided. */
    public @Nullable String damage() {
        return damage;
    }

    /** Forgets the answer. */
    public void clear() {
        matched.clear();
        undecided.clear();
        damage = null;
    }

    void addMatched(int rule) {
        matched.add(rule);
    }

    void addUndecided(int rule, String damage) {
        undecided.add(rule);
        this.damage = damage;
    }

    @Override
    public String toString() {
        return "matched " + matched + (undecided.count() == 0 ? "" : ", undecided " + undecided + ": " + damage);
    }
}
