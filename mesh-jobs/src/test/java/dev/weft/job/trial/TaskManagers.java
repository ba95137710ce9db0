package dev.weft.job.trial;

import dev.weft.scale.lag.PodControl;
import dev.weft.scale.lag.Reading;
import dev.weft.testkit.cluster.FlinkCluster;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Plays a Deployment of TaskManagers. One that is to go is one of those that the scaler has said have no tasks, if
 * there is such a one.
 */
final class TaskManagers implements KedaPlayer.ScaleTarget, PodControl {

    private static final String NAME = "taskmanager-";

    private final FlinkCluster cluster;
    private Set<String> used = Set.of();

    TaskManagers(FlinkCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public synchronized int replicas() {
        return cluster.taskManagers().size();
    }

    @Override
    public synchronized void scaleTo(int replicas) throws Exception {
        while (cluster.taskManagers().size() < replicas) {
            cluster.startTaskManager();
        }
        while (cluster.taskManagers().size() > replicas) {
            cluster.killTaskManager(victim());
        }
    }

    /** Kills one on which tasks run, as a node that is lost does; the Deployment starts another. */
    synchronized void loseOne() throws Exception {
        cluster.killTaskManager(cluster.taskManagers().get(0));
        cluster.startTaskManager();
    }

    @Override
    public boolean keeps(String flinkCluster) {
        return true;
    }

    @Override
    public synchronized Reading<Integer> mark(String flinkCluster, Set<String> withTasks) {
        used = Set.copyOf(withTasks);
        return new Reading.Known<>(used.size());
    }

    /** Like a ReplicaSet, which takes the cheapest. */
    private int victim() {
        List<Integer> running = cluster.taskManagers();
        return running.stream()
                .filter(each -> !used.contains(NAME + each))
                .findFirst()
                .orElseGet(() -> running.stream().max(Comparator.naturalOrder()).orElseThrow());
    }
}
