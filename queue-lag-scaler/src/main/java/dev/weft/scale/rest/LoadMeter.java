package dev.weft.scale.rest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns what subtasks have done since they began into what they do now: the difference over the last
 * {@value #WINDOW_MILLIS} ms, or since the beginning while there is nothing else to compare with. Flink's own gauges
 * say the same of the last minute, which is too long when load changes, and of no common moment.
 *
 * <p>Of one execution, used by one thread at a time.
 */
final class LoadMeter {

    private static final double WINDOW_MILLIS = 10_000;

    private record Key(String vertex, int subtask) {}

    private final Map<Key, Deque<Work>> seen = new HashMap<>();

    /** Takes in what is shown of a vertex all of whose subtasks are measured, and returns what it did lately. */
    Load measure(Vertex vertex) {
        double perSecond = 0;
        double busiest = 0;
        double backPressured = 0;
        for (Subtask subtask : vertex.subtasks()) {
            Work now = subtask.work().orElseThrow();
            Work lately = now.since(earlier(new Key(vertex.id(), subtask.index()), now));
            double millis = Math.max(1, lately.millis());
            perSecond += lately.records() / millis * 1000;
            busiest = Math.max(busiest, lately.busyMillis() / millis);
            backPressured = Math.max(backPressured, lately.backPressuredMillis() / millis);
        }
        return new Load(perSecond, Math.min(1, busiest), Math.min(1, backPressured));
    }

    /** Returns the newest that is a window old, or the oldest there is. */
    private Work earlier(Key key, Work now) {
        Deque<Work> works = seen.computeIfAbsent(key, unused -> new ArrayDeque<>());
        if (works.isEmpty()) {
            works.add(Work.NONE);
        }
        if (now.millis() > works.getLast().millis()) {
            works.add(now);
        }
        Work first = works.removeFirst();
        while (works.size() > 1 && isReplacedBy(works.getFirst(), first, now)) {
            first = works.removeFirst();
        }
        works.addFirst(first);
        return first;
    }

    private static boolean isReplacedBy(Work second, Work first, Work now) {
        boolean isOldEnough = now.millis() - second.millis() >= WINDOW_MILLIS;
        return isOldEnough || (first.equals(Work.NONE) && second.millis() >= WINDOW_MILLIS);
    }
}
