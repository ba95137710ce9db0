package dev.weft.scale.simulator;

import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Checkpoint;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import dev.weft.scale.simulator.Contender.Rescaling;
import dev.weft.scale.simulator.JobMetrics.Subtask;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic, a job that consumes it, and a Deployment of TaskManagers, in steps of a second. Where something of a second
 * is read, it is as it was at the second's end.
 */
final class Plant implements Sight, Levers {

    static final String TOPIC = "orders";
    static final String GROUP = "mesh";

    private static final Instant BEGINNING = Instant.parse("2026-01-05T00:00:00Z");

    /** A native cluster frees a TaskManager that was idle for so long: {@code resourcemanager.taskmanager-timeout}. */
    private static final int IDLE_TIMEOUT = 30;

    private static final int COMPACTION_EVERY = 300;
    private static final int NOT_COMPACTED_FOR = 60;

    private final Scenario scenario;
    private final Cluster cluster;
    private final Rescaling rescaling;
    private final int[][] arrivals;
    private final PartitionLog[] logs;
    private final TaskManagers taskManagers;
    private final Job job;
    private final TopicPartition[] names;

    private int second = -1;
    private Conditions now;
    private long taken;
    private boolean covered = true;
    private int idleSince;
    private int restAwayUntil;
    private long metricsOf;
    private Reading<JobMetrics> metrics = new Reading.Unknown<>("not fetched yet");
    private Map<TopicPartition, Long> positions = Map.of();

    Plant(Episode episode, Rescaling rescaling) {
        this.scenario = episode.scenario();
        this.cluster = scenario.cluster();
        this.rescaling = rescaling;
        this.arrivals = episode.arrivals();
        Random random = new Random(episode.seed() + 1);
        this.logs = new PartitionLog[cluster.partitions()];
        this.names = new TopicPartition[logs.length];
        for (int p = 0; p < logs.length; p++) {
            logs[p] = new PartitionLog();
            logs[p].append(0, (int) (scenario.backlog() / logs.length), false);
            names[p] = new TopicPartition(TOPIC, p);
        }
        this.taskManagers = new TaskManagers(
                cluster.taskManagerStart(), rescaling != Rescaling.REACTIVE, scenario.replicas(), random);
        this.job = new Job(
                cluster,
                rescaling,
                TOPIC,
                logs,
                taskManagers,
                scenario.replicas(),
                1 + random.nextInt(cluster.checkpointEvery()));
        this.now = Conditions.at(0, scenario.disturbances());
    }

    /** Lives through one second, up to what was asked of it meanwhile. */
    void step() {
        second++;
        now = Conditions.at(second, scenario.disturbances());
        scenario.disturbances().stream().filter(each -> each.from() == second).forEach(this::begin);
        if (now.brokerUp()) {
            write();
        }
        taken = job.step(second, now);
        covered = job.isCovered();
        if (rescaling == Rescaling.NATIVE) {
            follow();
        }
        if (second % cluster.metricsEvery() == 0 || metricsOf != job.attempt()) {
            fetchMetrics();
        }
    }

    private void begin(Disturbance disturbance) {
        int value = (int) disturbance.value();
        switch (disturbance.kind()) {
            case JOB_MANAGER_FAILS -> {
                restAwayUntil = second + value;
                job.jobManagerFails(second, value);
            }
            case TASK_MANAGER_KILLED -> {
                if (taskManagers.kill(second)) {
                    job.taskManagersLost(second);
                }
            }
            case REWIND -> job.rewind(second, value);
            case RETENTION -> {
                for (PartitionLog log : logs) {
                    log.deleteBefore(second - value);
                }
                job.logsChanged();
            }
            case RECREATED -> {
                for (PartitionLog log : logs) {
                    log.recreate();
                }
                job.topicRecreated(second);
            }
            default -> {}
        }
    }

    private void write() {
        boolean open = cluster.transaction() > 0;
        for (int p = 0; p < logs.length; p++) {
            logs[p].append(second, arrivals[second][p], open);
            if (open && second % cluster.transaction() == cluster.transaction() - 1) {
                logs[p].commit(second);
            }
        }
        if (cluster.kept() < 1 && second % COMPACTION_EVERY == COMPACTION_EVERY - 1) {
            for (PartitionLog log : logs) {
                log.compact(second - NOT_COMPACTED_FOR, cluster.kept());
            }
            job.logsChanged();
        }
    }

    private void follow() {
        if (taskManagers.replicas() < job.upperBound()) {
            setReplicas(job.upperBound());
        }
        boolean idle = job.parallelism() == job.upperBound() && taskManagers.replicas() > job.upperBound();
        idleSince = idle ? idleSince : second;
        if (second - idleSince >= IDLE_TIMEOUT) {
            setReplicas(job.upperBound());
        }
    }

    private void fetchMetrics() {
        metricsOf = job.attempt();
        if (job.phase() != Phase.RUNNING) {
            metrics = new Reading.Unknown<>("the job does not run");
            positions = Map.of();
            return;
        }
        double pending = 0;
        boolean fetched = false;
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (int p = 0; p < logs.length; p++) {
            pending += job.cursor(p).waiting();
            if (job.subtasks().tookInExecution(p)) {
                fetched = true;
                offsets.put(names[p], job.cursor(p).position());
            }
        }
        positions = offsets;
        metrics = new Reading.Known<>(new JobMetrics(
                job.subtasks().metrics(), fetched ? OptionalDouble.of(pending) : OptionalDouble.empty()));
    }

    int arrivedNow() {
        int all = 0;
        for (int each : arrivals[second]) {
            all += now.brokerUp() ? each : 0;
        }
        return all;
    }

    long takenNow() {
        return taken;
    }

    /** Returns how many records wait, without those of stuck partitions. */
    long waiting() {
        return job.waiting(now);
    }

    /** Returns how long the oldest record that can be read waits, in seconds, without those of stuck partitions. */
    int age() {
        int age = 0;
        for (int p = 0; p < logs.length; p++) {
            if (!now.stuck().get(p) && job.cursor(p).waiting() > 0) {
                age = Math.max(age, second - job.cursor(p).oldest());
            }
        }
        return age;
    }

    Job simulatedJob() {
        return job;
    }

    /** Returns whether a completed checkpoint held all that had been taken, when the last second ended. */
    boolean isCovered() {
        return covered;
    }

    /** Returns how many records were taken, less those that were taken back. */
    long delivered() {
        return job.delivered();
    }

    @Override
    public Instant now() {
        return BEGINNING.plusSeconds(second);
    }

    private Instant at(int then) {
        return BEGINNING.plusSeconds(then);
    }

    @Override
    public int replicas() {
        return taskManagers.replicas();
    }

    @Override
    public int readyReplicas() {
        return taskManagers.ready(second);
    }

    @Override
    public double cpu() {
        int ready = taskManagers.ready(second);
        if (ready == 0) {
            return 0;
        }
        if (now.cpuBusy()) {
            return 0.95;
        }
        double busy =
                job.subtasks().metrics().stream().mapToDouble(Subtask::busy).sum();
        return Math.min(1, busy / ready);
    }

    @Override
    public Reading<QueueSnapshot> queue() {
        if (!now.offsetsKnown()) {
            return new Reading.Unknown<>("the broker does not answer");
        }
        Map<TopicPartition, Offsets> offsets = new HashMap<>();
        for (int p = 0; p < logs.length; p++) {
            PartitionLog log = logs[p];
            long committed = job.committed(p);
            offsets.put(
                    names[p],
                    new Offsets(
                            log.logStart(),
                            log.stableEnd(),
                            log.highWatermark(),
                            committed < 0 ? OptionalLong.empty() : OptionalLong.of(committed),
                            OptionalInt.of(log.epoch())));
        }
        return new Reading.Known<>(new QueueSnapshot(now(), offsets));
    }

    @Override
    public Probed probe(TopicPartition partition, long from, long end) {
        if (!now.offsetsKnown()) {
            return new Probed.Unclear("the broker does not answer");
        }
        PartitionLog.Cursor cursor = logs[partition.partition()].cursor();
        cursor.seek(from);
        if (cursor.waiting() == 0 || cursor.next() >= end) {
            return new Probed.Nothing(from, end);
        }
        return new Probed.Found(from, cursor.next(), at(cursor.oldest()));
    }

    private boolean isAnswering() {
        return now.restUp() && second >= restAwayUntil;
    }

    @Override
    public Reading<JobSnapshot> job() {
        if (!isAnswering()) {
            return new Reading.Unknown<>("the JobManager does not answer");
        }
        List<Subtask> subtasks = metrics.value()
                .map(JobMetrics::subtasks)
                .filter(each -> job.phase() == Phase.RUNNING)
                .orElse(List.of());
        double backPressured =
                subtasks.stream().mapToDouble(Subtask::backPressured).max().orElse(0);
        JobReading reading = new JobReading(
                job.phase(),
                job.parallelism(),
                job.phase() == Phase.RUNNING ? Optional.of(at(job.runningSince())) : Optional.empty(),
                subtasks.stream().mapToDouble(Subtask::recordsPerSecond).sum(),
                subtasks.stream().mapToDouble(Subtask::busy).max().orElse(0),
                backPressured,
                now.targetRate() < Double.POSITIVE_INFINITY && backPressured > 0,
                job.checkpointId() > 1
                        ? Optional.of(new Checkpoint(job.checkpointId(), at(job.checkpointCompleted()), false))
                        : Optional.empty(),
                job.failedCheckpoints(),
                Duration.ofSeconds(cluster.checkpointEvery()),
                job.upperBound());
        int used = job.phase() == Phase.WAITING ? 0 : job.parallelism();
        return new Reading.Known<>(new JobSnapshot(
                now(),
                "00000000000000000000000000000001",
                job.attempt(),
                reading,
                job.phase() == Phase.RUNNING ? positions : Map.of(),
                OptionalInt.of(cluster.partitions()),
                Math.max(0, readyReplicas() - used),
                readyReplicas(),
                Set.of()));
    }

    @Override
    public Reading<JobMetrics> metrics() {
        return isAnswering() ? metrics : new Reading.Unknown<>("the JobManager does not answer");
    }

    @Override
    public boolean scalerRuns() {
        return now.scalerRuns();
    }

    @Override
    public void setReplicas(int replicas) {
        int wanted = Math.min(Math.max(0, replicas), cluster.maxReplicas());
        if (taskManagers.set(wanted, second) > 0) {
            job.taskManagersLost(second);
        }
    }

    @Override
    public boolean setParallelism(int upperBound) {
        return isAnswering() && upperBound >= 1 && job.setUpperBound(upperBound);
    }

    @Override
    public boolean triggerCheckpoint() {
        return isAnswering() && job.triggerCheckpoint(second);
    }
}
