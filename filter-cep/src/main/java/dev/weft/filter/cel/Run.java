package dev.weft.filter.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.EventView;
import org.jspecify.annotations.Nullable;

/** One calculation: what it is about, what the loops' variables stand for, and what may still be spent on it. */
final class Run {

    /** A step is an operation on small values: some 50 ns, so the dearest expression holds a stream up for 50 ms. */
    static final int MOST_STEPS = 1_000_000;

    private static final int CHARACTERS_PER_STEP = 16;
    private static final int ELEMENTS_PER_STEP = 4;

    final EventView event;
    final @Nullable JsonNode payload;
    final Bindings bindings;
    final Object[] slots;
    private long left = MOST_STEPS;

    Run(EventView event, @Nullable JsonNode payload, Bindings bindings, int slots) {
        this.event = event;
        this.payload = payload;
        this.bindings = bindings;
        this.slots = new Object[slots];
    }

    void pay(long steps) {
        left -= steps;
        if (left < 0) {
            throw new TooManyStepsException();
        }
    }

    /** Pays for reading or copying so many characters or bytes. */
    void payForText(long length) {
        pay(length / CHARACTERS_PER_STEP);
    }

    /** Pays for copying so many elements. */
    void payForElements(long count) {
        pay(count / ELEMENTS_PER_STEP);
    }
}
