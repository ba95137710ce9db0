package dev.weft.scale.grpc;

import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Answers;
import dev.weft.scale.control.Trigger;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What is known, as a test says it. */
final class FakeAnswers implements Answers {

    private final Map<ScaledObjectKey, Answer> known = new ConcurrentHashMap<>();
    private final Map<ScaledObjectKey, Set<Consumer<Answer>>> watched = new ConcurrentHashMap<>();
    private volatile Runnable before = () -> {};

    void say(ScaledObjectKey key, Answer answer) {
        known.put(key, answer);
        watched.getOrDefault(key, Set.of()).forEach(listener -> listener.accept(answer));
    }

    /** Runs something within each question, such as waiting for ever. */
    void delayedBy(Runnable task) {
        before = task;
    }

    int watchers() {
        return watched.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public Answer of(Trigger trigger) {
        before.run();
        return known.getOrDefault(trigger.scaledObject(), new Answer.Unknown("nothing was read yet"));
    }

    @Override
    public Subscription watch(Trigger trigger, Consumer<Answer> listener) {
        Set<Consumer<Answer>> listeners =
                watched.computeIfAbsent(trigger.scaledObject(), key -> ConcurrentHashMap.newKeySet());
        listeners.add(listener);
        listener.accept(of(trigger));
        return () -> listeners.remove(listener);
    }

    @Override
    public List<ScaledObjectKey> scaledObjects() {
        return List.copyOf(known.keySet());
    }

    @Override
    public Optional<Seen> newest(ScaledObjectKey key) {
        return Optional.empty();
    }

    @Override
    public Optional<List<Seen>> history(ScaledObjectKey key) {
        return Optional.empty();
    }
}
