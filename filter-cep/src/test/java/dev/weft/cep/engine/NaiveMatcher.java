package dev.weft.cep.engine;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.AfterMatch.Kind;
import dev.weft.cep.Pattern.Emission;
import dev.weft.cep.Pattern.Limits.Overflow;
import dev.weft.cep.engine.NaiveRun.Moment;
import dev.weft.cep.engine.NaiveRun.Take;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the matches of a pattern are, said as plainly as can be. All events are there at once, and {@link NaiveSearch}
 * follows each run to its end as if there were no other; only then, moment by moment, is seen which of them come about
 * at all, and which end others. Slow, keeps no state, and right by being obvious.
 */
final class NaiveMatcher {

    private static final int MOST_RUNS = 4_000;

    private final Pattern pattern;
    private final List<Sighting> events;
    private final long end;
    private final long drainFrom;
    private final List<String> told = new ArrayList<>();
    private final List<NaiveRun> open = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    /** What has come about with the event that is looked at. */
    private final List<NaiveRun> fresh = new ArrayList<>();

    /** A complete match that is not told yet. */
    private record Held(NaiveRun run, Moment when) {}

    /**
     * @param events all events of one key, in their order
     * @param end the time up to which things happen without an event, inclusive
     * @param drainFrom the time from which events begin no match
     */
    NaiveMatcher(Pattern pattern, List<Sighting> events, long end, long drainFrom) {
        this.pattern = pattern;
        this.events = events;
        this.end = end;
        this.drainFrom = drainFrom;
    }

    /** Returns what is told, in order, as {@link Told} says it; nothing if there are too many runs to follow. */
    Optional<List<String>> outcomes() {
        List<NaiveRun> runs = NaiveSearch.runs(pattern, events, MOST_RUNS);
        if (runs.size() == MOST_RUNS) {
            return Optional.empty();
        }
        for (int event = 0; event < events.size(); event++) {
            pass(time(event));
            happen(event, runs);
        }
        pass(end);
        return Optional.of(told);
    }

    private void happen(int event, List<NaiveRun> runs) {
        if (events.get(event).holds(Bits.UNTIL)) {
            open.clear();
            release();
        }
        List<NaiveRun> born = runs.stream()
                .filter(run -> run.last() == event)
                .filter(run -> run.parent == null ? time(event) < drainFrom : open.contains(run.parent))
                .sorted(NaiveRun.ORDER)
                .toList();
        open.removeIf(run -> run.end().event() == event);
        born.stream().filter(NaiveRun::waits).forEach(open::add);
        fresh.clear();
        fresh.addAll(born);
        Moment now = new Moment(time(event), 1, event);
        for (NaiveRun run : born) {
            if (run.isMatch && fresh.contains(run)) {
                complete(run, now);
            }
        }
        release();
        while (open.size() + held.size() > pattern.limits().partialsPerKey() && giveUp(born, event)) {
            release();
        }
    }

    private boolean giveUp(List<NaiveRun> born, int event) {
        if (pattern.limits().overflow() == Overflow.DROP_OLDEST) {
            return open.stream().min(NaiveRun.ORDER).map(open::remove).orElse(false);
        }
        Optional<NaiveRun> newest = open.stream().filter(born::contains).max(NaiveRun.ORDER);
        if (newest.isPresent()) {
            return open.remove(newest.get());
        }
        for (int i = held.size() - 1; i >= 0; i--) {
            if (held.get(i).when().event() == event) {
                held.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Lets happen what happens without an event, one deadline after the other. */
    private void pass(long time) {
        for (Optional<NaiveRun> run = nextOver(time); run.isPresent(); run = nextOver(time)) {
            over(run.get());
        }
    }

    private Optional<NaiveRun> nextOver(long time) {
        return open.stream()
                .filter(run -> over(run, time))
                .min(Comparator.<NaiveRun, Moment>comparing(this::next, Moment.ORDER)
                        .thenComparing(NaiveRun.ORDER));
    }

    private boolean over(NaiveRun run, long time) {
        return next(run).byEvent() == 0 && next(run).time() <= time;
    }

    /** The next that happens to the run: it is a match because nothing came, or it ends. */
    private Moment next(NaiveRun run) {
        return run.absence != null && !run.isMatch ? run.absence : run.end();
    }

    private void over(NaiveRun run) {
        Moment now = next(run);
        if (now.equals(run.end())) {
            open.remove(run);
        }
        if (run.isMatch) {
            release();
        } else if (run.absence != null) {
            run.isMatch = true;
            complete(run, now);
        } else {
            List<String> names = run.stops.getOrDefault(now, List.of());
            String first = pattern.steps().stream()
                    .map(Pattern.Step::name)
                    .filter(names::contains)
                    .findFirst()
                    .orElseThrow();
            told.add(Told.timeout(NaiveSearch.byStep(pattern, events, run.taken), now.time(), first));
            release();
        }
    }

    private void complete(NaiveRun run, Moment now) {
        boolean wanted = pattern.having() == null
                || pattern.having()
                        .ask(
                                events.get(0).event(),
                                MissingNode.getInstance(),
                                NaiveSearch.bindings(pattern, events, run.taken))
                        .isYes();
        if (wanted) {
            held.add(new Held(run, now));
            held.sort(Comparator.comparingInt(match -> match.run().first()));
            release();
        }
    }

    private void release() {
        boolean skips = pattern.afterMatch().kind() != Kind.NO_SKIP
                && pattern.afterMatch().kind() != Kind.SKIP_TO_NEXT;
        boolean waits = pattern.emission() == Emission.LEFTMOST && skips;
        while (!held.isEmpty()) {
            int first = held.get(0).run().first();
            if (waits && open.stream().anyMatch(run -> run.first() < first)) {
                return;
            }
            tell(held.remove(0));
        }
    }

    private void tell(Held match) {
        told.add(Told.match(
                NaiveSearch.byStep(pattern, events, match.run().taken),
                match.when().time()));
        int barrier = barrier(match.run().taken);
        int alike =
                pattern.afterMatch().kind() == Kind.SKIP_TO_NEXT ? match.run().first() : -1;
        open.removeIf(run -> run.first() < barrier || run.first() == alike);
        fresh.removeIf(run -> run.first() < barrier || run.first() == alike);
        held.removeIf(other -> other.run().first() < barrier || other.run().first() == alike);
    }

    /** Runs that begin before this event end with the match. */
    private int barrier(List<Take> taken) {
        List<Integer> places = taken.stream()
                .filter(take -> pattern.steps()
                        .get(take.step())
                        .name()
                        .equals(pattern.afterMatch().step()))
                .map(Take::event)
                .toList();
        return switch (pattern.afterMatch().kind()) {
            case NO_SKIP, SKIP_TO_NEXT -> Integer.MIN_VALUE;
            case SKIP_PAST_LAST -> taken.get(taken.size() - 1).event() + 1;
            case SKIP_TO_FIRST -> places.get(0);
            case SKIP_TO_LAST -> places.get(places.size() - 1);
        };
    }

    private long time(int event) {
        return events.get(event).event().time();
    }
}
