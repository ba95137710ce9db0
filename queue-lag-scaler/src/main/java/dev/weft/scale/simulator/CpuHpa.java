package dev.weft.scale.simulator;

import java.util.random.RandomGenerator;

/** An HPA on CPU, of which a queue is not seen at all. */
final class CpuHpa implements Autoscaler {

    private final Hpa hpa;
    private final double target;
    private final int phase;

    CpuHpa(HpaBehavior behavior, int max, double target, RandomGenerator random) {
        this.hpa = new Hpa(behavior, max);
        this.target = target;
        this.phase = random.nextInt(Hpa.SYNC);
    }

    @Override
    public void tick(Sight sight, Levers levers) {
        int second = sight.second();
        if (second % Hpa.SYNC != phase) {
            return;
        }
        int wanted = hpa.utilization(second, sight.replicas(), sight.readyReplicas(), sight.cpu(), target);
        if (wanted != sight.replicas()) {
            levers.setReplicas(wanted);
        }
    }
}
