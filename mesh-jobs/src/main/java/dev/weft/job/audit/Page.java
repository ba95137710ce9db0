package dev.weft.job.audit;

import java.util.Map;
import java.util.function.BiConsumer;

/** What a {@link Book} said at one moment. Immutable, and holds no route or topic of which nothing was counted. */
public final class Page {

    /** Nothing counted. */
    public static final Page EMPTY = new Page(Map.of(), Map.of());

    private final Map<String, Reading> readings;
    private final Map<Leg, long[]> rows;

    /** Takes what nobody else will change. */
    Page(Map<String, Reading> readings, Map<Leg, long[]> rows) {
        this.readings = readings;
        this.rows = rows;
    }

    /** Returns how many topics and legs there are. */
    public int size() {
        return readings.size() + rows.size();
    }

    /** Returns how many topics there are. */
    public int topics() {
        return readings.size();
    }

    /** Returns how many legs there are. */
    public int legs() {
        return rows.size();
    }

    /** Returns one number; zero if nothing was counted. */
    public long count(Leg leg, Item item) {
        long[] row = rows.get(leg);
        return row == null ? 0 : row[item.ordinal()];
    }

    /** Tells what was read, by topic. */
    public void eachTopic(BiConsumer<String, Reading> taker) {
        readings.forEach(taker);
    }

    /** Tells the numbers of each leg, by the places of their {@link Item}s; nobody may write to them. */
    public void eachLeg(BiConsumer<Leg, long[]> taker) {
        rows.forEach(taker);
    }
}
