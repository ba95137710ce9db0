package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Condition;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.engine.NaiveRun.Moment;
import dev.weft.cep.engine.NaiveRun.Take;
import dev.weft.cep.engine.NaiveWays.At;
import dev.weft.cep.engine.NaiveWays.Way;
import dev.weft.filter.cel.Bindings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All runs that there are in a list of events: from each event on, every way is followed to where it stops. */
final class NaiveSearch {

    private final Pattern pattern;
    private final List<Step> steps;
    private final List<Sighting> events;
    private final NaiveWays ways;
    private final int most;
    private final List<NaiveRun> runs = new ArrayList<>();

    private NaiveSearch(Pattern pattern, List<Sighting> events, int most) {
        this.pattern = pattern;
        this.steps = pattern.steps();
        this.events = events;
        this.ways = new NaiveWays(pattern.sequence());
        this.most = most;
    }

    /**
     * Returns all runs; those that grow out of one come behind it. There are more if there are as many as {@code most}.
     */
    static List<NaiveRun> runs(Pattern pattern, List<Sighting> events, int most) {
        NaiveSearch search = new NaiveSearch(pattern, events, most);
        search.search();
        return search.runs;
    }

    private void search() {
        for (int event = 0; event < events.size(); event++) {
            Map<Take, Set<At>> begins = new LinkedHashMap<>();
            for (Way way : ways.first()) {
                if (isInScope(event) && isMet(way.step(), event, List.of()) && !isBarred(event)) {
                    add(way, event, begins);
                }
            }
            follow(null, begins);
        }
    }

    private void add(Way way, int event, Map<Take, Set<At>> takes) {
        takes.computeIfAbsent(new Take(event, steps.indexOf(way.step())), take -> new LinkedHashSet<>())
                .add(Objects.requireNonNull(way.to()));
    }

    private void follow(@Nullable NaiveRun parent, Map<Take, Set<At>> takes) {
        takes.forEach((take, places) -> {
            if (runs.size() < most) {
                NaiveRun run = new NaiveRun(parent, take);
                runs.add(run);
                live(run, places);
                follow(run, run.next);
            }
        });
    }

    /** Finds what the run takes next, and when each of its ways stops. */
    private void live(NaiveRun run, Set<At> places) {
        List<Way> open = new ArrayList<>();
        places.forEach(place -> open.addAll(ways.after(place)));
        int greedy = Integer.MAX_VALUE;
        for (Way way : open) {
            if (way.isGreedy()) {
                List<Integer> taken = new ArrayList<>();
                stop(run, way, Integer.MAX_VALUE, taken);
                greedy = taken.isEmpty() ? greedy : Math.min(greedy, taken.get(0));
            }
        }
        for (Way way : open) {
            if (way.step() == null && way.absent().isEmpty()) {
                run.isMatch = true;
                continue;
            }
            List<Integer> taken = new ArrayList<>();
            Moment stop = stop(run, way, greedy, taken);
            taken.forEach(event -> add(way, event, run.next));
            run.stops
                    .computeIfAbsent(stop, moment -> new ArrayList<>())
                    .add(way.step() == null ? "" : way.step().name());
            if (way.step() == null && stop.byEvent() == 0) {
                run.absence = stop;
            }
        }
    }

    /** Goes on from the run's last event to where the way stops, and notes what it takes. */
    private Moment stop(NaiveRun run, Way way, int greedy, List<Integer> taken) {
        long deadline = deadline(run, way);
        int veryNext = run.last() + 1;
        while (veryNext < events.size() && !isInScope(veryNext)) {
            veryNext++;
        }
        for (int event = run.last() + 1; event < events.size() && time(event) < deadline; event++) {
            Moment now = new Moment(time(event), 1, event);
            if (events.get(event).holds(Bits.UNTIL)
                    || isAbsent(way, event, event == veryNext, run)
                    || isMet(way.until(), Bits.until(number(way)), event, run.taken)
                    || !way.again() && event == greedy) {
                return now;
            }
            if (isInScope(event)) {
                boolean takes = isMet(way.step(), event, run.taken);
                if (takes) {
                    taken.add(event);
                }
                boolean stays = way.contiguity() == Contiguity.FOLLOWED_BY_ANY
                        || way.contiguity() == Contiguity.FOLLOWED_BY && !takes;
                if (!stays) {
                    return now;
                }
            }
        }
        return new Moment(deadline, 0, -1);
    }

    private int number(Way way) {
        return way.step() == null ? 0 : steps.indexOf(way.step());
    }

    private long deadline(NaiveRun run, Way way) {
        long deadline = time(run.first()) + pattern.within().toMillis();
        for (Step step : way.step() == null ? way.absent() : Set.of(way.step())) {
            if (step.within() != null) {
                deadline = Math.min(deadline, time(run.last()) + step.within().toMillis());
            }
        }
        return deadline;
    }

    private boolean isAbsent(Way way, int event, boolean veryNext, NaiveRun run) {
        return way.absent().stream()
                .filter(step -> step.contiguity() != Contiguity.NEXT || veryNext)
                .anyMatch(step -> isMet(step, event, run.taken));
    }

    private boolean isBarred(int first) {
        for (int step = 0; steps.get(step).absent(); step++) {
            Duration own = steps.get(step).within();
            long back = (own == null ? pattern.within() : own).toMillis();
            for (int before = 0; before < first; before++) {
                if (time(first) - time(before) < back && isMet(steps.get(step), before, List.of())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isInScope(int event) {
        return pattern.events() == null || events.get(event).holds(Bits.EVENTS);
    }

    private boolean isMet(@Nullable Step step, int event, List<Take> taken) {
        return step != null && isMet(step.condition(), Bits.step(steps.indexOf(step)), event, taken);
    }

    private boolean isMet(@Nullable Condition condition, long bit, int event, List<Take> taken) {
        Sighting seen = events.get(event);
        return condition != null
                && seen.holds(bit)
                && (condition.correlated() == null
                        || condition
                                .correlated()
                                .ask(seen.event(), seen.event().data(), bindings(taken))
                                .isYes());
    }

    Bindings bindings(List<Take> taken) {
        return bindings(pattern, events, taken);
    }

    static Bindings bindings(Pattern pattern, List<Sighting> events, List<Take> taken) {
        Map<String, Object> values = new LinkedHashMap<>(byStep(pattern, events, taken));
        pattern.steps().stream()
                .filter(step -> !step.absent())
                .forEach(step -> values.putIfAbsent(step.name(), List.of()));
        if (!taken.isEmpty()) {
            values.put("prev", events.get(taken.get(taken.size() - 1).event()).event());
        }
        values.put("key", "k");
        return values::get;
    }

    static Map<String, List<KeptEvent>> byStep(Pattern pattern, List<Sighting> events, List<Take> taken) {
        Map<String, List<KeptEvent>> byStep = new LinkedHashMap<>();
        for (int step = 0; step < pattern.steps().size(); step++) {
            for (Take take : taken) {
                if (take.step() == step) {
                    byStep.computeIfAbsent(pattern.steps().get(step).name(), name -> new ArrayList<>())
                            .add(events.get(take.event()).event());
                }
            }
        }
        return byStep;
    }

    private long time(int event) {
        return events.get(event).event().time();
    }
}
