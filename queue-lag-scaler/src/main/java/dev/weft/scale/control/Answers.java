package dev.weft.scale.control;

import dev.weft.scale.Decision;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is known of every ScaledObject, from memory: no call here waits for anybody. Safe for use by several threads.
 */
public interface Answers {

    /**
     * Returns the newest answer; the first call with a trigger makes the scaler look after it, another trigger for the
     * same ScaledObject takes its place. Who is not asked about for a while is forgotten.
     */
    Answer of(Trigger trigger);

    /** Calls {@code listener} with the present answer and then with each that differs, until it is closed. */
    Subscription watch(Trigger trigger, Consumer<Answer> listener);

    /** Returns the ScaledObjects that are looked after. */
    List<ScaledObjectKey> scaledObjects();

    /** Returns what was seen and decided last, if anything was. */
    Optional<Seen> newest(ScaledObjectKey key);

    /** Returns what was seen and decided, oldest first; up to some hours back. */
    Optional<List<Seen>> history(ScaledObjectKey key);

    /** What was decided once, with whom it was told. */
    record Seen(Decision decision, Answer answer, Map<String, Double> lagByTopic) {}

    /** Ends what was begun. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
