package dev.weft.scale.simulator;

import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.simulator.Contender.Rescaling;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A Flink job of one chained vertex: it takes records, makes checkpoints, and runs with as many subtasks as it was told
 * and has slots for. The rules are those of the adaptive scheduler of Flink 2.2 and of reactive mode.
 */
final class Job {

    /** {@code executing.cooldown-after-rescaling}. */
    private static final int COOLDOWN = 30;

    /** {@code submission.resource-stabilization-timeout} of the adaptive scheduler, used while slots are missing. */
    private static final int SUBMISSION_STABILIZATION = 10;

    /** Both stabilization timeouts in reactive mode, shorter than Flink's 60 s as everybody is advised to have it. */
    private static final int REACTIVE_STABILIZATION = 5;

    /** A change is made without a checkpoint after so many intervals: {@code rescale-trigger.max-delay}. */
    private static final int MAX_DELAY_INTERVALS = 3;

    private static final int HISTORY = 900;

    private final Cluster cluster;
    private final Rescaling rescaling;
    private final PartitionLog[] logs;
    private final PartitionLog.Cursor[] cursors;
    private final TaskManagers taskManagers;
    private final Subtasks subtasks;

    private Phase phase = Phase.RUNNING;
    private int parallelism;
    private int upperBound;
    private int runningSince;
    private int deployUntil;
    private int slotsSeen;
    private int slotsSince;
    private int lastRescale = -COOLDOWN;
    private int changeWantedSince = -1;
    private long attempt = 1;
    private int changes;
    private boolean failsOver;

    /** Offsets behind the last record, -1 where none was ever taken. */
    private final long[] positions;

    private long[] checkpointed;
    private final long[] committed;
    private final Deque<long[]> earlier = new ArrayDeque<>();
    private long delivered;

    private int checkpointStarted = -1;
    private long[] inCheckpoint = new long[0];
    private int nextCheckpoint;
    private long checkpointId = 1;
    private int checkpointCompleted;
    private int failedCheckpoints;

    Job(
            Cluster cluster,
            Rescaling rescaling,
            String topic,
            PartitionLog[] logs,
            TaskManagers taskManagers,
            int parallelism,
            int firstCheckpoint) {
        this.cluster = cluster;
        this.rescaling = rescaling;
        this.logs = logs;
        this.taskManagers = taskManagers;
        this.parallelism = parallelism;
        this.cursors = Arrays.stream(logs).map(PartitionLog::cursor).toArray(PartitionLog.Cursor[]::new);
        this.subtasks = new Subtasks(cluster, topic, cursors);
        this.upperBound = rescaling == Rescaling.REACTIVE ? cluster.partitions() : Math.max(1, parallelism);
        this.nextCheckpoint = firstCheckpoint;
        this.positions = new long[logs.length];
        this.committed = new long[logs.length];
        Arrays.fill(positions, cluster.committedBefore() ? 0 : -1);
        System.arraycopy(positions, 0, committed, 0, positions.length);
        this.checkpointed = positions.clone();
        if (parallelism == 0) {
            phase = Phase.WAITING;
        } else {
            begin(0);
        }
    }

    Phase phase() {
        return phase;
    }

    int parallelism() {
        return phase == Phase.RUNNING ? parallelism : 0;
    }

    int upperBound() {
        return upperBound;
    }

    int runningSince() {
        return runningSince;
    }

    /** Returns a number that is another one in every execution. */
    long attempt() {
        return attempt;
    }

    /** Returns how often the set of running subtasks changed: each restart, each end and each beginning is one. */
    int changes() {
        return changes;
    }

    long checkpointId() {
        return checkpointId;
    }

    int checkpointCompleted() {
        return checkpointCompleted;
    }

    int failedCheckpoints() {
        return failedCheckpoints;
    }

    /** Returns the group's offset in a partition, -1 if there is none. */
    long committed(int partition) {
        return committed[partition];
    }

    /** Returns how many records were taken, less those that were taken back. */
    long delivered() {
        return delivered;
    }

    PartitionLog.Cursor cursor(int partition) {
        return cursors[partition];
    }

    Subtasks subtasks() {
        return subtasks;
    }

    /** Returns whether a completed checkpoint holds all that was taken. */
    boolean isCovered() {
        return Arrays.equals(positions, checkpointed);
    }

    boolean setUpperBound(int bound) {
        if (rescaling == Rescaling.REACTIVE) {
            return false;
        }
        upperBound = Math.min(bound, cluster.partitions());
        return true;
    }

    boolean triggerCheckpoint(int second) {
        if (phase != Phase.RUNNING) {
            return false;
        }
        if (checkpointStarted < 0) {
            startCheckpoint(second);
        }
        return true;
    }

    /** Lives through one second; returns how many records were taken. */
    long step(int second, Conditions conditions) {
        if (phase == Phase.RUNNING) {
            checkpoint(second, conditions);
        }
        if (phase == Phase.RUNNING) {
            considerChange(second, false);
        } else {
            considerStart(second);
        }
        long taken = 0;
        if (phase == Phase.RUNNING) {
            taken = subtasks.step(second, conditions);
            delivered += taken;
            for (int p = 0; p < positions.length; p++) {
                if (subtasks.tookIn(p)) {
                    positions[p] = cursors[p].position();
                }
            }
        } else {
            subtasks.rest();
        }
        earlier.addLast(positions.clone());
        if (earlier.size() > HISTORY) {
            earlier.removeFirst();
        }
        return taken;
    }

    private int slots(int second) {
        return Math.min(taskManagers.ready(second), cluster.partitions());
    }

    private void considerStart(int second) {
        int slots = slots(second);
        if (phase == Phase.RESTARTING && slots > 0) {
            if (second >= deployUntil) {
                begin(second);
            }
            return;
        }
        phase = Phase.WAITING;
        if (slots != slotsSeen) {
            slotsSeen = slots;
            slotsSince = second;
        }
        int patience = rescaling == Rescaling.REACTIVE ? REACTIVE_STABILIZATION : SUBMISSION_STABILIZATION;
        if (slots > 0 && (slots >= upperBound || second - slotsSince >= patience)) {
            phase = Phase.RESTARTING;
            parallelism = Math.min(slots, upperBound);
            taskManagers.use(parallelism, second);
            deployUntil = second + cluster.restart();
            changes += failsOver ? 0 : 1;
            failsOver = false;
        }
    }

    private void begin(int second) {
        phase = Phase.RUNNING;
        parallelism = Math.min(slots(second), upperBound);
        attempt++;
        runningSince = second;
        lastRescale = second;
        changeWantedSince = -1;
        nextCheckpoint = Math.max(nextCheckpoint, second + cluster.checkpointEvery());
        taskManagers.use(parallelism, second);
        restore(checkpointed);
        subtasks.begin(parallelism);
    }

    private void restore(long[] offsets) {
        checkpointStarted = -1;
        for (int p = 0; p < positions.length; p++) {
            positions[p] = offsets[p];
            delivered -= cursors[p].passed();
            cursors[p].seek(Math.max(0, offsets[p]));
            delivered += cursors[p].passed();
        }
    }

    private void considerChange(int second, boolean checkpointDone) {
        int slots = slots(second);
        int wanted = Math.min(slots, upperBound);
        if (wanted == parallelism) {
            changeWantedSince = -1;
            return;
        }
        if (changeWantedSince < 0) {
            changeWantedSince = second;
        }
        boolean stable = slots >= upperBound || second - changeWantedSince >= REACTIVE_STABILIZATION;
        boolean late = second - changeWantedSince >= MAX_DELAY_INTERVALS * cluster.checkpointEvery();
        if (stable && second - lastRescale >= COOLDOWN && (checkpointDone || late)) {
            parallelism = wanted;
            restart(second, 0);
        }
    }

    private void restart(int second, int extra) {
        changes++;
        phase = Phase.RESTARTING;
        deployUntil = second + cluster.restart() + extra;
        taskManagers.use(parallelism, second);
        restore(checkpointed);
    }

    /** Loses TaskManagers it used, and begins again with what is left. */
    void taskManagersLost(int second) {
        if (phase != Phase.WAITING) {
            changes++;
            restore(checkpointed);
            phase = Phase.WAITING;
        }
        slotsSeen = slots(second);
        slotsSince = second;
        failsOver = slotsSeen > 0;
    }

    /** Restores the last checkpoint after the JobManager was away for so long. */
    void jobManagerFails(int second, int away) {
        if (phase == Phase.RUNNING) {
            restart(second, away);
        }
    }

    /** Restores the positions of so many seconds ago, as from an old savepoint; the group's offsets stay ahead. */
    void rewind(int second, int seconds) {
        long[][] all = earlier.toArray(new long[0][]);
        checkpointed = all[Math.max(0, all.length - seconds)].clone();
        restart(second, 0);
    }

    /** Follows its topic to the first offset after it was deleted and created. */
    void topicRecreated(int second) {
        Arrays.fill(checkpointed, -1);
        earlier.clear();
        for (PartitionLog.Cursor cursor : cursors) {
            cursor.seek(0);
        }
        restart(second, 0);
    }

    /** Looks at the log anew after records were taken out of it. */
    void logsChanged() {
        for (PartitionLog.Cursor cursor : cursors) {
            cursor.seek(cursor.position());
        }
    }

    private void checkpoint(int second, Conditions conditions) {
        if (checkpointStarted < 0 && second >= nextCheckpoint) {
            startCheckpoint(second);
            nextCheckpoint = second + cluster.checkpointEvery();
        }
        if (checkpointStarted >= 0 && second - checkpointStarted >= cluster.checkpointTakes()) {
            checkpointStarted = -1;
            if (conditions.checkpointsFail()) {
                failedCheckpoints++;
                return;
            }
            failedCheckpoints = 0;
            checkpointId++;
            checkpointCompleted = second;
            checkpointed = inCheckpoint;
            if (conditions.brokerUp()) {
                System.arraycopy(checkpointed, 0, committed, 0, committed.length);
            }
            considerChange(second, true);
        }
    }

    private void startCheckpoint(int second) {
        checkpointStarted = second;
        inCheckpoint = positions.clone();
    }

    /** Returns how many records can be read that were not taken, without those of partitions that are stuck. */
    long waiting(Conditions conditions) {
        long waiting = 0;
        for (int p = 0; p < logs.length; p++) {
            waiting += conditions.stuck().get(p) ? 0 : cursors[p].waiting();
        }
        return waiting;
    }
}
