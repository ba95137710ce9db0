package dev.weft.route;

import dev.weft.filter.Matches;
import dev.weft.filter.Numbers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where one event goes: the routes that want it, the channels they deliver to, and the routes that cannot tell because
 * the payload cannot be read.
 *
 * <p>Each channel stands once, however many routes deliver to it: an event is written to a channel at most once. Routes
 * that change the event, or lead it through steps, stand apart, and their channels are not among these: what they write
 * differs. Routes are known by their place in the {@link RouteTable}'s list. Made once and used for one event after the
 * other; not thread-safe.
 */
public final class Decision {

    final Matches matches = new Matches();
    private final Numbers matched = new Numbers();
    private final Numbers changing = new Numbers();
    private final Numbers undecided = new Numbers();
    private final Numbers failed = new Numbers();
    private String[] targets = new String[8];
    private int targetCount;
    private @Nullable String damage;

    /** Returns how many routes want the event. */
    public int matchedCount() {
        return matched.count();
    }

    /** Returns the number of the i-th route that wants the event, ascending, from 0. */
    public int matched(int i) {
        return matched.get(i);
    }

    /** Returns how many of the routes that want the event do not deliver it as it is. */
    public int changingCount() {
        return changing.count();
    }

    /**
     * Returns the number of the i-th route that wants the event and does not deliver it as it is, ascending, from 0.
     */
    public int changing(int i) {
        return changing.get(i);
    }

    /** Returns how many channels the event goes to as it is. */
    public int targetCount() {
        return targetCount;
    }

    /**
     * Returns the name of the i-th channel the event goes to as it is, in the order of the routes and of their lists.
     */
    public String target(int i) {
        if (i >= targetCount) {
            throw new IndexOutOfBoundsException(i + " of " + targetCount);
        }
        return targets[i];
    }

    /** Returns how many routes cannot tell whether they want the event. */
    public int undecidedCount() {
        return undecided.count();
    }

    /** Returns the number of the i-th route that cannot tell, ascending, from 0. */
    public int undecided(int i) {
        return undecided.get(i);
    }

    /** Returns how many routes do not want the event and have an expression that could not be evaluated. */
    public int failedCount() {
        return failed.count();
    }

    /** Returns the number of the i-th route with an expression that failed, ascending, from 0. */
    public int failed(int i) {
        return failed.get(i);
    }

    /** Returns why the payload cannot be read; null unless a route is undecided. */
    public @Nullable String damage() {
        return damage;
    }

    void clear() {
        matches.clear();
        matched.clear();
        changing.clear();
        undecided.clear();
        failed.clear();
        targetCount = 0;
        damage = null;
    }

    void addMatched(int route) {
        matched.add(route);
    }

    void addChanging(int route) {
        changing.add(route);
    }

    void addUndecided(int route, @Nullable String damage) {
        undecided.add(route);
        this.damage = damage;
    }

    void addFailed(int route) {
        failed.add(route);
    }

    /** Puts the numbers of routes in ascending order. */
    void sort() {
        matched.sort();
        undecided.sort();
        failed.sort();
    }

    /** Events go to a handful of channels at most, so looking through those is cheaper than hashing. */
    void addTarget(String channel) {
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].equals(channel)) {
                return;
            }
        }
        if (targetCount == targets.length) {
            targets = Arrays.copyOf(targets, targetCount * 2);
        }
        targets[targetCount++] = channel;
    }

    @Override
    public String toString() {
        return "matched " + matched + ", targets " + Arrays.asList(targets).subList(0, targetCount)
                + (changing.count() == 0 ? "" : ", changing " + changing)
                + (undecided.count() == 0 ? "" : ", undecided " + undecided + ": " + damage)
                + (failed.count() == 0 ? "" : ", failed " + failed);
    }
}
