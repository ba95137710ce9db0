package dev.weft.route.chain;

import java.io.Serializable;
import java.util.List;

/**
 * The steps an event goes through, in their order, before a route delivers what is left of it.
 *
 * @param steps none: the route delivers events as they are
 */
public record Chain(List<Step> steps) implements Serializable {

    /** The chain without steps. */
    public static final Chain EMPTY = new Chain(List.of());

    public Chain {
        steps = List.copyOf(steps);
    }

    /** Returns the channels that taps write, each once, in the order of the steps. */
    public List<String> taps() {
        return steps.stream()
                .filter(Step.Tap.class::isInstance)
                .flatMap(step -> ((Step.Tap) step).channels().stream())
                .distinct()
                .toList();
    }

    /** Returns how many of the steps remember: each of them is asked where the memory of an event's key is kept. */
    public int remembering() {
        return (int) steps.stream().filter(Step.Remembering.class::isInstance).count();
    }
}
