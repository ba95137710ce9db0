package dev.weft.scale.control;

import dev.weft.scale.Decision;
import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.PolicySettings;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.lag.JobSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a change of size has come: what KEDA and the job were told.
 *
 * <p>A job of the adaptive scheduler is told first. When it grows, KEDA hears of it at once, for TaskManagers take
 * their time to start; when it shrinks, KEDA hears of it when the job runs with the smaller number, so that no
 * TaskManager is taken from under a task. Such a change is one restart of the job, on a checkpoint. The others are told
 * nothing: their size is the number of their replicas.
 *
 * @param replicas that KEDA was told; 0 if none should be
 * @param parallelism the job is to run with; 0 if none should be, or nothing was decided yet
 * @param changed when {@code parallelism} was given its value, until the job was seen to run with it
 * @param told when the job was told last; empty if it never was, or knows
 */
record Actuation(int replicas, int parallelism, Optional<Instant> changed, Optional<Instant> told) {

    /** An order nothing is seen of for so long was lost, or somebody overruled it. */
    static final Duration LOST = Duration.ofSeconds(20);

    /** Beside the three checkpoints the adaptive scheduler waits for at most, a TaskManager needs time to start. */
    private static final Duration START = Duration.ofMinutes(2);

    /** Nobody was told anything. */
    static final Actuation NONE = new Actuation(0, 0, Optional.empty(), Optional.empty());

    /** What was reached, and what is to be done for more. */
    record Course(Actuation now, List<Order> orders, Optional<String> waits) {

        /** The same without another number of replicas. */
        Course keeping(int replicas, String words) {
            return new Course(now.withReplicas(replicas), orders, Optional.of(words));
        }
    }

    /** Returns the actuation of a consumer that somebody else gave its size. */
    static Actuation asFound(JobSnapshot job, PolicySettings settings) {
        int parallelism = job.reading().parallelism();
        int replicas = Math.max(job.taskManagers(), replicasFor(parallelism, settings));
        return new Actuation(replicas, parallelism, Optional.empty(), Optional.empty());
    }

    /** Goes as far towards a decision as what is known of the job allows. */
    Course towards(Decision decision, Optional<JobReading> job, PolicySettings settings, Instant at) {
        Actuation arrived = seen(job, settings, at);
        if (!decision.active()) {
            return new Course(NONE, List.of(), Optional.empty());
        }
        return arrived.heading(decision, job, at).telling(job, settings, at);
    }

    /** Whether a change was begun that the job was not seen to have made. */
    boolean isInFlight() {
        return changed.isPresent();
    }

    private Actuation seen(Optional<JobReading> job, PolicySettings settings, Instant at) {
        if (changed.isEmpty()) {
            return this;
        }
        boolean followed = settings.consumer() == Consumer.GROUP
                || job.filter(each -> runs(each) && each.parallelism() == parallelism)
                        .isPresent();
        Duration patience = START.plus(
                job.map(JobReading::checkpointInterval).orElse(Duration.ZERO).multipliedBy(3));
        Duration since = Duration.between(changed.get(), at);
        boolean givenUp = since.isNegative() || since.compareTo(patience) > 0;
        return followed || givenUp ? new Actuation(replicas, parallelism, Optional.empty(), told) : this;
    }

    private Actuation heading(Decision decision, Optional<JobReading> job, Instant at) {
        int goal = decision.parallelism();
        // A job without TaskManagers has nothing to restart, so there it costs nothing to ask for more.
        boolean free = changed.isEmpty()
                || (goal > parallelism && job.filter(Actuation::waits).isPresent());
        return goal == parallelism || !free ? this : new Actuation(replicas, goal, Optional.of(at), Optional.empty());
    }

    private Course telling(Optional<JobReading> job, PolicySettings settings, Instant at) {
        int goal = replicasFor(parallelism, settings);
        if (settings.consumer() != Consumer.FLINK_ADAPTIVE) {
            return new Course(withReplicas(goal), List.of(), Optional.empty());
        }
        boolean safe = goal >= replicas
                || job.filter(each -> !runs(each) || each.parallelism() <= parallelism)
                        .filter(each -> each.phase() != Phase.RESTARTING)
                        .isPresent();
        Actuation now = safe ? withReplicas(goal) : this;
        Optional<String> waits = safe ? Optional.empty() : Optional.of(now.waitingFor(job));
        return job.filter(each -> now.mustTell(each, at))
                .map(each -> new Course(
                        new Actuation(now.replicas, parallelism, changed, Optional.of(at)),
                        List.of(new Order.SetParallelism(parallelism)),
                        waits))
                .orElse(new Course(now, List.of(), waits));
    }

    private boolean mustTell(JobReading job, Instant at) {
        boolean knows = job.upperBound() > 0
                ? job.upperBound() == parallelism
                : changed.isEmpty() || job.parallelism() == parallelism;
        boolean lost = told.map(when -> Duration.between(when, at))
                .map(since -> since.isNegative() || since.compareTo(LOST) >= 0)
                .orElse(true);
        return job.phase() != Phase.ENDED && !knows && lost;
    }

    private Actuation withReplicas(int number) {
        return new Actuation(number, parallelism, changed, told);
    }

    private String waitingFor(Optional<JobReading> job) {
        return job.map(each -> "the job runs with %d subtasks yet; replicas stay at %d until it runs with %d"
                        .formatted(each.parallelism(), replicas, parallelism))
                .orElse("the job cannot be asked; replicas stay at %d".formatted(replicas));
    }

    private static boolean runs(JobReading job) {
        return job.phase() == Phase.RUNNING;
    }

    private static boolean waits(JobReading job) {
        return job.phase() == Phase.WAITING;
    }

    private static int replicasFor(int parallelism, PolicySettings settings) {
        int needed = (parallelism + settings.slots() - 1) / settings.slots();
        return Math.max(settings.minReplicas(), needed);
    }
}
