package dev.weft.scale.control;

import dev.weft.scale.PolicySettings;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.StartPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Triggers as a user would write them. */
final class Triggers {

    static final Duration POLL = Duration.ofSeconds(10);
    static final Duration IDLE = Duration.ofMinutes(1);

    private Triggers() {}

    static Trigger of(Consumer consumer) {
        return named("orders", consumer, POLL);
    }

    static Trigger named(String name, Consumer consumer, Duration poll) {
        return new Trigger(
                new ScaledObjectKey("shop", name),
                new QueueRef("main", name, new TreeSet<>(Set.of(name)), Set.of()),
                new StartPolicy.Earliest(),
                consumer == Consumer.GROUP ? Optional.empty() : Optional.of(new JobRef(name, "")),
                settings(consumer, poll));
    }

    static PolicySettings settings(Consumer consumer, Duration poll) {
        return new PolicySettings(
                consumer,
                Duration.ofMinutes(1),
                0.8,
                1,
                8,
                1,
                100,
                IDLE,
                true,
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                poll);
    }
}
