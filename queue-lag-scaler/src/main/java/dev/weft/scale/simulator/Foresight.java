package dev.weft.scale.simulator;

import dev.weft.scale.simulator.Disturbance.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What will happen in a run, second by second, as an amount of records that flows: all partitions together, each size
 * with what its fullest subtask allows.
 */
final class Foresight {

    /** A larger size must drain so much more than the next smaller one. */
    private static final double USEFUL = 1.1;

    private final Scenario scenario;
    /** Records that can be read for the first time in a second; at index 0 with those that waited before. */
    final double[] readable;

    private final double[] readableBefore;

    /** Records that come again or vanish at a second: the backlog before is set to so many, or NaN. */
    final double[] backlogSet;

    /** Records that are added to the backlog at a second. */
    final double[] backlogAdded;

    /** The share of what a size drains that it can drain in a second. */
    final double[] speed;

    /** Most records per second that can be drained by whatever size. */
    final double[] limit;

    /** The sizes that drain clearly more than every smaller one, with 0. */
    final int[] sizes;

    /** What each of them drains, records per second. */
    final double[] capacity;

    Foresight(Episode episode) {
        this.scenario = episode.scenario();
        Cluster cluster = scenario.cluster();
        int seconds = scenario.seconds();
        int[][] arrivals = episode.arrivals();
        readable = new double[seconds];
        backlogSet = new double[seconds];
        backlogAdded = new double[seconds];
        speed = new double[seconds];
        limit = new double[seconds];
        double[] perPartition = new double[cluster.partitions()];
        double open = 0;
        readable[0] = scenario.backlog();
        for (int second = 0; second < seconds; second++) {
            Conditions conditions = Conditions.at(second, scenario.disturbances());
            speed[second] = conditions.brokerUp() ? conditions.speed() : 0;
            limit[second] = conditions.targetRate();
            backlogSet[second] = Double.NaN;
            for (int p = 0; p < perPartition.length; p++) {
                if (conditions.brokerUp() && !conditions.stuck().get(p)) {
                    open += arrivals[second][p];
                    perPartition[p] += arrivals[second][p];
                }
            }
            int transaction = cluster.transaction();
            if (transaction == 0 || second % transaction == transaction - 1) {
                readable[second] += open;
                open = 0;
            }
        }
        readableBefore = new double[seconds + 1];
        for (int second = 0; second < seconds; second++) {
            readableBefore[second + 1] = readableBefore[second] + readable[second];
        }
        scenario.disturbances().forEach(this::foresee);
        List<Integer> useful = new ArrayList<>(List.of(0));
        List<Double> drains = new ArrayList<>(List.of(0.0));
        for (int n = 1; n <= cluster.maxReplicas(); n++) {
            double now = capacity(perPartition, n);
            if (now > drains.get(drains.size() - 1) * USEFUL) {
                useful.add(n);
                drains.add(now);
            }
        }
        sizes = useful.stream().mapToInt(Integer::intValue).toArray();
        capacity = drains.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void foresee(Disturbance disturbance) {
        int second = disturbance.from();
        int value = (int) disturbance.value();
        int restart = scenario.cluster().restart();
        if (disturbance.kind() == Kind.JOB_MANAGER_FAILS) {
            stop(second, value + restart);
        } else if (disturbance.kind() == Kind.TASK_MANAGER_KILLED) {
            stop(second, scenario.cluster().taskManagerStart() + restart);
        } else if (disturbance.kind() == Kind.REWIND) {
            stop(second, restart);
            backlogAdded[second] = arrivedIn(second - value, second);
        } else if (disturbance.kind() == Kind.RETENTION) {
            backlogSet[second] = arrivedIn(second - value, second);
        } else if (disturbance.kind() == Kind.RECREATED) {
            stop(second, restart);
            backlogSet[second] = 0;
        }
    }

    private void stop(int second, int seconds) {
        for (int t = second; t < Math.min(speed.length, second + seconds); t++) {
            speed[t] = 0;
        }
    }

    /** Returns whether the size can be changed from a second up to another one. */
    boolean movable(int from, int to) {
        for (Disturbance each : scenario.disturbances()) {
            boolean holds = each.kind() == Kind.REST_DOWN || each.kind() == Kind.CHECKPOINTS_FAIL;
            if (holds && each.from() < to && from < each.to()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether all since the last checkpoint is done again because of what happens there. */
    boolean replays(int from, int to) {
        return scenario.disturbances().stream()
                .anyMatch(each -> (each.kind() == Kind.JOB_MANAGER_FAILS || each.kind() == Kind.TASK_MANAGER_KILLED)
                        && from <= each.from()
                        && each.from() < to);
    }

    /** Returns how many records became readable from a second up to another one. */
    double arrivedIn(int from, int to) {
        int first = Math.min(Math.max(0, from), readable.length);
        return readableBefore[Math.min(Math.max(0, to), readable.length)] - readableBefore[first];
    }

    /** What {@code n} subtasks drain of records that come in these proportions, until the fullest one is full. */
    private double capacity(double[] perPartition, int n) {
        double all = 0;
        double[] share = new double[n];
        for (int p = 0; p < perPartition.length; p++) {
            double weight = scenario.backlog() / (double) perPartition.length + perPartition[p];
            share[p % n] += weight;
            all += weight;
        }
        double most = 0;
        for (double each : share) {
            most = Math.max(most, each);
        }
        return scenario.cluster().perSubtask(n) * all / most;
    }
}
