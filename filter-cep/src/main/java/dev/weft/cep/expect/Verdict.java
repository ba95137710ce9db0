package dev.weft.cep.expect;

import dev.weft.cep.offline.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of what was expected. As many expectations are met as can be: one event meets one of them.
 *
 * @param came those that were met
 * @param missing those that were not
 * @param unexpected what came and was not expected, although only the expected should
 */
public record Verdict(List<Came> came, List<Missing> missing, List<Told> unexpected) {

    public Verdict {
        came = List.copyOf(came);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
    }

    /** An expectation and what meets it. */
    public record Came(ExpectedEvent expected, Told told) {}

    /**
     * An expectation that nothing meets.
     *
     * @param nearest what comes nearest to it of the same pattern, first among what was not expected; null if the
     *     pattern told nothing
     * @param differences between the two; empty if it meets the expectation, but not in the order
     */
    public record Missing(ExpectedEvent expected, @Nullable Told nearest, List<Difference> differences) {}

    /** Judges what was heard, which is in the order of its times. */
    public static Verdict of(Expected expected, List<Told> heard) {
        List<ExpectedEvent> events = expected.events();
        Assignment assignment = expected.inOrder() ? Assignment.inOrder(events, heard) : Assignment.any(events, heard);
        List<Came> came = new ArrayList<>();
        List<ExpectedEvent> unmet = new ArrayList<>();
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            int met = assignment.toldOf(i);
            if (met == Assignment.NONE) {
                unmet.add(events.get(i));
            } else {
                came.add(new Came(events.get(i), heard.get(met)));
                used.add(met);
            }
        }
        List<Told> others = new ArrayList<>();
        for (int i = 0; i < heard.size(); i++) {
            if (!used.contains(i)) {
                others.add(heard.get(i));
            }
        }
        List<Missing> missing =
                unmet.stream().map(each -> missing(each, others, heard)).toList();
        return new Verdict(came, missing, expected.exactly() ? others : List.of());
    }

    private static Missing missing(ExpectedEvent expected, List<Told> others, List<Told> heard) {
        Optional<Told> nearest = nearest(expected, others).or(() -> nearest(expected, heard));
        return new Missing(
                expected,
                nearest.orElse(null),
                nearest.map(expected::differences).orElse(List.of()));
    }

    private static Optional<Told> nearest(ExpectedEvent expected, List<Told> among) {
        return among.stream()
                .filter(told -> told.pattern().equals(expected.pattern()))
                .min(Comparator.comparingInt(told -> expected.differences(told).size()));
    }

    /** Returns whether all is as expected. */
    public boolean isPassed() {
        return missing.isEmpty() && unexpected.isEmpty();
    }
}
