package dev.weft.route.chain;

import dev.weft.filter.Rule;
import dev.weft.route.transform.EventValue;
import dev.weft.route.transform.Transform;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One step of a {@link Chain}, as {@code docs/chains.md} defines it. What passes a step goes on to the next; what does
 * not, ends there. Immutable. Serializable, so that it can travel in a job graph.
 */
public sealed interface Step extends Serializable {

    /** Returns the key under which a step of this kind stands in a file. */
    String kind();

    /** Returns what {@code cases} makes of this kind of step. */
    <T> T in(Cases<T> cases);

    /** What is to be done for each kind of step. */
    interface Cases<T> {
        T filter(Filter step);

        T change(Change step);

        T tap(Tap step);

        T sample(Sample step);

        T firstPerWindow(FirstPerWindow step);

        T onlyOnChange(OnlyOnChange step);
    }

    /** A step whose answer depends on what it saw before of events with the same key. */
    sealed interface Remembering extends Step {

        /** Returns the values that make up the key, at least one. */
        List<EventValue> by();

        /** Returns what becomes of an event that lacks one of them. */
        MissingKey missing();

        /**
         * Returns what the step asks for, without its limits: steps that ask for the same keep their memory when they
         * move in a chain, or when a limit of theirs is changed.
         */
        String question();
    }

    /** Passes the events that the rule wants. */
    record Filter(Rule rule) implements Step {
        @Override
        public String kind() {
            return "filter";
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.filter(this);
        }
    }

    /** Passes, in place of each event, what the transform makes of it. */
    record Change(Transform transform) implements Step {
        @Override
        public String kind() {
            return "transform";
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.change(this);
        }
    }

    /** Passes every event, and delivers it, as it is then, to these channels too. */
    record Tap(List<String> channels) implements Step {

        public Tap {
            channels = List.copyOf(channels);
        }

        @Override
        public String kind() {
            return "tap";
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.tap(this);
        }
    }

    /**
     * Passes a share of the events, always the same ones.
     *
     * @param share above 0, at most 1
     * @param by what the choice depends on: events that agree in it pass together; empty: source and id
     */
    record Sample(double share, List<EventValue> by, MissingKey missing) implements Step {

        public Sample {
            by = List.copyOf(by);
        }

        @Override
        public String kind() {
            return "sample";
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.sample(this);
        }
    }

    /**
     * Passes the first event that arrives of each key in each window of event time.
     *
     * @param window the length of the windows, which begin at whole multiples of it since 1970; whole milliseconds
     */
    record FirstPerWindow(List<EventValue> by, Duration window, MissingKey missing) implements Remembering {

        public FirstPerWindow {
            by = List.copyOf(by);
        }

        @Override
        public String kind() {
            return "firstPerWindow";
        }

        @Override
        public String question() {
            return kind() + " by " + joined(by) + " window " + window.toMillis();
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.firstPerWindow(this);
        }
    }

    /**
     * Passes an event if it differs, in the values of {@code of}, from the last of its key that arrived.
     *
     * @param forget how long after the last event of a key its values are forgotten, in event time; whole milliseconds
     */
    record OnlyOnChange(List<EventValue> by, List<EventValue> of, Duration forget, MissingKey missing)
            implements Remembering {

        public OnlyOnChange {
            by = List.copyOf(by);
            of = List.copyOf(of);
        }

        @Override
        public String kind() {
            return "onlyOnChange";
        }

        @Override
        public String question() {
            return kind() + " by " + joined(by) + " of " + joined(of);
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.onlyOnChange(this);
        }
    }

    private static String joined(List<EventValue> values) {
        return values.stream().map(EventValue::toString).collect(Collectors.joining(", "));
    }
}
