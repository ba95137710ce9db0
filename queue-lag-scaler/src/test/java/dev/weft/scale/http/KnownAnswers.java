package dev.weft.scale.http;

import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Answers;
import dev.weft.scale.control.Trigger;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What was seen, as a test says it. */
record KnownAnswers(Map<ScaledObjectKey, List<Seen>> seen) implements Answers {

    @Override
    public Answer of(Trigger trigger) {
        return new Answer.Unknown("a page does not ask");
    }

    @Override
    public Subscription watch(Trigger trigger, Consumer<Answer> listener) {
        return () -> {};
    }

    @Override
    public List<ScaledObjectKey> scaledObjects() {
        return List.copyOf(seen.keySet());
    }

    @Override
    public Optional<Seen> newest(ScaledObjectKey key) {
        return history(key).filter(all -> !all.isEmpty()).map(all -> all.get(all.size() - 1));
    }

    @Override
    public Optional<List<Seen>> history(ScaledObjectKey key) {
        return Optional.ofNullable(seen.get(key));
    }
}
