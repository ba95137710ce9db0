package dev.weft.scale.control;

import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Checkpoint;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.control.ScaledQueue.Inputs;
import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A queue of one topic and its consumer, told look by look to a {@link ScaledQueue}. What is not said stays as it was.
 */
final class Story {

    private final Trigger trigger;
    private ScaledQueue queue;
    private Map<TopicPartition, Probed> probes = Map.of();

    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    List<Order> orders = new ArrayList<>();
    Duration interval = Duration.ofSeconds(30);
    int partitions = 8;
    long end;
    long taken;
    boolean queueAnswers = true;
    boolean jobAnswers = true;
    String job = "a1";
    long attempt = 1;
    Phase phase = Phase.RUNNING;
    Instant runningSince = now.minusSeconds(3600);
    int parallelism = 1;
    int taskManagers = 1;
    int upperBound = 1;
    Set<String> used = FakePods.first(1);
    Marks marks = Marks.UNKEPT;
    boolean kubernetesAnswers = true;
    long checkpoint = 7;
    Instant completed = now.minusSeconds(20);

    Story(Trigger trigger) {
        this.trigger = trigger;
        this.queue = new ScaledQueue(trigger);
    }

    /** Looks at things as they are. */
    Step look() {
        Step step = queue.advance(inputs());
        orders = step.orders();
        probes = new HashMap<>();
        marks = marks.kept() ? Marks.UNCHANGED : marks;
        for (Order order : step.orders()) {
            if (order instanceof Order.Probe probe) {
                probes.put(
                        probe.partition(),
                        taken < end
                                ? new Probed.Found(probe.from(), probe.from(), now.minusSeconds(1))
                                : new Probed.Nothing(probe.from(), probe.end()));
            } else if (order instanceof Order.SetParallelism size) {
                upperBound = size.upperBound();
            } else if (order instanceof Order.MarkPods mark && kubernetesAnswers) {
                marks = Marks.by(mark.used());
            }
        }
        return step;
    }

    /** Looks again after so long, as often as it is asked to; returns the last look. */
    Step after(Duration time) {
        Instant until = now.plus(time);
        Step step = look();
        while (now.isBefore(until)) {
            now = now.plus(step.look().queue());
            step = look();
        }
        return step;
    }

    /**
     * So little is written that some subtasks are too many; returns the look at which the job was seen to have fewer.
     */
    Step shrinks() {
        int before = parallelism;
        Step step = after(Duration.ofSeconds(5));
        for (int i = 1; parallelism == before && i < 500; i++) {
            now = now.plusSeconds(2);
            written(1);
            allTaken();
            if (i % 10 == 0) {
                checkpointCompletes();
            }
            step = look();
        }
        return step;
    }

    /** The scaler is restarted with what it remembers. */
    void restart() {
        queue = ScaledQueue.restored(trigger, queue.remembered());
        probes = Map.of();
    }

    byte[] remembered() {
        return queue.remembered();
    }

    void written(long records) {
        end += records;
    }

    void allTaken() {
        taken = end;
    }

    void checkpointCompletes() {
        checkpoint++;
        completed = now;
        if (phase == Phase.RUNNING && upperBound != parallelism) {
            runsWith(upperBound);
        }
    }

    /** The scaler's clock is set; the times of the job are given in that clock. */
    void clockJumps(long seconds) {
        now = now.plusSeconds(seconds);
        completed = completed.plusSeconds(seconds);
        runningSince = runningSince.plusSeconds(seconds);
    }

    void sleeps() {
        phase = Phase.WAITING;
        parallelism = 0;
        used = Set.of();
        taskManagers = 0;
    }

    void runsWith(int number) {
        upperBound = number;
        phase = Phase.RUNNING;
        parallelism = number;
        used = FakePods.first(number);
        taskManagers = Math.max(taskManagers, number);
        runningSince = now;
        attempt++;
    }

    Inputs inputs() {
        return new Inputs(
                now,
                queueAnswers ? new Reading.Known<>(offsets()) : new Reading.Unknown<>("the broker is away"),
                trigger.job()
                        .map(each -> jobAnswers
                                ? new Reading.Known<>(snapshot())
                                : new Reading.Unknown<>("connection refused")),
                probes,
                Map.of(),
                marks);
    }

    private QueueSnapshot offsets() {
        Map<TopicPartition, Offsets> all = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            all.put(partition(i), new Offsets(0, end, end, OptionalLong.of(taken), OptionalInt.empty()));
        }
        return new QueueSnapshot(now, all);
    }

    private JobSnapshot snapshot() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (int i = 0; i < partitions && phase == Phase.RUNNING; i++) {
            positions.put(partition(i), taken);
        }
        JobReading reading = new JobReading(
                phase,
                parallelism,
                phase == Phase.RUNNING ? Optional.of(runningSince) : Optional.empty(),
                0,
                0.1,
                0,
                false,
                Optional.of(new Checkpoint(checkpoint, completed, false)),
                0,
                interval,
                upperBound);
        return new JobSnapshot(now, job, attempt, reading, positions, OptionalInt.of(128), 0, taskManagers, used);
    }

    private TopicPartition partition(int number) {
        return new TopicPartition("orders", number);
    }
}
