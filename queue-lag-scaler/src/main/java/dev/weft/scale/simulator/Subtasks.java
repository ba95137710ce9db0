package dev.weft.scale.simulator;

import dev.weft.scale.simulator.JobMetrics.Subtask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The subtasks of an execution, each with its partitions as Flink's KafkaSource assigns them. A subtask shares its time
 * evenly among those of its partitions that have records.
 */
final class Subtasks {

    /** Shares of time are means over so many seconds. */
    private static final int MEAN_OVER = 5;

    private final Cluster cluster;
    private final int firstSubtask;
    private final PartitionLog.Cursor[] cursors;
    private final boolean[] took;
    private final boolean[] tookInExecution;

    private int[][] assigned = new int[0][];
    private double[] budget = new double[0];
    private long[] recordsIn = new long[0];
    private double[][] busy = new double[0][];
    private double[][] backPressured = new double[0][];
    private double[][] rate = new double[0][];

    Subtasks(Cluster cluster, String topic, PartitionLog.Cursor[] cursors) {
        this.cluster = cluster;
        this.firstSubtask = topic.hashCode() * 31 & Integer.MAX_VALUE;
        this.cursors = cursors;
        this.took = new boolean[cursors.length];
        this.tookInExecution = new boolean[cursors.length];
    }

    void begin(int parallelism) {
        List<List<Integer>> partitions = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            partitions.add(new ArrayList<>());
        }
        for (int p = 0; p < cursors.length; p++) {
            partitions.get((firstSubtask % parallelism + p) % parallelism).add(p);
        }
        assigned = partitions.stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        budget = new double[parallelism];
        recordsIn = new long[parallelism];
        busy = new double[parallelism][MEAN_OVER];
        backPressured = new double[parallelism][MEAN_OVER];
        rate = new double[parallelism][MEAN_OVER];
        Arrays.fill(tookInExecution, false);
    }

    /** Takes records for one second; returns how many. */
    long step(int second, Conditions conditions) {
        Arrays.fill(took, false);
        int n = assigned.length;
        double each = cluster.perSubtask(n) * conditions.speed();
        double target = conditions.targetRate() / n;
        double allowed = conditions.brokerUp() ? Math.min(each, target) : 0;
        long taken = 0;
        for (int i = 0; i < n; i++) {
            budget[i] = Math.min(budget[i], 1) + allowed;
            long now = serve(assigned[i], (long) budget[i], conditions);
            budget[i] -= now;
            boolean held = target < each && now >= (long) allowed;
            double share = Math.min(1, now / each);
            busy[i][second % MEAN_OVER] = share;
            backPressured[i][second % MEAN_OVER] = held ? 1 - share : 0;
            rate[i][second % MEAN_OVER] = now;
            recordsIn[i] += now;
            taken += now;
        }
        return taken;
    }

    /** Lives through a second in which there is no execution. */
    void rest() {
        Arrays.fill(took, false);
        assigned = new int[0][];
    }

    private long serve(int[] partitions, long most, Conditions conditions) {
        long left = most;
        long waiting = 1;
        while (left > 0 && waiting > 0) {
            waiting = 0;
            int open = 0;
            for (int p : partitions) {
                open += conditions.stuck().get(p) || cursors[p].waiting() == 0 ? 0 : 1;
            }
            for (int p : partitions) {
                if (conditions.stuck().get(p) || cursors[p].waiting() == 0 || left == 0) {
                    continue;
                }
                long now = cursors[p].take(Math.max(1, left / open));
                open--;
                left -= now;
                took[p] = true;
                tookInExecution[p] = true;
                waiting += cursors[p].waiting();
            }
        }
        return most - left;
    }

    /** Returns whether a record of the partition was taken in this second. */
    boolean tookIn(int partition) {
        return took[partition];
    }

    /** Returns whether a record of the partition was taken in this execution. */
    boolean tookInExecution(int partition) {
        return tookInExecution[partition];
    }

    /** Returns the metrics of each. */
    List<Subtask> metrics() {
        List<Subtask> subtasks = new ArrayList<>();
        for (int i = 0; i < assigned.length; i++) {
            subtasks.add(new Subtask(
                    Arrays.stream(busy[i]).sum() / MEAN_OVER,
                    Arrays.stream(backPressured[i]).sum() / MEAN_OVER,
                    recordsIn[i],
                    Arrays.stream(rate[i]).sum() / MEAN_OVER));
        }
        return subtasks;
    }
}
