package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Shape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Finds the matches of one pattern, key by key. What it remembers of a key is an argument, so are events and time: it
 * can be asked again with the same to the same effect. Safe to share between threads.
 *
 * <p>Events of a key must come in {@link KeptEvent#ORDER}. Nothing depends on how often {@link #onTime} is called in
 * between: an event tells the time too.
 *
 * @param <S> what is remembered of a key
 */
public interface PatternEngine<S> {

    /** Returns what is remembered of a key that was never seen. */
    S nothing();

    /** Takes an event, after everything that its time brings. */
    void onEvent(S state, Key key, Sighting seen, Outcomes outcomes);

    /**
     * Takes an event as {@link #onEvent} does, and begins no match with it: for a version of the pattern that finishes
     * what it has begun while its successor runs.
     */
    void drain(S state, Key key, Sighting seen, Outcomes outcomes);

    /**
     * Lets time pass: what happens without an event up to that time, inclusive, happens.
     *
     * @param time every event before it has been taken: with a watermark W, W + 1
     */
    void onTime(S state, Key key, long time, Outcomes outcomes);

    /** Returns a time before which {@link #onTime} has nothing to do; {@link Long#MAX_VALUE} if it never has. */
    long deadline(S state);

    /** Returns whether there is nothing to remember. */
    boolean isEmpty(S state);

    /** Returns how many matches have begun and are not complete. */
    int size(S state);

    /** Returns about how many bytes the state takes in memory: for caches, which need not be exact. */
    long weight(S state);

    /** Writes what is remembered of a key. */
    void write(S state, DataOutput out) throws IOException;

    /** Reads what {@link #write} wrote, of this version of the form or an older one. */
    S read(DataInput in) throws IOException;

    /** Returns the engine of the pattern: the simplest for its shape. */
    static PatternEngine<?> of(Pattern pattern) {
        return switch (Shape.of(pattern)) {
            case COUNT -> new WindowEngine(pattern);
            case SEQUENCE -> new SequenceEngine(pattern);
            case GENERAL -> new GeneralEngine(pattern);
        };
    }
}
