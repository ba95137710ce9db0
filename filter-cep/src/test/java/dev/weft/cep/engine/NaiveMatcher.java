package dev.weft.cep.engine;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Limits.Overflow;
import dev.weft.cep.Pattern.Step;
import dev.weft.filter.cel.Bindings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the matches of a sequence are, said as plainly as can be. All events are there at once; each that can be the
 * first of a match is followed to its end as if there were no other; only then, moment by moment, is seen which of
 * these runs begin at all, and which end others. Slow, keeps no state, and right by being obvious.
 */
final class NaiveMatcher {

    private final Pattern pattern;
    private final List<Step> steps;
    private final List<Sighting> events;
    private final long end;
    private final long drainFrom;
    private final List<Integer> slots = new ArrayList<>();

    /**
     * @param events all events of one key, in their order
     * @param end the time up to which things happen without an event, inclusive
     * @param drainFrom the time from which events begin no match
     */
    NaiveMatcher(Pattern pattern, List<Sighting> events, long end, long drainFrom) {
        this.pattern = pattern;
        this.steps = pattern.steps();
        this.events = events;
        this.end = end;
        this.drainFrom = drainFrom;
        for (int step = 0; step < steps.size(); step++) {
            for (int n = 0;
                    n < (steps.get(step).absent() ? 0 : steps.get(step).times().least());
                    n++) {
                slots.add(step);
            }
        }
    }

    /** Returns what is told, in order, as {@link Told} says it. */
    List<String> outcomes() {
        List<Moment> moments = new ArrayList<>();
        for (int first = 0; first < events.size(); first++) {
            if (time(first) < drainFrom && isTaken(first, 0, List.of()) && !isBarred(first)) {
                Run run = new Run(first);
                assign(run, List.of(first));
                moments.add(new Moment(time(first), 1, first, 1, run, true));
                moments.add(run.fate);
            }
        }
        moments.sort(Moment.ORDER);
        return happen(moments);
    }

    // ---- which assignments there are

    /** Follows a run from its latest event to what decides its fate. */
    private void assign(Run run, List<Integer> taken) {
        int last = taken.get(taken.size() - 1);
        boolean all = taken.size() == slots.size();
        boolean waits = !all || steps.get(steps.size() - 1).absent();
        if (!waits) {
            run.end(taken, new Moment(time(last), 1, last, run.first == last ? 2 : 0, run, false), Fate.MATCHED);
            return;
        }
        long deadline = deadline(taken);
        for (int next = last + 1; next < events.size() && time(next) < deadline; next++) {
            boolean kills = events.get(next).holds(Bits.UNTIL) || isGuarded(next, taken);
            if (kills) {
                run.end(taken, new Moment(time(next), 1, next, 0, run, false), Fate.KILLED);
                return;
            }
            if (!all && isTaken(next, taken.size(), taken)) {
                List<Integer> longer = new ArrayList<>(taken);
                longer.add(next);
                assign(run, longer);
                return;
            }
        }
        Moment over = new Moment(deadline, 0, -1, 0, run, false);
        run.end(taken, over, deadline > end ? Fate.OPEN : all ? Fate.MATCHED : Fate.TIMED_OUT);
    }

    private long deadline(List<Integer> taken) {
        long first = time(taken.get(0));
        long last = time(taken.get(taken.size() - 1));
        long deadline = first + pattern.within().toMillis();
        for (Step step : awaited(taken)) {
            if (step.within() != null) {
                deadline = Math.min(deadline, last + step.within().toMillis());
            }
        }
        return deadline;
    }

    /** The step of the next slot; the absent steps at the end if there is none. */
    private List<Step> awaited(List<Integer> taken) {
        if (taken.size() < slots.size()) {
            return List.of(steps.get(slots.get(taken.size())));
        }
        return steps.subList(slots.get(slots.size() - 1) + 1, steps.size());
    }

    private boolean isTaken(int event, int slot, List<Integer> taken) {
        int step = slots.get(slot);
        return isMet(step, event, taken);
    }

    /** Whether the event is one that must be absent: from a step's first event on, until the next step's first. */
    private boolean isGuarded(int event, List<Integer> taken) {
        int current = slots.get(taken.size() - 1);
        for (int step = current + 1; step < steps.size() && steps.get(step).absent(); step++) {
            if (isMet(step, event, taken)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBarred(int first) {
        for (int step = 0; steps.get(step).absent(); step++) {
            Duration own = steps.get(step).within();
            long back = (own == null ? pattern.within() : own).toMillis();
            for (int before = 0; before < first; before++) {
                if (time(first) - time(before) < back && isMet(step, before, List.of())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isMet(int step, int event, List<Integer> taken) {
        Pattern.Condition condition = steps.get(step).condition();
        Sighting seen = events.get(event);
        return seen.holds(Bits.step(step))
                && (condition.correlated() == null
                        || condition
                                .correlated()
                                .ask(seen.event(), seen.event().data(), bindings(taken))
                                .isYes());
    }

    private Bindings bindings(List<Integer> taken) {
        Map<String, Object> values = new LinkedHashMap<>(byStep(taken));
        steps.stream().filter(step -> !step.absent()).forEach(step -> values.putIfAbsent(step.name(), List.of()));
        if (!taken.isEmpty()) {
            values.put("prev", events.get(taken.get(taken.size() - 1)).event());
        }
        values.put("key", "k");
        return values::get;
    }

    private Map<String, List<KeptEvent>> byStep(List<Integer> taken) {
        Map<String, List<KeptEvent>> byStep = new LinkedHashMap<>();
        for (int slot = 0; slot < taken.size(); slot++) {
            byStep.computeIfAbsent(steps.get(slots.get(slot)).name(), name -> new ArrayList<>())
                    .add(events.get(taken.get(slot)).event());
        }
        return byStep;
    }

    private long time(int event) {
        return events.get(event).event().time();
    }

    // ---- what becomes of them

    private List<String> happen(List<Moment> moments) {
        List<String> told = new ArrayList<>();
        List<Run> open = new ArrayList<>();
        int barrier = Integer.MIN_VALUE;
        for (Moment moment : moments) {
            Run run = moment.run();
            if (moment.begins()) {
                begin(run, open, barrier);
            } else if (open.remove(run) || run.passing) {
                Map<String, List<KeptEvent>> taken = byStep(run.taken);
                if (run.fate() == Fate.TIMED_OUT) {
                    told.add(Told.timeout(
                            taken, moment.time(), awaited(run.taken).get(0).name()));
                } else if (run.fate() == Fate.MATCHED && isWanted(run.taken)) {
                    told.add(Told.match(taken, moment.time()));
                    int skipped = barrier(run.taken);
                    open.removeIf(other -> other.first < skipped);
                    barrier = Math.max(barrier, skipped);
                }
            }
        }
        return told;
    }

    private void begin(Run run, List<Run> open, int barrier) {
        if (run.first < barrier) {
            return;
        }
        if (run.fate() == Fate.MATCHED && run.fate.event() == run.first) {
            run.passing = true;
            return;
        }
        if (open.size() >= pattern.limits().partialsPerKey()) {
            if (pattern.limits().overflow() == Overflow.DROP_NEW) {
                return;
            }
            open.remove(0);
        }
        open.add(run);
    }

    private boolean isWanted(List<Integer> taken) {
        return pattern.having() == null
                || pattern.having()
                        .ask(events.get(0).event(), MissingNode.getInstance(), bindings(taken))
                        .isYes();
    }

    /** Runs that begin before this event end with the match. */
    private int barrier(List<Integer> taken) {
        int step = 0;
        for (int i = 0; i < steps.size(); i++) {
            step = steps.get(i).name().equals(pattern.afterMatch().step()) ? i : step;
        }
        return switch (pattern.afterMatch().kind()) {
            case NO_SKIP, SKIP_TO_NEXT -> Integer.MIN_VALUE;
            case SKIP_PAST_LAST -> taken.get(taken.size() - 1) + 1;
            case SKIP_TO_FIRST -> taken.get(slots.indexOf(step));
            case SKIP_TO_LAST -> taken.get(slots.lastIndexOf(step));
        };
    }

    private enum Fate {
        MATCHED,
        TIMED_OUT,
        KILLED,
        OPEN
    }

    /** What begins with one event. */
    private static final class Run {
        private final int first;
        private List<Integer> taken = List.of();
        private @Nullable Fate how;
        private Moment fate;
        private boolean passing;

        Run(int first) {
            this.first = first;
            this.fate = new Moment(0, 0, 0, 0, this, false);
        }

        void end(List<Integer> events, Moment when, Fate fateOf) {
            taken = events;
            fate = when;
            how = fateOf;
        }

        @Nullable
        Fate fate() {
            return how;
        }
    }

    /**
     * When something happens to a run.
     *
     * @param byEvent 0 for what happens without an event, which comes first in an instant
     * @param event the event that makes it happen
     * @param phase of the event: 0 ends, 1 begins, 2 ends what it has just begun
     */
    private record Moment(long time, int byEvent, int event, int phase, Run run, boolean begins) {
        private static final Comparator<Moment> ORDER = Comparator.comparingLong(Moment::time)
                .thenComparingInt(Moment::byEvent)
                .thenComparingInt(Moment::event)
                .thenComparingInt(Moment::phase)
                .thenComparingInt(moment -> moment.run().first);
    }
}
