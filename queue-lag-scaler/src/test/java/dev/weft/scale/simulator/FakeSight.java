package dev.weft.scale.simulator;

import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** A cluster whose offsets and replicas are whatever a test says. */
final class FakeSight implements Sight, Levers {

    private final Map<TopicPartition, Offsets> offsets = new HashMap<>();
    private boolean answers = true;
    private int replicas;
    private int second;

    FakeSight committed(int partition, long end, long committed) {
        return partition(partition, end, OptionalLong.of(committed));
    }

    FakeSight neverCommitted(int partition, long end) {
        return partition(partition, end, OptionalLong.empty());
    }

    private FakeSight partition(int number, long end, OptionalLong committed) {
        offsets.put(new TopicPartition("orders", number), new Offsets(0, end, end, committed, OptionalInt.empty()));
        return this;
    }

    FakeSight answers(boolean now) {
        answers = now;
        return this;
    }

    FakeSight withReplicas(int count) {
        replicas = count;
        return this;
    }

    /** Lets an autoscaler live through some seconds. */
    void live(Autoscaler autoscaler, int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            autoscaler.tick(this, this);
        }
    }

    @Override
    public Instant now() {
        return Instant.ofEpochSecond(1_000_000 + second);
    }

    @Override
    public int replicas() {
        return replicas;
    }

    @Override
    public int readyReplicas() {
        return replicas;
    }

    @Override
    public double cpu() {
        return 0;
    }

    @Override
    public Reading<QueueSnapshot> queue() {
        return answers
                ? new Reading.Known<>(new QueueSnapshot(now(), offsets))
                : new Reading.Unknown<>("does not answer");
    }

    @Override
    public Probed probe(TopicPartition partition, long from, long end) {
        return new Probed.Unclear("nobody asks");
    }

    @Override
    public Reading<JobSnapshot> job() {
        return new Reading.Unknown<>("nobody asks");
    }

    @Override
    public Reading<JobMetrics> metrics() {
        return new Reading.Unknown<>("nobody asks");
    }

    @Override
    public boolean scalerRuns() {
        return true;
    }

    @Override
    public void setReplicas(int count) {
        replicas = count;
    }

    @Override
    public boolean setParallelism(int upperBound) {
        return false;
    }

    @Override
    public boolean triggerCheckpoint() {
        return false;
    }
}
