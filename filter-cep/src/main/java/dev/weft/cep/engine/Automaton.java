package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.Pattern.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as the places in which a match can be, and what it waits for in each. Places are made when they are first
 * reached, and then kept: a step of {@code times: 1..1000} has a thousand. Safe to share between threads.
 */
final class Automaton {

    /*
     * After an event, what can come next is found by walking through the pattern from where the event was taken: the
     * same step again, then onward over parts that are optional to the first that is not; at the end of a group back to
     * its start, and out of it. Absent steps that are passed on the way guard what lies behind them.
     *
     * The same events can be taken for the same steps in several ways where a group repeats that begins and ends with
     * one step: (a{1,2}){1,2} takes two events as one round or as two. These ways are one match to everyone who looks
     * at it, so a place is all spots in which the match may be at once.
     */

    private static final Comparator<Spot> SPOTS = Comparator.comparingInt(Spot::step)
            .thenComparing(spot -> spot.counts().toString());

    private static final Comparator<Candidate> CANDIDATES =
            Comparator.comparingInt(Candidate::number).thenComparing(candidate -> !candidate.again());

    private final List<Step> steps;
    private final Seat[] seats;
    private final Place start;
    private final Map<List<Spot>, Place> places = new ConcurrentHashMap<>();

    private Automaton(Pattern pattern) {
        this.steps = pattern.steps();
        this.seats = new Seat[steps.size()];
        Level top = level(pattern.sequence(), null, null, 0);
        this.start = place(List.of(), enter(top, List.of()));
    }

    static Automaton of(Pattern pattern) {
        return new Automaton(pattern);
    }

    /** Returns all steps; their places in the list are their numbers. */
    List<Step> steps() {
        return steps;
    }

    /** Returns where a match is that has taken nothing. */
    Place start() {
        return start;
    }

    /** Returns the place that is all of these spots at once. */
    Place place(Set<Spot> spots) {
        TreeSet<Spot> sorted = new TreeSet<>(SPOTS);
        sorted.addAll(spots);
        return places.computeIfAbsent(List.copyOf(sorted), this::made);
    }

    /** Returns where a match is whose event was taken by these candidates of a place, all of one step. */
    Place after(Place place, long candidates) {
        if (Long.bitCount(candidates) == 1) {
            int only = Long.numberOfTrailingZeros(candidates);
            Place next = place.next(only);
            return next == null
                    ? place.remember(only, place(place.candidate(only).to()))
                    : next;
        }
        Set<Spot> spots = new LinkedHashSet<>();
        for (long left = candidates; left != 0; left &= left - 1) {
            spots.addAll(place.candidate(Long.numberOfTrailingZeros(left)).to());
        }
        return place(spots);
    }

    private Place made(List<Spot> spots) {
        Walk walk = new Walk();
        for (Spot spot : spots) {
            Seat seat = seats[spot.step()];
            Step step = steps.get(spot.step());
            int count = spot.counts().get(0);
            List<Integer> rounds = spot.counts().subList(1, spot.counts().size());
            Walk onward = new Walk();
            onward.onward(seat.level(), seat.place(), rounds, List.of());
            if (count < step.times().most()) {
                List<Integer> counts = new ArrayList<>(rounds);
                counts.add(0, counted(count + 1, step.times()));
                walk.find(spot.step(), true, contiguity(step.repeat()), onward.guards(), new Spot(spot.step(), counts));
            }
            if (count >= step.times().least()) {
                walk.addAll(onward);
            }
        }
        return place(spots, walk);
    }

    private Place place(List<Spot> spots, Walk walk) {
        List<Candidate> candidates = new ArrayList<>();
        walk.found.forEach((way, to) -> candidates.add(new Candidate(
                way.number(),
                way.number() == Candidate.END ? null : steps.get(way.number()),
                way.again(),
                way.contiguity(),
                way.guards(),
                way.number() == Candidate.END ? gap(way.guards()) : Spans.gap(steps.get(way.number())),
                to)));
        boolean ends = candidates.removeIf(
                candidate -> candidate.isEnd() && candidate.guards().isEmpty());
        candidates.sort(CANDIDATES);
        return new Place(spots, candidates, ends);
    }

    private static long gap(List<Guard> trailing) {
        return trailing.stream().mapToLong(Guard::gap).min().orElse(Spans.ANY);
    }

    private static Contiguity contiguity(Repeat repeat) {
        return switch (repeat) {
            case RELAXED -> Contiguity.FOLLOWED_BY;
            case CONSECUTIVE -> Contiguity.NEXT;
            case COMBINATIONS -> Contiguity.FOLLOWED_BY_ANY;
        };
    }

    private static int counted(int count, Times times) {
        return times.isUnbounded() ? Math.min(count, times.least()) : count;
    }

    // ---- the pattern as a tree

    private Level level(List<Part> parts, @Nullable Group group, @Nullable Level outer, int placeInOuter) {
        Level level = new Level(parts, group, outer, placeInOuter, new IdentityHashMap<>());
        for (int place = 0; place < parts.size(); place++) {
            if (parts.get(place) instanceof Group inner) {
                level.groups().put(inner, level(inner.sequence(), inner, level, place));
            } else {
                int number = steps.indexOf(parts.get(place));
                seats[number] = new Seat(level, place);
            }
        }
        return level;
    }

    private Walk enter(Level top, List<Integer> rounds) {
        Walk walk = new Walk();
        walk.enterAll(top, rounds, null, List.of());
        return walk;
    }

    /**
     * Parts side by side.
     *
     * @param group what they are the parts of; null for the pattern
     */
    private record Level(
            List<Part> parts,
            @Nullable Group group,
            @Nullable Level outer,
            int placeInOuter,
            Map<Group, Level> groups) {

        Level inner(Group of) {
            Level level = groups.get(of);
            if (level == null) {
                throw new IllegalStateException("a group that is elsewhere");
            }
            return level;
        }
    }

    /** Where a step stands. */
    private record Seat(Level level, int place) {}

    /** What tells candidates apart: those that agree in it take the same events at the same time. */
    private record Way(int number, boolean again, Contiguity contiguity, List<Guard> guards) {}

    /** Goes through the pattern and notes what can come next. */
    private final class Walk {

        private final Map<Way, Set<Spot>> found = new LinkedHashMap<>();

        void find(int number, boolean again, Contiguity contiguity, List<Guard> guards, @Nullable Spot to) {
            Set<Spot> spots =
                    found.computeIfAbsent(new Way(number, again, contiguity, guards), way -> new LinkedHashSet<>());
            if (to != null) {
                spots.add(to);
            }
        }

        void addAll(Walk other) {
            other.found.forEach((way, spots) ->
                    found.computeIfAbsent(way, it -> new LinkedHashSet<>()).addAll(spots));
        }

        /** Returns everything that must be absent before something of what was found. */
        List<Guard> guards() {
            Set<Guard> guards = new LinkedHashSet<>();
            found.keySet().forEach(way -> guards.addAll(way.guards()));
            return List.copyOf(guards);
        }

        /** @param rounds how often each group around is being taken, from the inside out */
        void onward(Level level, int place, List<Integer> rounds, List<Guard> passed) {
            List<Guard> guards = new ArrayList<>(passed);
            for (int next = place + 1; next < level.parts().size(); next++) {
                Part part = level.parts().get(next);
                if (part instanceof Step step && step.absent()) {
                    guards.add(Guard.of(step, steps.indexOf(step)));
                    continue;
                }
                enter(level, next, rounds, part.contiguity(), guards);
                if (!part.optional()) {
                    return;
                }
            }
            Level outer = level.outer();
            if (level.group() == null || outer == null) {
                find(Candidate.END, false, Contiguity.FOLLOWED_BY, List.copyOf(guards), null);
                return;
            }
            Times times = level.group().times();
            List<Integer> around = rounds.subList(1, rounds.size());
            if (rounds.get(0) < times.most()) {
                List<Integer> again = new ArrayList<>(around);
                again.add(0, counted(rounds.get(0) + 1, times));
                enterAll(level, again, null, guards);
            }
            if (rounds.get(0) >= times.least()) {
                onward(outer, level.placeInOuter(), around, guards);
            }
        }

        /** @param contiguity of the first event; null for that of the part itself */
        void enterAll(Level level, List<Integer> rounds, @Nullable Contiguity contiguity, List<Guard> guards) {
            for (int place = 0; place < level.parts().size(); place++) {
                Part part = level.parts().get(place);
                if (part instanceof Step step && step.absent()) {
                    continue; // At the start of the pattern, where Leading asks for it; no group starts so.
                }
                enter(level, place, rounds, contiguity == null ? part.contiguity() : contiguity, guards);
                if (!part.optional()) {
                    return;
                }
            }
        }

        private void enter(Level level, int place, List<Integer> rounds, Contiguity contiguity, List<Guard> guards) {
            List<Integer> counts = new ArrayList<>(rounds);
            counts.add(0, 1);
            if (level.parts().get(place) instanceof Group group) {
                enterAll(level.inner(group), counts, contiguity, guards);
            } else {
                int number = steps.indexOf(level.parts().get(place));
                find(number, false, contiguity, List.copyOf(guards), new Spot(number, counts));
            }
        }
    }
}
