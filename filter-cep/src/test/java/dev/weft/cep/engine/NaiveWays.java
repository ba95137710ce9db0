package dev.weft.cep.engine;

import dev.weft.cep.Pattern.Condition;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can come next in a pattern, found by reading on from where one is. Nothing is counted that need not be. */
final class NaiveWays {

    private final List<Part> pattern;

    NaiveWays(List<Part> pattern) {
        this.pattern = pattern;
    }

    /**
     * What is still to be read.
     *
     * @param group whose parts these are; null for the pattern's
     * @param round how often the group is being taken
     */
    record Rest(
            List<Part> parts,
            @Nullable Group group,
            int round,
            @Nullable Rest outer) {

        Rest from(int place) {
            return new Rest(parts.subList(place, parts.size()), group, round, outer);
        }
    }

    /** A step that has taken so many events, and what is still to be read behind it. */
    record At(Step step, int count, Rest rest) {

        /** Conditions are slow to hash. */
        @Override
        public int hashCode() {
            return 31 * count + rest.round();
        }
    }

    /**
     * One of the things to wait for.
     *
     * @param step null for the end of the time
     */
    record Way(
            @Nullable Step step,
            boolean again,
            Contiguity contiguity,
            Set<Step> absent,
            @Nullable At to) {

        boolean isGreedy() {
            return again && step != null && step.greedy();
        }

        @Nullable
        Condition until() {
            return again && step != null ? step.until() : null;
        }
    }

    List<Way> first() {
        List<Way> ways = new ArrayList<>();
        int place = 0;
        while (pattern.get(place) instanceof Step step && step.absent()) {
            place++;
        }
        enter(new Rest(pattern, null, 0, null).from(place), null, Set.of(), ways);
        return ways;
    }

    List<Way> after(At at) {
        List<Way> ways = new ArrayList<>();
        List<Way> onward = new ArrayList<>();
        onward(at.rest(), Set.of(), onward);
        Step step = at.step();
        if (at.count() < step.times().most()) {
            Set<Step> absent = new LinkedHashSet<>();
            onward.forEach(way -> absent.addAll(way.absent()));
            Contiguity contiguity = step.repeat() == Repeat.CONSECUTIVE
                    ? Contiguity.NEXT
                    : step.repeat() == Repeat.RELAXED ? Contiguity.FOLLOWED_BY : Contiguity.FOLLOWED_BY_ANY;
            ways.add(new Way(step, true, contiguity, absent, new At(step, at.count() + 1, at.rest())));
        }
        if (at.count() >= step.times().least()) {
            ways.addAll(onward);
        }
        return ways;
    }

    private void onward(Rest rest, Set<Step> absent, List<Way> ways) {
        if (rest.parts().isEmpty()) {
            leave(rest, absent, ways);
            return;
        }
        Part part = rest.parts().get(0);
        if (part instanceof Step step && step.absent()) {
            Set<Step> more = new LinkedHashSet<>(absent);
            more.add(step);
            onward(rest.from(1), more, ways);
            return;
        }
        take(part, rest.from(1), part.contiguity(), absent, ways);
        if (part.optional()) {
            onward(rest.from(1), absent, ways);
        }
    }

    private void leave(Rest rest, Set<Step> absent, List<Way> ways) {
        Group group = rest.group();
        if (group == null || rest.outer() == null) {
            ways.add(new Way(null, false, Contiguity.FOLLOWED_BY, absent, null));
            return;
        }
        if (rest.round() < group.times().most()) {
            enter(new Rest(group.sequence(), group, rest.round() + 1, rest.outer()), null, absent, ways);
        }
        if (rest.round() >= group.times().least()) {
            onward(rest.outer(), absent, ways);
        }
    }

    /** Begins with what is at the front: an optional part, or what comes after it. */
    private void enter(Rest rest, @Nullable Contiguity contiguity, Set<Step> absent, List<Way> ways) {
        Part part = rest.parts().get(0);
        take(part, rest.from(1), contiguity == null ? part.contiguity() : contiguity, absent, ways);
        if (part.optional()) {
            enter(rest.from(1), contiguity, absent, ways);
        }
    }

    private void take(Part part, Rest behind, Contiguity contiguity, Set<Step> absent, List<Way> ways) {
        if (part instanceof Group group) {
            enter(new Rest(group.sequence(), group, 1, behind), contiguity, absent, ways);
        } else {
            Step step = (Step) part;
            ways.add(new Way(step, false, contiguity, absent, new At(step, 1, behind)));
        }
    }
}
