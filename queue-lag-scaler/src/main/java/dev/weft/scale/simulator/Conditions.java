package dev.weft.scale.simulator;

import dev.weft.scale.simulator.Disturbance.Kind;
import java.util.BitSet;
import java.util.List;

/** What the disturbances come to in one second. */
record Conditions(
        boolean brokerUp,
        boolean offsetsKnown,
        boolean restUp,
        boolean checkpointsFail,
        double speed,
        double targetRate,
        BitSet stuck,
        boolean cpuBusy,
        boolean scalerRuns) {

    private static final Conditions CALM =
            new Conditions(true, true, true, false, 1, Double.POSITIVE_INFINITY, new BitSet(), false, true);

    static Conditions at(int second, List<Disturbance> disturbances) {
        if (disturbances.isEmpty()) {
            return CALM;
        }
        boolean brokerUp = true;
        boolean offsetsKnown = true;
        boolean restUp = true;
        boolean checkpointsFail = false;
        double speed = 1;
        double targetRate = Double.POSITIVE_INFINITY;
        BitSet stuck = new BitSet();
        boolean cpuBusy = false;
        boolean scalerRuns = true;
        for (Disturbance each : disturbances) {
            if (!each.lastsAt(second)) {
                continue;
            }
            Kind kind = each.kind();
            brokerUp &= kind != Kind.BROKER_DOWN;
            offsetsKnown &= kind != Kind.OFFSETS_UNKNOWN && kind != Kind.BROKER_DOWN;
            restUp &= kind != Kind.REST_DOWN;
            checkpointsFail |= kind == Kind.CHECKPOINTS_FAIL;
            cpuBusy |= kind == Kind.CPU_BUSY;
            scalerRuns &= kind != Kind.SCALER_DOWN;
            if (kind == Kind.SLOWER) {
                speed *= each.value();
            } else if (kind == Kind.TARGET_SLOW) {
                targetRate = Math.min(targetRate, each.value());
            } else if (kind == Kind.STUCK) {
                stuck.set((int) each.value());
            }
        }
        return new Conditions(
                brokerUp, offsetsKnown, restUp, checkpointsFail, speed, targetRate, stuck, cpuBusy, scalerRuns);
    }
}
