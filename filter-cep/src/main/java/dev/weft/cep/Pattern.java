package dev.weft.cep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cep.emit.EmitTemplate;
import dev.weft.filter.Rule;
import dev.weft.filter.cel.CelExpression;
import dev.weft.route.transform.EventValue;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of events that someone looks for, as {@code docs/patterns.md} defines the language. It is looked for among
 * the events of one key, in the order of their times.
 *
 * <p>Immutable, and safe to share between threads. Serializable, so that it can travel in a job graph.
 *
 * @param text the pattern as it was written, in JSON: what it is compared and kept by
 * @param version grows with every change of the pattern
 * @param enabled whether it is looked for
 * @param from the channels whose events it looks at
 * @param to the channels that its own events go to
 * @param events which events it looks at, those of its steps among them; null for just the events its conditions want
 * @param partitionBy the values that make the key, at least one; an event without one of them is not looked at
 * @param within how far the last event may be from the first, exclusive; positive
 * @param until which events end every partial match of their key; null for none
 * @param sequence at least one part; one at least takes an event
 * @param having what a finished match must be like; null for any
 * @param emit the event that a match becomes; null for none
 * @param onTimeout the event that a partial match becomes whose time is over; null for none
 */
public record Pattern(
        String id,
        String text,
        int version,
        boolean enabled,
        List<String> from,
        List<String> to,
        @Nullable Rule events,
        List<EventValue> partitionBy,
        Duration within,
        @Nullable Rule until,
        List<Part> sequence,
        @Nullable CelExpression having,
        AfterMatch afterMatch,
        Emission emission,
        @Nullable EmitTemplate emit,
        @Nullable EmitTemplate onTimeout,
        OnUpdate onUpdate,
        Limits limits)
        implements Serializable {

    /** A pattern has at most so many steps. */
    public static final int MOST_STEPS = 30;

    public Pattern {
        from = List.copyOf(from);
        to = List.copyOf(to);
        partitionBy = List.copyOf(partitionBy);
        sequence = List.copyOf(sequence);
    }

    /** When a match is told. */
    public enum Emission {
        /** As soon as it is complete. */
        EAGER,
        /** When no match that began earlier can come any more, which may take as long as {@code within}. */
        LEFTMOST
    }

    /** What becomes of partial matches when a new version of the pattern takes over. */
    public enum OnUpdate {
        /** They are forgotten. */
        DROP,
        /** The old version finishes them, and begins no others. */
        DRAIN,
        /** The new version goes on with them. */
        KEEP
    }

    /** Returns the same pattern that looks at the events of other channels. */
    public Pattern reading(List<String> channels) {
        return new Pattern(
                id,
                textReading(channels),
                version,
                enabled,
                channels,
                to,
                events,
                partitionBy,
                within,
                until,
                sequence,
                having,
                afterMatch,
                emission,
                emit,
                onTimeout,
                onUpdate,
                limits);
    }

    /** Returns the text without what says whether the pattern is looked for. */
    public String definition() {
        ObjectNode written = (ObjectNode) PatternText.json(text);
        written.remove("enabled");
        return written.toString();
    }

    private String textReading(List<String> channels) {
        ObjectNode written = (ObjectNode) PatternText.json(text);
        channels.forEach(written.putArray("from")::add);
        return written.toString();
    }

    /** Returns all steps in their order, those within groups too. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        sequence.forEach(part -> part.steps().forEach(steps::add));
        return List.copyOf(steps);
    }

    /** Returns the step of that name. */
    public Optional<Step> step(String name) {
        return steps().stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** A step, or several in a group. */
    public sealed interface Part extends Serializable {

        Times times();

        /** Returns whether a match may do without the part. */
        boolean optional();

        Contiguity contiguity();

        /** Returns the part's steps in their order. */
        Stream<Step> steps();
    }

    /**
     * Events of one kind.
     *
     * @param absent whether there must be none: until the next step's event, or until the time is over if it is the
     *     last, or in the time {@code within} before if it is the first
     * @param until which events end the step, if it can take any number; null for none
     * @param within how far each of its events may be from the one taken before, exclusive; of an absent step for how
     *     long there must be none; null for as long as the pattern's
     */
    public record Step(
            String name,
            Condition condition,
            Contiguity contiguity,
            boolean absent,
            Times times,
            Repeat repeat,
            boolean optional,
            boolean greedy,
            @Nullable Condition until,
            @Nullable Duration within)
            implements Part {

        @Override
        public Stream<Step> steps() {
            return Stream.of(this);
        }
    }

    /** Steps that are taken together, perhaps several times. */
    public record Group(List<Part> sequence, Contiguity contiguity, Times times, boolean optional) implements Part {

        public Group {
            sequence = List.copyOf(sequence);
        }

        @Override
        public Stream<Step> steps() {
            return sequence.stream().flatMap(Part::steps);
        }
    }

    /**
     * What an event must be like.
     *
     * @param constant what can be said of the event alone
     * @param correlated what depends on the events taken before; null if nothing does
     */
    public record Condition(Rule constant, @Nullable CelExpression correlated) implements Serializable {}

    /** What may stand between a part's first event and the event before. */
    public enum Contiguity {
        /** Events that the part does not want; the first that it wants is taken. */
        FOLLOWED_BY,
        /** Nothing. */
        NEXT,
        /** Any events; each that the part wants makes a match of its own. */
        FOLLOWED_BY_ANY
    }

    /** What may stand between the events of one step. */
    public enum Repeat {
        RELAXED,
        CONSECUTIVE,
        COMBINATIONS
    }

    /**
     * How many events a step takes, or how many times a group is taken.
     *
     * @param least at least 1: what may also be left out is optional
     * @param most {@link #UNBOUNDED} if there is no limit
     */
    public record Times(int least, int most) implements Serializable {

        public static final int UNBOUNDED = Integer.MAX_VALUE;

        public static final Times ONCE = new Times(1, 1);

        public Times {
            if (least < 1 || most < least) {
                throw new IllegalArgumentException(least + " to " + most + " times");
            }
        }

        public boolean isOnce() {
            return most == 1;
        }

        public boolean isFixed() {
            return least == most;
        }

        public boolean isUnbounded() {
            return most == UNBOUNDED;
        }
    }

    /**
     * Which other partial matches of the key end with a match: those that began before a place in it.
     *
     * @param step the step that is the place; null unless the kind names one
     */
    public record AfterMatch(Kind kind, @Nullable String step) implements Serializable {

        /** What the place is. */
        public enum Kind {
            /** None end. */
            NO_SKIP,
            /** Those that began with the same event. */
            SKIP_TO_NEXT,
            /** Those that began before the match's last event, or with it. */
            SKIP_PAST_LAST,
            /** Those that began before the first event of a step. */
            SKIP_TO_FIRST,
            /** Those that began before the last event of a step. */
            SKIP_TO_LAST
        }
    }

    /** What one key may cost. */
    public record Limits(int partialsPerKey, Overflow overflow) implements Serializable {

        /** Which partial match is given up where there are too many. */
        public enum Overflow {
            DROP_OLDEST,
            DROP_NEW
        }
    }
}
