package dev.weft.cep.engine;

import dev.weft.cep.engine.NaiveWays.At;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Some events taken for some steps, and what would become of them if there were nothing else. */
final class NaiveRun {

    /**
     * Event by event: the earlier first, or the one taken by the earlier step; what is shorter before what is longer.
     */
    static final Comparator<NaiveRun> ORDER = (one, other) -> {
        for (int i = 0; i < Math.min(one.taken.size(), other.taken.size()); i++) {
            int order = Comparator.comparingInt(Take::event)
                    .thenComparingInt(Take::step)
                    .compare(one.taken.get(i), other.taken.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.taken.size(), other.taken.size());
    };

    /** An event, by its place, and the step that has taken it, by its number. */
    record Take(int event, int step) {}

    /**
     * When something happens.
     *
     * @param byEvent 0 for what happens without an event, which comes first in an instant
     * @param event the event that makes it happen; -1 if there is none
     */
    record Moment(long time, int byEvent, int event) {
        static final Comparator<Moment> ORDER = Comparator.comparingLong(Moment::time)
                .thenComparingInt(Moment::byEvent)
                .thenComparingInt(Moment::event);
    }

    final @Nullable NaiveRun parent;
    final List<Take> taken;

    /** By the event and step that it takes next. */
    final Map<Take, Set<At>> next = new LinkedHashMap<>();

    /** What of the ways ends when. */
    final TreeMap<Moment, List<String>> stops = new TreeMap<>(Moment.ORDER);

    /** Whether it is a match with its last event. */
    boolean isMatch;

    /** When it is a match because nothing came; null if never. */
    @Nullable
    Moment absence;

    NaiveRun(@Nullable NaiveRun parent, Take take) {
        this.parent = parent;
        this.taken = new ArrayList<>(parent == null ? List.of() : parent.taken);
        this.taken.add(take);
    }

    int first() {
        return taken.get(0).event();
    }

    int last() {
        return taken.get(taken.size() - 1).event();
    }

    boolean waits() {
        return !stops.isEmpty();
    }

    /** Returns when nothing is left that it waits for. */
    Moment end() {
        return stops.lastKey();
    }
}
