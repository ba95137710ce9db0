package dev.weft.scale;

import dev.weft.scale.JobReading.Checkpoint;
import dev.weft.scale.JobReading.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/**
 * A queue and the job that consumes it, in steps of a second, closed to a loop with a {@link LagPolicy}: twelve
 * partitions, TaskManagers that take 20 s to start, a restart of 8 s on the next checkpoint.
 */
final class ModelJob {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TASK_MANAGER_START = 20;
    private static final int RESTART = 8;

    private final PolicySettings settings;
    private final LagPolicy policy;
    private final int partitions = 12;
    private final List<Deque<double[]>> queues = new ArrayList<>();
    private final double[] rates = new double[partitions];
    private final int[] unmoved = new int[partitions];
    private final List<Decision> decisions = new ArrayList<>();
    private DoubleUnaryOperator arrivals = second -> 0;
    private DoubleUnaryOperator perSubtask = second -> 100;
    private IntToDoubleFunction share = partition -> 1.0 / partitions;
    private double most = Double.POSITIVE_INFINITY;
    private int stuck = -1;
    private int checkpointEvery = 30;
    private int poll = 10;
    private Memory memory = Memory.empty();
    private int second;
    private int running;
    private int runningSince = -60;
    private int downUntil = -1;
    private int next;
    private int askedAt;
    private long checkpoint = 100;
    private int completed;
    private int ends;
    private double drained;
    private double came;
    private double busy;
    private int restarts;
    private int over;
    private double replicaSeconds;

    ModelJob(PolicySettings settings, int replicas) {
        this.settings = settings;
        this.policy = new LagPolicy(settings);
        this.running = replicas;
        this.next = replicas;
        for (int p = 0; p < partitions; p++) {
            queues.add(new ArrayDeque<>());
        }
    }

    static PolicySettings settings() {
        return new PolicySettings(
                PolicySettings.Consumer.FLINK_ADAPTIVE,
                Duration.ofSeconds(60),
                0.8,
                1,
                12,
                1,
                0,
                Duration.ofSeconds(120),
                true,
                Duration.ofSeconds(180),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10));
    }

    ModelJob given(DoubleUnaryOperator perSecond) {
        arrivals = perSecond;
        return this;
    }

    ModelJob draining(DoubleUnaryOperator eachPerSecond) {
        perSubtask = eachPerSecond;
        return this;
    }

    /** However many subtasks there are, they drain no more than this. */
    ModelJob drainingInAll(double perSecond) {
        most = perSecond;
        return this;
    }

    ModelJob sharedBy(IntToDoubleFunction shareOfPartition) {
        share = shareOfPartition;
        return this;
    }

    ModelJob withStuckPartition(int partition) {
        stuck = partition;
        return this;
    }

    ModelJob withBacklog(double records) {
        for (int p = 0; p < partitions; p++) {
            queues.get(p).add(new double[] {0, records / partitions});
        }
        return this;
    }

    ModelJob run(int seconds) {
        for (int end = second + seconds; second < end; second++) {
            step();
        }
        return this;
    }

    int restarts() {
        return restarts;
    }

    int secondsOver() {
        return over;
    }

    double replicaMinutes() {
        return replicaSeconds / 60;
    }

    int running() {
        return running;
    }

    double lag() {
        return queues.stream().mapToDouble(ModelJob::waiting).sum();
    }

    List<Decision> decisions() {
        return decisions;
    }

    List<Decision> changes() {
        return decisions.stream()
                .filter(each -> each.verdict() != Decision.Verdict.HOLD && each.verdict() != Decision.Verdict.SETTLING)
                .toList();
    }

    private void step() {
        write();
        if (second > 0 && second % checkpointEvery == 0 && runs()) {
            checkpoint++;
            completed = second;
            if (next != running && second - askedAt >= TASK_MANAGER_START && next > 0) {
                restartWith(next);
            }
        }
        if (running == 0 && next > 0 && second - askedAt >= TASK_MANAGER_START) {
            restartWith(next);
        }
        if (next == 0) {
            running = 0;
        }
        drain();
        replicaSeconds += next;
        double oldest = queues.stream().mapToDouble(this::age).max().orElse(0);
        over += oldest > settings.slo().toSeconds() ? 1 : 0;
        if (second % poll == 0) {
            decide();
        }
    }

    private void write() {
        double now = arrivals.applyAsDouble(second);
        ends = now > 0 ? second : ends;
        came += now;
        for (int p = 0; p < partitions; p++) {
            double written = now * share.applyAsDouble(p);
            rates[p] += (1 - Math.exp(-1 / 15.0)) * (written - rates[p]);
            if (written > 0) {
                queues.get(p).add(new double[] {second, written});
            }
        }
    }

    private void restartWith(int subtasks) {
        running = subtasks;
        downUntil = second + RESTART;
        runningSince = downUntil;
        restarts++;
    }

    private boolean runs() {
        return running > 0 && second >= downUntil;
    }

    private void drain() {
        double each = Math.min(perSubtask.applyAsDouble(second), most / Math.max(1, running));
        double mostBusy = 0;
        for (int subtask = 0; subtask < running && runs(); subtask++) {
            double left = each;
            List<Integer> mine = new ArrayList<>();
            for (int p = 0; p < partitions; p++) {
                if (p != stuck && new Assignment(running).ownerOf("t", p) == subtask) {
                    mine.add(p);
                }
            }
            double waits =
                    mine.stream().mapToDouble(p -> waiting(queues.get(p))).sum();
            double ratio = waits > 0 ? Math.min(1, left / waits) : 0;
            for (int p : mine) {
                double take = waiting(queues.get(p)) * ratio;
                unmoved[p] = take > 0 || queues.get(p).isEmpty() ? second : unmoved[p];
                take(queues.get(p), take);
                left -= take;
                drained += take;
            }
            mostBusy = Math.max(mostBusy, 1 - left / each);
        }
        busy += mostBusy;
    }

    private static void take(Deque<double[]> queue, double count) {
        double left = count;
        while (!queue.isEmpty() && left > 0) {
            double[] first = queue.peek();
            double taken = Math.min(left, first[1]);
            first[1] -= taken;
            left -= taken;
            if (first[1] < 1e-9) {
                queue.poll();
            }
        }
    }

    private static double waiting(Deque<double[]> queue) {
        double sum = 0;
        for (double[] each : queue) {
            sum += each[1];
        }
        return sum;
    }

    private double age(Deque<double[]> queue) {
        return queue.isEmpty() ? 0 : second - queue.peek()[0];
    }

    private void decide() {
        var judgement = policy.judge(memory, observation());
        memory = MemoryJson.read(MemoryJson.write(judgement.memory()));
        Decision decision = judgement.decision();
        decisions.add(decision);
        drained = 0;
        busy = 0;
        if (decision.parallelism() != next) {
            if (running == 0 && next == 0 || decision.parallelism() > next) {
                askedAt = second;
            }
            next = decision.parallelism();
        }
    }

    private Observation observation() {
        List<PartitionLag> lags = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            double waits = waiting(queues.get(p));
            lags.add(new PartitionLag(
                    "t",
                    p,
                    waits,
                    false,
                    rates[p],
                    Duration.ofSeconds((long) age(queues.get(p))),
                    waits > 0 && second - unmoved[p] > 0 ? Optional.of(at(unmoved[p])) : Optional.empty()));
        }
        Phase phase = running == 0 ? Phase.WAITING : runs() ? Phase.RUNNING : Phase.RESTARTING;
        var job = new JobReading(
                phase,
                phase == Phase.RUNNING ? running : 0,
                phase == Phase.RUNNING ? Optional.of(at(runningSince)) : Optional.empty(),
                drained / poll,
                busy / poll,
                0,
                false,
                Optional.of(new Checkpoint(checkpoint, at(completed), false)),
                0,
                Duration.ofSeconds(checkpointEvery),
                next);
        return new Observation(at(second), lags, at(ends), drained / poll, Optional.of(job), Optional.of(next));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
