package dev.weft.filter.cel;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can name: the event it is asked of, the events that steps of a pattern took before it, and values
 * that whoever asks knows. Immutable. Serializable, because an expression is compiled again where it arrives.
 *
 * <p>A step is a list of events, {@code failed[0]} and {@code failed[last]} are single ones, and a step that takes
 * exactly one event stands for that event too. With steps come the functions {@link #AGGREGATES}: of a step's field, as
 * in {@code sum(failed.data.amount)}, or of any list.
 */
public final class Scope implements Serializable {

    private static final long serialVersionUID = 1;

    /** What routes can name: the event and nothing else. */
    public static final Scope EVENT = new Scope(true, Map.of(), Map.of(), Map.of());

    /** The functions that come with steps. */
    public static final List<String> AGGREGATES = List.of("count", "sum", "avg", "min", "max", "distinct");

    /** The index of a step's last event. */
    public static final String LAST = "last";

    private final boolean event;
    private final Map<String, Taken> steps;
    private final Map<String, Kind> values;
    private final Map<String, String> hidden;

    private Scope(boolean event, Map<String, Taken> steps, Map<String, Kind> values, Map<String, String> hidden) {
        this.event = event;
        this.steps = steps;
        this.values = values;
        this.hidden = hidden;
    }

    /** Of what kind a value is. */
    public enum Kind {
        EVENT,
        TEXT,
        TIMESTAMP,
        MAP
    }

    /** How many events a step takes. */
    record Taken(int least, int most) implements Serializable {

        boolean isOne() {
            return least == 1 && most == 1;
        }
    }

    /** Returns whether nobody but a part of an expression may have this name: it has a meaning of its own. */
    public static boolean isReserved(String name) {
        return Variables.isDeclared(name)
                || Variables.isType(name)
                || AGGREGATES.contains(name)
                || Functions.NAMES.contains(name)
                || name.equals(LAST)
                || CelReader.KEYWORDS.contains(name);
    }

    /** Returns the scope of expressions that are asked of no event. */
    public Scope withoutEvent() {
        return new Scope(false, steps, values, hidden);
    }

    /** Returns this scope and a step that has taken from {@code least} to {@code most} events. */
    public Scope withStep(String name, int least, int most) {
        return new Scope(event, and(steps, name, new Taken(least, most)), values, without(hidden, name));
    }

    /** Returns this scope and a value. */
    public Scope withValue(String name, Kind kind) {
        return new Scope(event, steps, and(values, name, kind), without(hidden, name));
    }

    /**
     * Returns this scope, in which a name that would otherwise be an extension's is a mistake.
     *
     * @param why what the name stands for, ready to stand after the name: {@code a step that comes later}
     */
    public Scope without(String name, String why) {
        return new Scope(event, without(steps, name), without(values, name), and(hidden, name, why));
    }

    private static <T> Map<String, T> and(Map<String, T> some, String name, T another) {
        Map<String, T> all = new LinkedHashMap<>(some);
        all.put(name, another);
        return all;
    }

    private static <T> Map<String, T> without(Map<String, T> some, String name) {
        Map<String, T> rest = new LinkedHashMap<>(some);
        rest.remove(name);
        return rest;
    }

    boolean hasEvent() {
        return event;
    }

    boolean hasSteps() {
        return !steps.isEmpty() || !values.isEmpty();
    }

    boolean isStep(String name) {
        return steps.containsKey(name);
    }

    @Nullable
    Taken step(String name) {
        return steps.get(name);
    }

    Map<String, Taken> steps() {
        return steps;
    }

    Map<String, Kind> values() {
        return values;
    }

    /** Returns what keeps a name from being used here; null if nothing does. */
    @Nullable
    String objection(String name) {
        return hidden.get(name);
    }

    boolean isBound(String name) {
        return steps.containsKey(name) || values.containsKey(name);
    }

    List<String> boundNames() {
        return Stream.concat(steps.keySet().stream(), values.keySet().stream()).toList();
    }

    boolean isAggregate(String function) {
        return hasSteps() && AGGREGATES.contains(function);
    }

    /** Returns the names there are, as a person would like to see them listed. */
    List<String> names() {
        List<String> names = new ArrayList<>(steps.keySet());
        names.addAll(values.keySet());
        if (event) {
            names.addAll(Variables.TEXTS);
            names.addAll(List.of(Variables.DATA, Variables.EVENT, Variables.TIME));
        }
        return names;
    }

    List<String> functions() {
        return hasSteps()
                ? Stream.concat(AGGREGATES.stream(), Functions.NAMES.stream()).toList()
                : Functions.NAMES;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scope that
                && event == that.event
                && steps.equals(that.steps)
                && values.equals(that.values)
                && hidden.equals(that.hidden);
    }

    @Override
    public int hashCode() {
        return steps.hashCode() * 31 + values.hashCode();
    }
}
