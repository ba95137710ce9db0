package dev.weft.scale;

import dev.weft.scale.JobReading.Checkpoint;
import dev.weft.scale.JobReading.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/** An observation of twelve partitions that share evenly, said in one line. */
final class Seen {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final int second;
    private double lag;
    private double arrivals = 180;
    private double oldest;
    private boolean estimated;
    private int endsMoved;
    private boolean asked = true;
    private Phase phase = Phase.RUNNING;
    private int parallelism = 3;
    private int runningSince = -600;
    private double drained = 180;
    private double busy = 0.6;
    private boolean targetLimited;
    private long checkpoint = 10;
    private int completed;
    private int failed;
    private Optional<Integer> replicas = Optional.empty();

    private Seen(int second) {
        this.second = second;
        this.endsMoved = second;
        this.completed = second - 5;
    }

    /** A job that keeps up with 180 records per second, with three subtasks that could do 100 each. */
    static Seen at(int second) {
        return new Seen(second);
    }

    Seen waiting(double records, double forSeconds) {
        lag = records;
        oldest = forSeconds;
        return this;
    }

    Seen coming(double perSecond) {
        arrivals = perSecond;
        return this;
    }

    Seen draining(double perSecond, double busiest) {
        drained = perSecond;
        busy = busiest;
        return this;
    }

    Seen quietSince(int since) {
        endsMoved = since;
        return waiting(0, 0).coming(0).draining(0, 0);
    }

    Seen reckoned() {
        estimated = true;
        return this;
    }

    Seen withoutJob(Optional<Integer> known) {
        asked = false;
        replicas = known;
        return this;
    }

    Seen doing(Phase now, int subtasks, int since) {
        phase = now;
        parallelism = subtasks;
        runningSince = since;
        replicas = now == Phase.WAITING ? Optional.of(0) : replicas;
        return this;
    }

    Seen limitedByTarget() {
        targetLimited = true;
        return this;
    }

    Seen checkpointed(long id, int when, int failures) {
        checkpoint = id;
        completed = when;
        failed = failures;
        return this;
    }

    Observation observation() {
        var job = new JobReading(
                phase,
                parallelism,
                phase == Phase.RUNNING ? Optional.of(START.plusSeconds(runningSince)) : Optional.empty(),
                drained,
                busy,
                0,
                targetLimited,
                Optional.of(new Checkpoint(checkpoint, START.plusSeconds(completed), false)),
                failed,
                Duration.ofSeconds(30),
                parallelism);
        return new Observation(
                START.plusSeconds(second),
                IntStream.range(0, 12).mapToObj(this::partition).toList(),
                START.plusSeconds(endsMoved),
                drained,
                asked ? Optional.of(job) : Optional.empty(),
                replicas);
    }

    private PartitionLag partition(int number) {
        return new PartitionLag(
                "t",
                number,
                lag / 12,
                estimated,
                arrivals / 12,
                Duration.ofMillis((long) (oldest * 1000)),
                Optional.empty());
    }
}
