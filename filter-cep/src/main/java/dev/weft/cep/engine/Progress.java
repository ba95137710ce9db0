package dev.weft.cep.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a pattern remembers of one key, together with the engine that knows what it means. For those who host engines of
 * several kinds. Not safe for use by several threads.
 */
public final class Progress<S> {

    private final PatternEngine<S> engine;
    private final S state;

    private Progress(PatternEngine<S> engine, S state) {
        this.engine = engine;
        this.state = state;
    }

    /** Returns that of a key that was never seen. */
    public static <S> Progress<S> begin(PatternEngine<S> engine) {
        return new Progress<>(engine, engine.nothing());
    }

    /** Returns what {@link #write} wrote. */
    public static <S> Progress<S> read(PatternEngine<S> engine, DataInput in) throws IOException {
        return new Progress<>(engine, engine.read(in));
    }

    public void onEvent(Key key, Sighting seen, Outcomes outcomes) {
        engine.onEvent(state, key, seen, outcomes);
    }

    public void drain(Key key, Sighting seen, Outcomes outcomes) {
        engine.drain(state, key, seen, outcomes);
    }

    public void onTime(Key key, long time, Outcomes outcomes) {
        engine.onTime(state, key, time, outcomes);
    }

    public long deadline() {
        return engine.deadline(state);
    }

    public boolean isEmpty() {
        return engine.isEmpty(state);
    }

    public int size() {
        return engine.size(state);
    }

    public long weight() {
        return engine.weight(state);
    }

    public void write(DataOutput out) throws IOException {
        engine.write(state, out);
    }
}
