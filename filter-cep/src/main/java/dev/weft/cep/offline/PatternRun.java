package dev.weft.cep.offline;

import dev.weft.cep.Pattern;
import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Lookout;
import dev.weft.cep.engine.Sighting;
import dev.weft.filter.Matches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what patterns find in events that are all known: nothing is late, and time passes to its end. Every pattern
 * looks at every event, whatever channels it names.
 *
 * <p>Immutable, and safe to share between threads.
 */
public final class PatternRun {

    private final List<Pattern> patterns;
    private final Lookout lookout;

    private PatternRun(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.lookout = Lookout.of(patterns);
    }

    /** Returns the run of these patterns. */
    public static PatternRun of(List<Pattern> patterns) {
        return new PatternRun(patterns);
    }

    /**
     * Returns when all is decided: as much later than the last event as the longest of the patterns may take. 1970 if
     * there are no events.
     */
    public long usualEnd(List<TimedEvent> events) {
        long longest = patterns.stream()
                .mapToLong(pattern -> pattern.within().toMillis())
                .max()
                .orElse(0);
        return events.stream().mapToLong(TimedEvent::time).max().stream()
                .map(last -> last + longest)
                .findFirst()
                .orElse(0);
    }

    /**
     * Lets the events happen, each at its time, whatever their order.
     *
     * @param end when time ends, milliseconds since 1970: later events do not happen, and deadlines do up to it
     */
    public RunResult run(List<TimedEvent> events, long end) {
        List<PatternTally> tallies = patterns.stream().map(PatternTally::new).toList();
        List<Looked> looked = new ArrayList<>();
        Matches matches = new Matches();
        int happened = 0;
        for (TimedEvent event : events) {
            if (event.time() <= end) {
                happened++;
                lookout.look(event.event(), event.time(), matches, new Looking(tallies, looked));
            }
        }
        looked.sort(Comparator.comparing(each -> each.sighting().event(), KeptEvent.ORDER));
        for (Looked each : looked) {
            tallies.get(each.pattern()).take(each.key(), each.sighting());
        }
        List<Told> told = new ArrayList<>();
        List<PatternCounts> counts = new ArrayList<>();
        for (PatternTally tally : tallies) {
            tally.finish(end);
            told.addAll(tally.told());
            counts.add(tally.counts());
        }
        told.sort(Comparator.comparingLong(Told::time));
        return new RunResult(told, counts, happened, end);
    }

    private record Looked(int pattern, Key key, Sighting sighting) {}

    private record Looking(List<PatternTally> tallies, List<Looked> looked) implements Lookout.Sightings {

        @Override
        public void seen(int pattern, Key key, Sighting sighting) {
            looked.add(new Looked(pattern, key, sighting));
        }

        @Override
        public void withoutKey(int pattern) {
            tallies.get(pattern).sawNoKey();
        }

        @Override
        public void failed(int pattern) {
            tallies.get(pattern).sawFailure();
        }
    }
}
