package dev.weft.scale.control;

import dev.weft.scale.Decision;
import dev.weft.scale.control.Answers.Seen;
import dev.weft.scale.control.Answers.Subscription;
import dev.weft.scale.control.ScaledQueue.Inputs;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueReader.Probed.Unclear;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A ScaledObject the collector looks after: its newest answer, what was read of it since, and when to look again. Safe
 * for use by several threads. Times are milliseconds of the collector's own, which do not jump as the time of day may.
 */
final class Tended {

    /** Beyond three looks, so much older may an answer be: readings take their time when others do not answer. */
    private static final long READINGS = 60_000;

    /** A job that does not answer is asked less often, down to this. */
    private static final long LEAST_OFTEN = 30_000;

    /** Triggers of a ScaledObject that come again within this are used both. */
    private static final long TURNS = 120_000;

    /** What is remembered is kept at least this often, and at once when the answer changes. */
    private static final long KEEPING = 30_000;

    private final Trigger trigger;
    private final Optional<Trigger> before;
    private final long began;
    private final Supplier<ScaledQueue> beginning;
    private final Subscribers subscribers;
    private final History history = new History();
    private final long poll;

    private @Nullable ScaledQueue queue;
    private volatile long asked;
    private volatile Answer answer = new Answer.Unknown("nobody has looked yet");
    private Map<TopicPartition, Probed> probes = Map.of();
    private Map<TopicPartition, Long> starts = Map.of();
    private Marks marks;
    private Optional<Reading<JobSnapshot>> job = Optional.empty();
    private Map<TopicPartition, Offsets> last = Map.of();
    private boolean looking;
    private CompletableFuture<Void> jobHeard = CompletableFuture.completedFuture(null);
    private boolean onErrand;
    private boolean isMarking;
    private boolean sleeping;
    private boolean replaced;
    private int silences;
    private long lookAt;
    private long askJobAt;
    private long pause;
    private long jobPause;
    private long stepped;
    private long recorded;
    private long kept;

    /**
     * Begins to look after a ScaledObject; its memory is asked for with the first step.
     *
     * @param before the trigger in whose place this one came; empty if there was none
     * @param marks whether anybody marks the Pods of its job
     */
    Tended(
            Trigger trigger,
            Optional<Trigger> before,
            Supplier<ScaledQueue> beginning,
            Subscribers subscribers,
            Marks marks,
            long now) {
        this.trigger = trigger;
        this.before = before;
        this.began = now;
        this.beginning = beginning;
        this.subscribers = subscribers;
        this.marks = marks;
        this.poll = trigger.policy().poll().toMillis();
        this.pause = poll;
        this.jobPause = poll;
        this.lookAt = now;
        this.askJobAt = now;
        this.asked = now;
        this.stepped = now;
        this.recorded = now - poll;
        this.kept = now;
    }

    Trigger trigger() {
        return trigger;
    }

    /** Whether a trigger was here lately and comes again: a ScaledObject that has both. */
    boolean takesTurnsWith(Trigger other, long now) {
        return now - began < TURNS && before.filter(other::equals).isPresent();
    }

    Subscribers subscribers() {
        return subscribers;
    }

    /** Returns the newest answer to somebody who asked; waits for nobody, not even for a step. */
    Answer asked(long now) {
        asked = now;
        return answer;
    }

    synchronized boolean isForgotten(long now, long after) {
        return subscribers.isEmpty() && now - asked > after;
    }

    /** Another one takes its place: it tells nobody anything more, whatever a step comes to that is under way. */
    synchronized void replaced() {
        replaced = true;
    }

    synchronized List<Seen> history() {
        return history.all();
    }

    synchronized Optional<Seen> newest() {
        return history.newest();
    }

    synchronized Collector.Lane lane() {
        return new Collector.Lane(trigger.queue().cluster(), sleeping);
    }

    /** Begins a look if it is time for one; {@link #looked} ends it. */
    synchronized boolean beginsLook(long now) {
        if (looking || lookAt > now) {
            return false;
        }
        looking = true;
        return true;
    }

    /** Begins to ask for the job if it is time; {@link #heardOfJob} ends it. */
    synchronized boolean beginsToAskJob(long now) {
        if (trigger.job().isEmpty() || !jobHeard.isDone() || askJobAt > now) {
            return false;
        }
        jobHeard = new CompletableFuture<>();
        long backedOff = silences == 0 ? 0 : Math.min(LEAST_OFTEN, poll << silences);
        askJobAt = next(now, Math.max(jobPause, backedOff));
        return true;
    }

    /** Returns when a step may be taken: it waits for the newest of the job, but who sleeps is woken without. */
    synchronized CompletableFuture<Void> jobHeard() {
        return sleeping ? CompletableFuture.completedFuture(null) : jobHeard;
    }

    void heardOfJob(Reading<JobSnapshot> reading) {
        CompletableFuture<Void> heard;
        synchronized (this) {
            silences = reading.value().isPresent() ? 0 : Math.min(silences + 1, 5);
            job = Optional.of(reading);
            heard = jobHeard;
        }
        heard.complete(null);
    }

    /** Begins to carry out what a step wants to know; {@link #errandEnded} ends it. */
    synchronized boolean beginsErrand() {
        if (onErrand) {
            return false;
        }
        onErrand = true;
        return true;
    }

    /** What was found out is an input of the next step, which comes soon. */
    synchronized void errandEnded(Map<TopicPartition, Probed> found, Map<TopicPartition, Long> offsets, long now) {
        onErrand = false;
        probes = found;
        starts = offsets;
        boolean anything = !offsets.isEmpty() || found.values().stream().anyMatch(each -> !(each instanceof Unclear));
        lookAt = anything ? now : lookAt; // who finds nothing out is not asked faster for it
    }

    /** Begins to have Pods marked; {@link #podsMarked} ends it. */
    synchronized boolean beginsMarking() {
        if (isMarking) {
            return false;
        }
        isMarking = true;
        return true;
    }

    /** The next step may wait for it, and comes at once then; what was not done is found out by the steps. */
    synchronized void podsMarked(Optional<Set<String>> used, long now) {
        isMarking = false;
        marks = used.map(Marks::by).orElse(marks);
        lookAt = used.isPresent() ? now : lookAt;
    }

    /**
     * Passes over a look at a sleeper that shows what the last one did, so that a thousand of them cost little. Returns
     * whether it did; a step is taken with every poll nevertheless.
     */
    synchronized boolean passesOver(Reading<QueueSnapshot> offsets, long now) {
        boolean same = offsets instanceof Reading.Known<QueueSnapshot> known
                && known.known().partitions().equals(last)
                && probes.isEmpty()
                && starts.isEmpty();
        if (!sleeping || !same || now - stepped >= poll) {
            return false;
        }
        looking = false;
        lookAt = next(now, pause);
        return true;
    }

    /** Takes a step with what was read. */
    synchronized Step step(Instant at, Reading<QueueSnapshot> offsets, long now) {
        Optional<Reading<JobSnapshot>> newest = trigger.job().isEmpty()
                ? Optional.empty()
                : job.or(() -> Optional.of(new Reading.Unknown<>("it has not answered yet")));
        if (queue == null) {
            queue = beginning.get();
        }
        Step step = queue.advance(new Inputs(at, offsets, newest, probes, starts, marks));
        probes = Map.of();
        starts = Map.of();
        marks = marks.kept() ? Marks.UNCHANGED : marks;
        last = offsets.value().map(QueueSnapshot::partitions).orElse(Map.of());
        pause = step.look().queue().toMillis();
        jobPause = step.look().job().toMillis();
        sleeping = pause < jobPause;
        askJobAt = silences == 0 ? Math.min(askJobAt, next(now, jobPause)) : askJobAt;
        lookAt = next(now, pause);
        step.decision().ifPresent(decision -> record(decision, step, now));
        say(step.answer());
        return step;
    }

    /** A step ended in an exception; nobody knows what would have come of it. */
    synchronized void failed(String reason, long now) {
        lookAt = next(now, poll);
        say(new Answer.Unknown(reason));
    }

    synchronized void looked(long now) {
        looking = false;
        stepped = now;
    }

    /** Takes back an answer that is too old to be given, whatever the reason. */
    synchronized void expire(long now) {
        if (now - stepped > 3 * poll + READINGS && answer instanceof Answer.Wanted) {
            say(new Answer.Unknown("nobody has looked for %d s".formatted((now - stepped) / 1000)));
        }
    }

    synchronized Subscription watch(Consumer<Answer> listener) {
        return subscribers.add(listener, answer);
    }

    /** Returns what it remembers; empty before its first step. */
    synchronized Optional<byte[]> remembered() {
        return Optional.ofNullable(queue).map(ScaledQueue::remembered);
    }

    /** Whether it is time to keep what is remembered; at once if {@code important}. */
    synchronized boolean isToKeep(boolean important, long now) {
        if (!important && now - kept < KEEPING) {
            return false;
        }
        kept = now;
        return true;
    }

    private void record(Decision decision, Step step, long now) {
        boolean news = History.isChange(decision) || !step.answer().equals(answer);
        if (news || now - recorded >= poll) {
            recorded = now;
            history.add(new Seen(decision, step.answer(), step.lagByTopic()));
        }
    }

    /** Those with the same pause have the same moments, so that a cluster is asked for many of them at once. */
    private static long next(long now, long pause) {
        return (now / pause + 1) * pause;
    }

    private void say(Answer next) {
        if (!replaced && !next.equals(answer)) {
            answer = next;
            subscribers.tell(next);
        }
    }
}
