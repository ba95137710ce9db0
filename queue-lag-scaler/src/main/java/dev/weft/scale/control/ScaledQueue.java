package dev.weft.scale.control;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import dev.weft.scale.Decision;
import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.LagPolicy;
import dev.weft.scale.LagPolicy.Judgement;
import dev.weft.scale.Observation;
import dev.weft.scale.PartitionLag;
import dev.weft.scale.PolicySettings;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.LagTracker;
import dev.weft.scale.lag.QueueReader;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.Reading;
import dev.weft.scale.lag.Sighting;
import dev.weft.scale.lag.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * One ScaledObject, from what was read to what KEDA is told and what is to be done. Plain arithmetic: it asks nobody
 * and has no clock, and equal memories take equal steps. For one thread at a time.
 *
 * <p>What was not read is never a number. A queue that cannot be read leaves the last answer standing for two polls;
 * then there is {@linkplain Answer.Unknown none}. A job that cannot be read leaves the queue's own offsets to decide
 * with: a consumer may grow then, but nothing is taken from it. After a time without readings a consumer that was
 * active stays so for as long as it would have to be idle, for nobody knows what was written meanwhile.
 */
public final class ScaledQueue {

    /**
     * What was read for it.
     *
     * @param at now
     * @param queue the offsets
     * @param job the Flink job; empty for a plain consumer group
     * @param probes answers to {@link Order.Probe}s of earlier steps
     * @param starts answers to {@link Order.LookUp}s
     * @param marks what came of {@link Order.MarkPods}
     */
    public record Inputs(
            Instant at,
            Reading<QueueSnapshot> queue,
            Optional<Reading<JobSnapshot>> job,
            Map<TopicPartition, QueueReader.Probed> probes,
            Map<TopicPartition, Long> starts,
            Marks marks) {}

    /** Something to be done before the next step; what comes of it is an input then. */
    public sealed interface Order {
        /** Look whether a record can be read there. */
        record Probe(TopicPartition partition, long from, long end) implements Order {}

        /** Look up the offsets of a time. */
        record LookUp(TopicPartition partition, Instant time) implements Order {}

        /** Tell the job its parallelism. */
        record SetParallelism(int upperBound) implements Order {}

        /** Ask the job for a checkpoint. */
        record TriggerCheckpoint() implements Order {}

        /** Tell Kubernetes to take other Pods than those of these TaskManagers first. */
        record MarkPods(Set<String> used) implements Order {}
    }

    /**
     * What comes of a step; there is no decision while too little is known for one.
     *
     * @param lagByTopic records that wait; empty without a decision
     * @param look how soon to look again
     */
    public record Step(
            Answer answer, Optional<Decision> decision, Map<String, Double> lagByTopic, List<Order> orders, Look look) {

        public Step {
            lagByTopic = Map.copyOf(lagByTopic);
            orders = List.copyOf(orders);
        }

        /** Returns the decision, if it is one for another size. */
        public Optional<Decision> change() {
            return decision.filter(History::isChange);
        }
    }

    /**
     * How soon to look again.
     *
     * @param queue at the offsets
     * @param job at the job; a step between two looks is given the job as it was read last
     */
    public record Look(Duration queue, Duration job) {}

    /** So often one looks at a queue whose consumer sleeps: its first record is to wake it within two seconds. */
    private static final Duration ASLEEP = Duration.ofMillis(500);

    /** So often one looks who waits for something to happen. */
    private static final Duration CHANGING = Duration.ofSeconds(2);

    private final Trigger trigger;
    private final PolicySettings settings;
    private final LagTracker tracker;
    private final LagPolicy policy;
    private Remembered memory;
    private Settling settling = Settling.NOT;
    private Marking marking = Marking.NOT;

    /** Begins with a ScaledObject of which nothing is remembered. */
    public ScaledQueue(Trigger trigger) {
        this(trigger, Remembered.NOTHING);
    }

    private ScaledQueue(Trigger trigger, Remembered memory) {
        this.trigger = trigger;
        this.settings = trigger.policy();
        this.tracker = new LagTracker(trigger.start(), settings.poll());
        this.policy = new LagPolicy(settings);
        this.memory = memory;
    }

    /**
     * Goes on from what was {@linkplain #remembered() remembered}; from nothing if that was of another queue or job,
     * for then it says nothing of this one.
     *
     * @throws IllegalArgumentException if the bytes are not such a memory, or one of another version
     */
    public static ScaledQueue restored(Trigger trigger, byte[] remembered) {
        return new ScaledQueue(trigger, RememberedJson.read(trigger, remembered));
    }

    /** Returns what must survive a restart, as JSON with a version. */
    public byte[] remembered() {
        return RememberedJson.write(trigger, memory);
    }

    /** Takes one step. */
    public Step advance(Inputs inputs) {
        boolean stands = memory.decided() && memory.isCurrent(inputs.at(), settings.poll());
        if (inputs.queue() instanceof Reading.Known<QueueSnapshot> offsets) {
            return read(inputs, offsets.known(), stands);
        }
        if (!stands) {
            memory = memory.outdated();
        }
        return undecided(stands, "the queue cannot be read: " + reasonOf(inputs.queue()), List.of());
    }

    private Step read(Inputs inputs, QueueSnapshot offsets, boolean stands) {
        Tracked tracked = tracker.track(
                memory.lags(), new Sighting(inputs.at(), offsets, inputs.job(), inputs.probes(), inputs.starts()));
        memory = memory.lookedAt(inputs.at(), settings.poll(), tracked.state());
        Optional<JobSnapshot> job = inputs.job().flatMap(Reading::value);
        if (job.isPresent()) {
            memory = memory.of(job.get(), settings);
        }
        List<Order> looks = looks(tracked);
        return missing(inputs, tracked, job)
                .map(what -> undecided(stands, what, looks))
                .orElseGet(() -> act(memory.cautious(tracked.observation()), looks, inputs));
    }

    /** Returns what is not known yet that a decision needs. */
    private Optional<String> missing(Inputs inputs, Tracked tracked, Optional<JobSnapshot> job) {
        if (!tracked.rated()) {
            return Optional.of("how much is written is not known before the second look");
        }
        if (memory.decided() || settings.consumer() == Consumer.GROUP) {
            return Optional.empty();
        }
        if (job.isEmpty()) {
            return Optional.of("the job has never been read: "
                    + inputs.job().map(ScaledQueue::reasonOf).orElse("nobody asked for it"));
        }
        return job.filter(each -> each.reading().phase() == Phase.RESTARTING)
                .map(each -> "the job restarts, so its size is not known yet");
    }

    private Step act(Observation seen, List<Order> looks, Inputs inputs) {
        Judgement judgement = judge(seen);
        Decision decision = judgement.decision();
        Actuation before = memory.actuation();
        Actuation.Course reached = before.towards(decision, seen.job(), settings, seen.at());
        boolean shrinks = reached.now().replicas() > 0 && reached.now().replicas() < before.replicas();
        Set<String> used = used(inputs);
        marking = marking.next(inputs.marks().used(), used, shrinks, seen.at());
        Actuation.Course course =
                marking.isAwaited() ? reached.keeping(before.replicas(), waitingForMarks(before)) : reached;
        memory = memory.decided(judgement.memory(), course.now());
        List<Order> orders = new ArrayList<>(looks);
        orders.addAll(course.orders());
        orders.addAll(settle(decision, seen));
        if (!used.isEmpty() && marking.isOrdered(seen.at())) {
            orders.add(new Order.MarkPods(used));
        }
        Decision told = course.waits().map(words -> withWords(decision, words)).orElse(decision);
        return new Step(memory.answer(), Optional.of(told), lagByTopic(seen), orders, look());
    }

    /** Judges, and holds the policy to what must not happen whatever it says. */
    private Judgement judge(Observation seen) {
        Judgement judgement = policy.judge(memory.policy(), seen);
        boolean ends = !judgement.decision().active() && memory.actuation().replicas() > 0;
        boolean mayEnd = seen.lag() <= 0
                && settings.consumer() != Consumer.FLINK_OPERATOR
                && (settings.consumer() == Consumer.GROUP || seen.job().isPresent());
        return ends && !mayEnd ? new Judgement(kept(judgement.decision()), memory.policy()) : judgement;
    }

    private Decision kept(Decision decision) {
        List<String> words = new ArrayList<>(List.of("replicas are kept: something waits, or the job cannot be asked"));
        words.addAll(decision.because());
        return new Decision(
                decision.at(),
                Verdict.HOLD,
                true,
                memory.actuation().parallelism(),
                memory.actuation().replicas(),
                decision.lag(),
                decision.arrivalsPerSecond(),
                decision.capacityPerSubtask(),
                words,
                decision.alarms());
    }

    private List<Order> settle(Decision decision, Observation seen) {
        Optional<JobReading> job = seen.job().filter(each -> decision.verdict() == Verdict.SETTLING);
        if (job.isEmpty()) {
            settling = Settling.NOT;
            return List.of();
        }
        if (!settling.isToOrder(job.get(), seen.at())) {
            return List.of();
        }
        settling = settling.orderedAt(job.get(), seen.at());
        return List.of(new Order.TriggerCheckpoint());
    }

    /** Returns the TaskManagers with tasks, if any is without: only a job that is told its size leaves some unused. */
    private Set<String> used(Inputs inputs) {
        boolean isKept = inputs.marks().kept() && settings.consumer() == Consumer.FLINK_ADAPTIVE;
        return isKept
                ? inputs.job().flatMap(Reading::value).map(JobSnapshot::used).orElse(Set.of())
                : Set.of();
    }

    private static String waitingForMarks(Actuation before) {
        return "Kubernetes is told first which TaskManagers run no task; replicas stay at %d"
                .formatted(before.replicas());
    }

    private Step undecided(boolean stands, String reason, List<Order> looks) {
        Answer answer = stands ? memory.answer() : new Answer.Unknown(reason);
        return new Step(answer, Optional.empty(), Map.of(), looks, look());
    }

    private static List<Order> looks(Tracked tracked) {
        List<Order> looks = new ArrayList<>();
        tracked.probes().forEach(each -> looks.add(new Order.Probe(each.partition(), each.from(), each.end())));
        tracked.lookUps().forEach(each -> looks.add(new Order.LookUp(each.partition(), each.time())));
        return looks;
    }

    private Look look() {
        Duration poll = settings.poll();
        boolean changes = !memory.decided()
                || settling.isBegun()
                || marking.isAwaited()
                || memory.actuation().isInFlight();
        Duration job = changes ? shorter(poll, CHANGING) : poll;
        boolean sleeps = memory.decided() && memory.actuation().replicas() == 0;
        return new Look(sleeps ? shorter(poll, ASLEEP) : job, job);
    }

    private static Map<String, Double> lagByTopic(Observation seen) {
        return seen.partitions().stream()
                .collect(groupingBy(PartitionLag::topic, summingDouble(PartitionLag::records)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Decision withWords(Decision decision, String more) {
        List<String> words = new ArrayList<>(decision.because());
        words.add(more);
        return new Decision(
                decision.at(),
                decision.verdict(),
                decision.active(),
                decision.parallelism(),
                decision.replicas(),
                decision.lag(),
                decision.arrivalsPerSecond(),
                decision.capacityPerSubtask(),
                words,
                decision.alarms());
    }

    private static String reasonOf(Reading<?> reading) {
        return reading instanceof Reading.Unknown<?> unknown ? unknown.reason() : "it was read";
    }
}
