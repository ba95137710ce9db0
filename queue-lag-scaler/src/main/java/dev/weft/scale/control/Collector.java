package dev.weft.scale.control;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobControl;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.PodControl;
import dev.weft.scale.lag.QueueReader;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after all ScaledObjects that somebody asks about: reads for them in the background, takes their steps, carries
 * out what they order, and keeps what they remember. One beat after the other it looks who is due, asks each Kafka
 * cluster once for all queues of it that are, and each Flink cluster for itself, so that nobody waits for somebody else
 * who does not answer. A ScaledObject whose step fails stops no other.
 *
 * <p>The time of day is only written down; when to look again is counted in beats, so a clock that is set forwards or
 * back neither stops the collector nor hurries it.
 */
public final class Collector implements Answers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** How often it is looked who is due, in milliseconds. */
    private static final long BEAT = 100;

    /** A ScaledObject nobody asks about for so long is looked after no more; what is remembered of it stays. */
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(10).toMillis();

    /** So many ScaledObjects are looked after; names come from whoever can call. */
    private static final int MOST = 10_000;

    /**
     * Who reads a cluster rests for as long as that took, so that it never does nothing else, and no longer than this.
     */
    private static final long LONGEST_REST = 1_000;

    private static final long LOAD_AGAIN = 5_000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final QueueReader queues;
    private final JobControl jobs;
    private final PodControl pods;
    private final Memories memories;
    private final InstantSource clock;
    private final CollectorEvents events;
    private final Troubles troubles = new Troubles();
    private final Errands errands;

    private final Map<ScaledObjectKey, Tended> tended = new ConcurrentHashMap<>();
    private final Map<String, byte[]> remembered = new ConcurrentHashMap<>();
    private final Map<Lane, Long> restingUntil = new ConcurrentHashMap<>();
    private final Set<Lane> beingRead = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile boolean loaded;
    private volatile long loadAt;
    private volatile long now;

    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("beat"));
    private final Crew readers = new Crew("reader", 16);
    private final Crew askers = new Crew("asker", 32);
    private final Crew steppers = new Crew("stepper", 2);
    private final Crew tellers = new Crew("teller", 4);

    /**
     * What is read at once, one time after the other: the queues of a Kafka cluster, but those whose consumers sleep
     * apart from the others. They are few offsets, often, and must not wait for many.
     */
    record Lane(String cluster, boolean asleep) {}

    /** Makes a collector that does nothing before it is {@linkplain #start() started}. */
    public Collector(
            QueueReader queues,
            JobControl jobs,
            PodControl pods,
            Memories memories,
            InstantSource clock,
            CollectorEvents events) {
        this.queues = queues;
        this.jobs = jobs;
        this.pods = pods;
        this.memories = memories;
        this.clock = clock;
        this.events = events;
        this.errands = new Errands(queues, jobs, pods, events, troubles, () -> now);
    }

    /** Begins: loads what is remembered, and looks at nothing before that is done. Returns at once. */
    public void start() {
        beats.scheduleAtFixedRate(this::guardedBeat, 0, BEAT, TimeUnit.MILLISECONDS);
    }

    /** Returns whether what is remembered was loaded; before that no answer is known. */
    public boolean isReady() {
        return loaded;
    }

    @Override
    public Answer of(Trigger trigger) {
        return tend(trigger)
                .map(each -> each.trigger().equals(trigger) ? each.asked(now) : otherOf(each))
                .orElseGet(Collector::tooMany);
    }

    @Override
    public Subscription watch(Trigger trigger, Consumer<Answer> listener) {
        Optional<Tended> whose = tend(trigger);
        if (whose.filter(each -> each.trigger().equals(trigger)).isPresent()) {
            return whose.get().watch(listener);
        }
        return new Subscribers(tellers)
                .add(listener, whose.map(Collector::otherOf).orElseGet(Collector::tooMany));
    }

    @Override
    public List<ScaledObjectKey> scaledObjects() {
        return tended.keySet().stream()
                .sorted(comparing(ScaledObjectKey::toString))
                .toList();
    }

    @Override
    public Optional<Seen> newest(ScaledObjectKey key) {
        return Optional.ofNullable(tended.get(key)).flatMap(Tended::newest);
    }

    @Override
    public Optional<List<Seen>> history(ScaledObjectKey key) {
        return Optional.ofNullable(tended.get(key)).map(Tended::history);
    }

    /** Ends all work, within some seconds; what is remembered is kept before. */
    @Override
    public void close() {
        beats.shutdownNow();
        errands.stop();
        readers.stop();
        askers.stop();
        steppers.finish(LAST_WORDS);
        tended.values().forEach(this::keep);
        tellers.finish(LAST_WORDS);
    }

    /** Returns what looks after a ScaledObject from now on; it may be another trigger of it that does. */
    private Optional<Tended> tend(Trigger trigger) {
        ScaledObjectKey key = trigger.scaledObject();
        Tended known = tended.get(key);
        if (known != null && known.trigger().equals(trigger)) {
            return Optional.of(known);
        }
        if (known == null && tended.size() >= MOST) {
            return Optional.empty();
        }
        return Optional.ofNullable(tended.compute(key, (name, before) -> {
            if (before == null) {
                return begun(trigger, Optional.empty(), new Subscribers(tellers));
            }
            if (before.trigger().equals(trigger) || before.takesTurnsWith(trigger, now)) {
                return before;
            }
            before.replaced();
            keep(before);
            return begun(trigger, Optional.of(before.trigger()), before.subscribers());
        }));
    }

    private Tended begun(Trigger trigger, Optional<Trigger> before, Subscribers subscribers) {
        boolean marks = trigger.job().filter(job -> pods.keeps(job.cluster())).isPresent();
        return new Tended(
                trigger, before, () -> begin(trigger), subscribers, marks ? Marks.UNCHANGED : Marks.UNKEPT, now);
    }

    private static Answer tooMany() {
        return new Answer.Unknown("found more than %d ScaledObjects, expected no more".formatted(MOST));
    }

    private static Answer otherOf(Tended whose) {
        return new Answer.Unknown(
                "found two triggers of this scaler in ScaledObject %s, expected one; the other is of group %s"
                        .formatted(
                                whose.trigger().scaledObject(),
                                whose.trigger().queue().group()));
    }

    private ScaledQueue begin(Trigger trigger) {
        byte[] memory = remembered.get(trigger.scaledObject().toString());
        if (memory == null) {
            return new ScaledQueue(trigger);
        }
        try {
            return ScaledQueue.restored(trigger, memory);
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: begins without memory: {}", trigger.scaledObject(), e.getMessage());
            return new ScaledQueue(trigger);
        }
    }

    private void keep(Tended whose) {
        whose.remembered().ifPresent(memory -> {
            String name = whose.trigger().scaledObject().toString();
            remembered.put(name, memory);
            memories.keep(name, memory);
        });
    }

    private void guardedBeat() {
        try {
            beat();
        } catch (RuntimeException e) {
            LOG.error("A beat of the collector failed; the next one comes", e);
        }
    }

    /** Begins whatever is due. The beats are the collector's only clock. */
    void beat() {
        long at = now + BEAT;
        now = at;
        if (!loaded) {
            load(at);
            return;
        }
        for (Tended each : tended.values()) {
            each.expire(at);
            if (each.isForgotten(at, FORGOTTEN_AFTER)) {
                forget(each);
            }
        }
        tended.values().stream()
                .filter(each -> isFree(each.lane(), at))
                .filter(each -> each.beginsLook(at))
                .collect(groupingBy(Tended::lane))
                .forEach((lane, due) -> {
                    beingRead.add(lane);
                    readers.execute(() -> read(lane, due, at));
                });
    }

    private boolean isFree(Lane lane, long at) {
        return !beingRead.contains(lane) && restingUntil.getOrDefault(lane, 0L) <= at;
    }

    private void load(long at) {
        if (loadAt > at || !loading.compareAndSet(false, true)) {
            return;
        }
        readers.execute(() -> {
            try {
                remembered.putAll(memories.load());
                troubles.are("what is remembered", Optional.empty(), now);
                loaded = true;
            } catch (IOException | RuntimeException e) {
                troubles.are("what is remembered", Optional.of("cannot be loaded: " + e), now);
                loadAt = now + LOAD_AGAIN;
            } finally {
                loading.set(false);
            }
        });
    }

    private void forget(Tended whose) {
        keep(whose);
        tended.remove(whose.trigger().scaledObject(), whose);
    }

    private void read(Lane lane, List<Tended> due, long began) {
        due.stream().filter(each -> each.beginsToAskJob(began)).forEach(this::askJob);
        Map<QueueRef, Reading<QueueSnapshot>> offsets = readQueues(lane.cluster(), due);
        restingUntil.put(lane, now + Math.min(LONGEST_REST, now - began));
        beingRead.remove(lane);
        for (Tended each : due) {
            Reading<QueueSnapshot> reading =
                    offsets.getOrDefault(each.trigger().queue(), new Reading.Unknown<>("nobody said anything of it"));
            each.jobHeard().thenRunAsync(() -> step(each, reading), steppers);
        }
    }

    private Map<QueueRef, Reading<QueueSnapshot>> readQueues(String cluster, List<Tended> due) {
        Set<QueueRef> wanted = due.stream().map(each -> each.trigger().queue()).collect(toSet());
        Instant began = clock.instant();
        Map<QueueRef, Reading<QueueSnapshot>> offsets;
        try {
            offsets = queues.read(wanted);
        } catch (RuntimeException | Error e) { // whatever it was, who waits for this is to look again
            offsets = wanted.stream().collect(toMap(each -> each, each -> new Reading.Unknown<>(e.toString())));
        }
        List<String> reasons = offsets.values().stream()
                .filter(Reading.Unknown.class::isInstance)
                .map(each -> ((Reading.Unknown<?>) each).reason())
                .toList();
        Optional<String> words = reasons.stream()
                .min(naturalOrder())
                .map(first ->
                        "%d of %d queues cannot be read, such as: %s".formatted(reasons.size(), wanted.size(), first));
        troubles.are("Kafka cluster " + cluster, words, now);
        events.queuesRead(cluster, since(began), wanted.size(), reasons.size());
        return offsets;
    }

    private void askJob(Tended whose) {
        JobRef job = whose.trigger().job().orElseThrow();
        askers.execute(() -> {
            Instant began = clock.instant();
            Reading<JobSnapshot> reading;
            try {
                reading = jobs.read(job, whose.trigger().queue().topics());
            } catch (RuntimeException | Error e) {
                reading = new Reading.Unknown<>(e.toString());
            }
            Optional<String> words = reading instanceof Reading.Unknown<JobSnapshot> unknown
                    ? Optional.of("cannot be read: " + unknown.reason())
                    : Optional.empty();
            troubles.are("job %s of %s".formatted(job, whose.trigger().scaledObject()), words, now);
            events.jobRead(job, since(began), words.isEmpty());
            whose.heardOfJob(reading);
        });
    }

    private void step(Tended whose, Reading<QueueSnapshot> offsets) {
        if (whose.passesOver(offsets, now)) {
            return;
        }
        ScaledObjectKey name = whose.trigger().scaledObject();
        try {
            Step step = whose.step(clock.instant(), offsets, now);
            troubles.are("ScaledObject " + name, Optional.empty(), now);
            if (whose.equals(tended.get(name))) { // another trigger may have taken its place meanwhile
                follow(whose, step);
            }
            events.stepTaken(name, step);
        } catch (RuntimeException e) {
            LOG.debug("{}: a step failed", name, e);
            troubles.are("ScaledObject " + name, Optional.of("a step failed: " + e), now);
            whose.failed("the scaler failed: " + e, now);
            events.stepFailed(name);
        } finally {
            whose.looked(now);
        }
    }

    private void follow(Tended whose, Step step) {
        errands.begin(whose, step.orders());
        step.change().ifPresent(change -> LOG.info("{}: {}", whose.trigger().scaledObject(), change.because()));
        if (whose.isToKeep(step.change().isPresent(), now)) {
            keep(whose);
        }
    }

    private Duration since(Instant began) {
        Duration took = Duration.between(began, clock.instant());
        return took.isNegative() ? Duration.ZERO : took;
    }
}
