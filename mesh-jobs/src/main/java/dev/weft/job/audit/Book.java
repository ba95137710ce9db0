package dev.weft.job.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one subtask of an operator has counted since the job began, restarts included. Sums: the books of several
 * subtasks may be added in any way, so they follow a change of the parallelism. Changes in place; not safe for use by
 * several threads.
 */
public final class Book {

    private final Map<String, Reading> readings = new HashMap<>();
    private final Map<Leg, long[]> rows = new HashMap<>();

    /** Returns the numbers of a leg, by the places of their {@link Item}s, for the caller to add to. */
    public long[] row(Leg leg) {
        return rows.computeIfAbsent(leg, unused -> new long[Item.count()]);
    }

    /** Adds to one number. */
    public void add(Leg leg, Item item, long count) {
        row(leg)[item.ordinal()] += count;
    }

    /** Adds to one number of every leg of a route. */
    void addOfRoute(String route, Item item, long count) {
        rows.forEach((leg, row) -> {
            if (leg.route().equals(route)) {
                row[item.ordinal()] += count;
            }
        });
    }

    /** Adds what was read of a topic. */
    public void add(String topic, Reading reading) {
        readings.merge(topic, reading, Reading::plus);
    }

    /** Adds all that another said. */
    public void add(Page page) {
        page.eachTopic(this::add);
        page.eachLeg((leg, counts) -> {
            long[] row = row(leg);
            for (int i = 0; i < counts.length; i++) {
                row[i] += counts[i];
            }
        });
    }

    /** Returns what the book says now. */
    public Page page() {
        Map<Leg, long[]> copies = new LinkedHashMap<>();
        rows.forEach((leg, row) -> {
            if (Arrays.stream(row).anyMatch(count -> count != 0)) {
                copies.put(leg, row.clone());
            }
        });
        return new Page(new LinkedHashMap<>(readings), copies);
    }
}
