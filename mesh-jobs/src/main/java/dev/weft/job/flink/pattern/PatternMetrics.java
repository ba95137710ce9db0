package dev.weft.job.flink.pattern;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.job.flink.deliver.DeadLetterCounters;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the operator of patterns counts, under its group {@code weft}. Of each pattern, {@code pattern.<id>.matched},
 * {@code .timedOut}, {@code .emitted} (events, of both), {@code .deadLettered}; what ends partial matches:
 * {@code .endedByAbsent}, {@code .endedByUntil}, {@code .interrupted}, {@code .skipped}, {@code .rejected},
 * {@code .dropped}, {@code .replaced}; {@code .conditionFailed}; {@code .latencyMillis}, a histogram of the time from a
 * match to its event. Of each step, {@code pattern.<id>.step.<name>.taken}, {@code .notMet} and {@code .timedOut}.
 * Besides, {@code delivered}, {@code channel.<name>.delivered}, {@code deadLettered} and
 * {@code reason.<code>.deadLettered} as the routing operator has them, {@code late}, events that came after their time
 * was over, and the gauges {@code rowsInMemory} and {@code rowBytes}.
 */
final class PatternMetrics {

    private static final String GROUP = "weft";
    private static final int LATENCIES = 1024;

    final Counter late;
    final DeadLetterCounters deadLetters;

    private final Counter delivered;
    private final MetricGroup weft;
    private final Map<String, Counter> channels = new HashMap<>();
    private final Map<String, OfPattern> patterns = new HashMap<>();

    PatternMetrics(MetricGroup operator, RowCache rows) {
        weft = operator.addGroup(GROUP);
        late = weft.counter("late");
        delivered = weft.counter("delivered");
        deadLetters = new DeadLetterCounters(weft);
        weft.gauge("rowsInMemory", rows::size);
        weft.gauge("rowBytes", rows::weight);
    }

    OfPattern of(Pattern pattern) {
        return patterns.computeIfAbsent(
                pattern.id(), id -> new OfPattern(weft.addGroup("pattern").addGroup(id)));
    }

    /** Counts an event that goes to a channel. */
    void delivered(String channel) {
        delivered.inc();
        channels.computeIfAbsent(
                        channel, name -> weft.addGroup("channel").addGroup(name).counter("delivered"))
                .inc();
    }

    /** What is counted of one pattern, all its versions together. */
    static final class OfPattern {

        final Counter matched;
        final Counter timedOut;
        final Counter emitted;
        final Counter deadLettered;
        final Histogram latency;

        private final MetricGroup group;
        private final Map<Note, Counter> notes = new EnumMap<>(Note.class);
        private final Map<String, OfStep> steps = new HashMap<>();

        private OfPattern(MetricGroup group) {
            this.group = group;
            matched = group.counter("matched");
            timedOut = group.counter("timedOut");
            emitted = group.counter("emitted");
            deadLettered = group.counter("deadLettered");
            latency = group.histogram("latencyMillis", new DescriptiveStatisticsHistogram(LATENCIES));
            for (Note note : Note.values()) {
                if (note != Note.TAKEN && note != Note.NOT_MET) {
                    notes.put(note, group.counter(name(note)));
                }
            }
        }

        void count(Note note, String step) {
            switch (note) {
                case TAKEN -> step(step).taken().inc();
                case NOT_MET -> step(step).notMet().inc();
                default -> requireNonNull(notes.get(note)).inc();
            }
        }

        OfStep step(String name) {
            OfStep known = steps.get(name);
            if (known == null) {
                MetricGroup step = group.addGroup("step").addGroup(name);
                known = new OfStep(step.counter("taken"), step.counter("notMet"), step.counter("timedOut"));
                steps.put(name, known);
            }
            return known;
        }

        /** As {@code endedByAbsent}. */
        private static String name(Note note) {
            StringBuilder name = new StringBuilder();
            for (String word : note.name().toLowerCase(Locale.ROOT).split("_", -1)) {
                name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            return name.toString();
        }
    }

    /** What is counted of one step: events taken, those whose condition was not met, matches that waited in vain. */
    record OfStep(Counter taken, Counter notMet, Counter timedOut) {}
}
