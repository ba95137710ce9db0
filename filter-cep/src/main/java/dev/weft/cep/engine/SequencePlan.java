package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.filter.cel.CelExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of known numbers of events, laid out as stages: one for each event that a match takes, and one after them
 * where a match must still wait for the end of its time.
 */
final class SequencePlan {

    final Pattern pattern;
    final long within;
    final List<Stage> stages;

    /** What must be absent after the last stage's event; a match is complete with that event if it is empty. */
    final List<Guard> trailing;

    /** How long nothing of the trailing must come after the last event, at most as long as {@link #within}. */
    final long trailingGap;

    /** The stages of each step that takes events. */
    final Map<String, Range> ranges;

    private final long[] interest;

    private SequencePlan(Pattern pattern) {
        this.pattern = pattern;
        this.within = pattern.within().toMillis();
        List<Step> steps = pattern.steps();
        List<Stage> planned = new ArrayList<>();
        Map<String, Range> rangesOf = new LinkedHashMap<>();
        List<Guard> absent = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.absent()) {
                absent.add(Guard.of(step, i));
                continue;
            }
            if (planned.isEmpty()) {
                absent.clear();
            }
            List<Guard> after = absentAfter(steps, i);
            int from = planned.size();
            for (int n = 0; n < step.times().least(); n++) {
                // Between the events of one step, what must be absent after the step must be absent already.
                List<Guard> guards = n == 0 ? List.copyOf(absent) : after;
                planned.add(new Stage(step, Bits.step(i), step.condition().correlated(), Spans.gap(step), guards));
            }
            rangesOf.put(step.name(), new Range(from, planned.size()));
            absent.clear();
        }
        this.stages = List.copyOf(planned);
        this.trailing = List.copyOf(absent);
        this.trailingGap = trailing.stream().mapToLong(Guard::gap).min().orElse(Spans.ANY);
        this.ranges = rangesOf;
        this.interest = new long[stages.size() + 1];
        for (int i = 0; i < interest.length; i++) {
            interest[i] = bits(i);
        }
    }

    static SequencePlan of(Pattern pattern) {
        return new SequencePlan(pattern);
    }

    private static List<Guard> absentAfter(List<Step> steps, int place) {
        List<Guard> guards = new ArrayList<>();
        for (int i = place + 1; i < steps.size() && steps.get(i).absent(); i++) {
            guards.add(Guard.of(steps.get(i), i));
        }
        return List.copyOf(guards);
    }

    /** Returns what must be absent while a partial match waits in a stage. */
    List<Guard> guards(int stage) {
        return stage < stages.size() ? stages.get(stage).guards() : trailing;
    }

    /** Returns the bits of which one must hold for an event to do something to a partial match in the stage. */
    long interest(int stage) {
        return interest[stage];
    }

    private long bits(int stage) {
        long bits = stage < stages.size() ? stages.get(stage).bit() : 0;
        for (Guard guard : guards(stage)) {
            bits |= guard.bit();
        }
        return bits;
    }

    /** Returns when a partial match's time is over that waits in a stage. */
    long deadline(int stage, long first, long last) {
        long gap = stage < stages.size() ? stages.get(stage).gap() : trailingGap;
        return Math.min(Spans.sum(first, within), Spans.sum(last, gap));
    }

    /**
     * One event to be taken.
     *
     * @param gap how far it may be from the one before, exclusive
     * @param guards what must not come before it
     */
    record Stage(Step step, long bit, @Nullable CelExpression correlated, long gap, List<Guard> guards) {}

    /** Stages from the first to before the second. */
    record Range(int from, int to) {}
}
