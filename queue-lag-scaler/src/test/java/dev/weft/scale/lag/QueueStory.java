package dev.weft.scale.lag;

import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Checkpoint;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.PartitionLag;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Tracked.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A queue of one partition as a test tells it, look after look, with a clock of its own. */
final class QueueStory {

    static final Duration POLL = Duration.ofSeconds(10);
    static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");

    private final LagTracker tracker;
    private TrackerState state = TrackerState.empty();
    private Instant now = BEGIN;
    private Map<TopicPartition, Probed> probes = Map.of();
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    private @Nullable Tracked last;

    private long logStart;
    private long end;
    private long highWatermark;
    private OptionalLong committed = OptionalLong.empty();
    private OptionalInt leaderEpoch = OptionalInt.empty();
    private String topicId = "first";
    private @Nullable Reading<JobSnapshot> job;
    private Phase phase = Phase.RUNNING;
    private long attempt = 1;
    private long checkpoint = 1;
    private double recordsPerSecond;
    private Map<TopicPartition, Long> positions = Map.of();

    QueueStory(StartPolicy start) {
        this.tracker = new LagTracker(start, POLL);
    }

    static QueueStory ofGroup() {
        return new QueueStory(new StartPolicy.Earliest());
    }

    /** A job that runs and has taken nothing yet. */
    static QueueStory ofJob() {
        QueueStory story = new QueueStory(new StartPolicy.Earliest());
        story.job = new Reading.Unknown<>("told at the first look");
        return story.jobRuns();
    }

    QueueStory log(long from, long to) {
        logStart = from;
        end = to;
        highWatermark = to;
        return this;
    }

    QueueStory openTransactionUpTo(long offset) {
        highWatermark = offset;
        return this;
    }

    QueueStory committed(long offset) {
        committed = OptionalLong.of(offset);
        return this;
    }

    QueueStory leaderEpoch(int epoch) {
        leaderEpoch = OptionalInt.of(epoch);
        return this;
    }

    QueueStory commitIsGone() {
        committed = OptionalLong.empty();
        return this;
    }

    QueueStory topicIsMadeAgain(String id) {
        topicId = id;
        return this;
    }

    QueueStory jobRuns() {
        phase = Phase.RUNNING;
        return toldByJob();
    }

    QueueStory jobIsAt(long position) {
        positions = Map.of(PARTITION, position);
        return jobRuns();
    }

    QueueStory jobTakes(double perSecond) {
        recordsPerSecond = perSecond;
        return this;
    }

    QueueStory jobRestarts() {
        attempt++;
        positions = Map.of();
        phase = Phase.RESTARTING;
        return toldByJob();
    }

    QueueStory jobWaits() {
        positions = Map.of();
        phase = Phase.WAITING;
        return toldByJob();
    }

    QueueStory jobCompletesCheckpoint() {
        checkpoint++;
        return toldByJob();
    }

    QueueStory jobCannotBeAsked() {
        job = new Reading.Unknown<>("500");
        return this;
    }

    QueueStory probeFinds(Probed answer) {
        probes = Map.of(PARTITION, answer);
        return this;
    }

    QueueStory lookUpSays(long offset) {
        starts.put(PARTITION, offset);
        return this;
    }

    QueueStory clockJumps(Duration by) {
        now = now.plus(by);
        return this;
    }

    QueueStory scalerRestarts() {
        state = TrackerState.fromJson(state.toJson());
        return this;
    }

    /** Looks one poll later. */
    QueueStory look() {
        return lookAfter(POLL);
    }

    QueueStory lookAfter(Duration passed) {
        now = now.plus(passed);
        if (job instanceof Reading.Known) {
            toldByJob();
        }
        var snapshot = new QueueSnapshot(
                now,
                Map.of(PARTITION, new Offsets(logStart, end, highWatermark, committed, leaderEpoch)),
                Map.of(PARTITION.topic(), topicId));
        last = tracker.track(state, new Sighting(now, snapshot, Optional.ofNullable(job), probes, starts));
        state = last.state();
        probes = Map.of();
        return this;
    }

    QueueStory looks(int times) {
        for (int i = 0; i < times; i++) {
            look();
        }
        return this;
    }

    Instant now() {
        return now;
    }

    long logStart() {
        return logStart;
    }

    long end() {
        return end;
    }

    TrackerState state() {
        return state;
    }

    Tracked seen() {
        if (last == null) {
            throw new IllegalStateException("there was no look yet");
        }
        return last;
    }

    PartitionLag lag() {
        return seen().observation().partitions().get(0);
    }

    List<Probe> probes() {
        return seen().probes();
    }

    private QueueStory toldByJob() {
        Optional<Instant> since = phase == Phase.RUNNING ? Optional.of(BEGIN) : Optional.empty();
        var reading = new JobReading(
                phase,
                phase == Phase.RUNNING ? 1 : 0,
                since,
                recordsPerSecond,
                0.5,
                0,
                false,
                Optional.of(new Checkpoint(checkpoint, now, false)),
                0,
                Duration.ofSeconds(30),
                4);
        job = new Reading.Known<>(
                new JobSnapshot(now, "job", attempt, reading, positions, OptionalInt.of(128), 0, 1, Set.of()));
        return this;
    }
}
