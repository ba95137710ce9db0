package dev.weft.scale.simulator;

import dev.weft.scale.lag.Reading;
import dev.weft.scale.simulator.KedaTrigger.Said;
import dev.weft.scale.simulator.ScaledObject.Fallback;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * KEDA 2.20 with one ScaledObject, and the HPA it makes: KEDA starts the first replica and ends the last, the HPA does
 * what is between.
 */
final class Keda implements Autoscaler {

    private final ScaledObject object;
    private final KedaTrigger trigger;
    private final Hpa hpa;
    private final int pollPhase;
    private final int hpaPhase;
    private int lastActive = -1;
    private int failures;

    Keda(ScaledObject object, KedaTrigger trigger, RandomGenerator random) {
        this.object = object;
        this.trigger = trigger;
        this.hpa = new Hpa(object.behavior(), object.maxReplicaCount());
        this.pollPhase = random.nextInt(object.pollingInterval());
        this.hpaPhase = random.nextInt(Hpa.SYNC);
    }

    @Override
    public void tick(Sight sight, Levers levers) {
        int second = sight.second();
        if (trigger.pushes(sight)) {
            activate(second, sight, levers);
        }
        if (second % object.pollingInterval() == pollPhase) {
            poll(second, sight, levers);
        }
        if (second % Hpa.SYNC == hpaPhase && sight.replicas() > 0) {
            Reading<Said> said = ask(sight);
            OptionalDouble metric = said.value()
                    .map(each -> OptionalDouble.of(Math.max(0, each.metric())))
                    .orElseGet(() -> fallback(sight.replicas()));
            int wanted = hpa.averageValue(second, sight.replicas(), metric, object.target());
            if (wanted != sight.replicas()) {
                levers.setReplicas(wanted);
            }
        }
    }

    private Reading<Said> ask(Sight sight) {
        Reading<Said> said = trigger.ask(sight);
        failures = said.value().isPresent() ? 0 : failures + 1;
        return said;
    }

    private void poll(int second, Sight sight, Levers levers) {
        Reading<Said> said = ask(sight);
        if (said instanceof Reading.Known<Said> known) {
            if (known.known().active()) {
                activate(second, sight, levers);
            } else if (sight.replicas() > 0 && (lastActive < 0 || second - lastActive > object.cooldownPeriod())) {
                levers.setReplicas(0);
            }
        } else if (fallback(sight.replicas()).isPresent()) {
            activate(second, sight, levers);
        }
    }

    private void activate(int second, Sight sight, Levers levers) {
        lastActive = second;
        if (sight.replicas() == 0) {
            levers.setReplicas(1);
        }
    }

    private OptionalDouble fallback(int replicas) {
        if (object.fallback().isEmpty()) {
            return OptionalDouble.empty();
        }
        Fallback fallback = object.fallback().get();
        if (failures <= fallback.failureThreshold()) {
            return OptionalDouble.empty();
        }
        int wanted = fallback.ifHigher() ? Math.max(replicas, fallback.replicas()) : fallback.replicas();
        return OptionalDouble.of(object.target() * wanted);
    }
}
