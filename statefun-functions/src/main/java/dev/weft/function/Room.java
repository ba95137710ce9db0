package dev.weft.function;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The room for calls that go one way: how many are under way, and whose turn it is next. Types that are called by one
 * invoker on the same terms share a room.
 */
final class Room {

    final FunctionTerms terms;

    /** Lines whose next call may begin, the first of them first: so no address waits for another one's second call. */
    private final Deque<Line> ready = new ArrayDeque<>();

    /** In the order in which they began, in which they also reach their timeout. */
    private final Set<Call> underWay = new LinkedHashSet<>();

    /** Whether something will look for calls that take too long. */
    boolean isWatched;

    Room(FunctionTerms terms) {
        this.terms = terms;
    }

    boolean hasPlace() {
        return underWay.size() < terms.concurrency();
    }

    void entered(Call call) {
        underWay.add(call);
    }

    void left(Call call) {
        underWay.remove(call);
    }

    /** Returns the call that began first of those under way. */
    @Nullable
    Call oldest() {
        return underWay.isEmpty() ? null : underWay.iterator().next();
    }

    void add(Line line) {
        ready.add(line);
    }

    void addFirst(Line line) {
        ready.addFirst(line);
    }

    /** Returns the line whose call may begin now. */
    @Nullable
    Line next() {
        return hasPlace() ? ready.poll() : null;
    }
}
