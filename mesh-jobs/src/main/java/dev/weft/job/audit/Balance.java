package dev.weft.job.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sums of a whole job at one checkpoint. It holds for each leg that {@code received = filtered + delivered + parked
 * + retrying + in flight + dead}, unless events are lost.
 *
 * @param checkpoint the id of the checkpoint
 * @param read what was read, by topic
 * @param rows of all legs, in order
 */
public record Balance(long checkpoint, SortedMap<String, Reading> read, List<Row> rows) {

    public Balance {
        rows = List.copyOf(rows);
    }

    /**
     * Adds up what the subtasks of all operators said at one checkpoint.
     *
     * @throws IllegalArgumentException if there is none, or they are of several checkpoints
     */
    public static Balance of(Collection<Cut> cuts) {
        List<Long> checkpoints =
                cuts.stream().map(Cut::checkpoint).distinct().sorted().toList();
        if (checkpoints.size() != 1) {
            throw new IllegalArgumentException("one checkpoint is needed, not those of " + checkpoints);
        }
        Book book = new Book();
        cuts.forEach(cut -> book.add(cut.page()));
        Page sums = book.page();
        SortedMap<String, Reading> read = new TreeMap<>();
        sums.eachTopic(read::put);
        List<Row> rows = new ArrayList<>();
        sums.eachLeg((leg, unused) -> rows.add(Row.of(leg, sums)));
        rows.sort((one, other) -> one.leg().compareTo(other.leg()));
        return new Balance(checkpoints.get(0), read, rows);
    }

    /** Returns the legs whose events are not all accounted for; see {@link Row#isBalanced}. */
    public List<Row> unbalanced(boolean exactlyOnce) {
        return rows.stream().filter(row -> !row.isBalanced(exactlyOnce)).toList();
    }
}
