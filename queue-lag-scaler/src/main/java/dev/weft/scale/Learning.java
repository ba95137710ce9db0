package dev.weft.scale;

import dev.weft.scale.JobReading.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an observation teaches, before anything is decided. */
final class Learning {

    /** Nobody looked for so long: what was seen before says nothing about the time between. */
    private static final Duration INTERRUPTED = Duration.ofSeconds(30);

    /** A consumer that runs although none was wanted for so long is somebody else's will. */
    private static final Duration OVERRULED = Duration.ofMinutes(5);

    private Learning() {}

    static Situation from(PolicySettings settings, Memory before, Observation seen) {
        Sizes sizes = Sizes.of(settings, seen.partitions());
        Memory memory = adopted(before, seen, sizes, settings);
        Optional<Instant> running = runningSince(seen, memory);
        int subtasks = subtasks(seen, memory, settings);
        boolean estimated = Situation.isEstimated(settings, seen);
        Load all = Load.of(seen, running, seen.checkpointInterval());
        // What waits is a guess then, and grows while checkpoints fail: what comes in is known.
        Load load = estimated ? all.arrivalsOnly() : all;
        double expected = memory.capacity().at(Math.max(1, subtasks), settings.capacityPerSubtask());
        Drain drain = estimated
                ? Drain.NOTHING
                : Drain.of(seen, load, subtasks, before.last().flatMap(Glance::backlogged), expected > 0);
        Capacity capacity = drain.known()
                .map(rate -> memory.capacity().with(subtasks, rate, drain.weight(), expected))
                .orElse(memory.capacity());
        boolean interrupted =
                before.last().map(last -> isInterrupted(last, seen, settings)).orElse(true);
        Patience patience = interrupted && memory.wanted() > 0
                ? memory.patience().needing(sizes.atLeast(memory.wanted()), sizes, seen.at())
                : memory.patience();
        Memory taught = memory.with(patience)
                .learning(
                        capacity,
                        restarts(before, seen, settings.poll()),
                        memory.quiet().with(seen, interrupted),
                        glance(before, seen, drain));
        return new Situation(settings, seen, taught, sizes, load, subtasks, drain);
    }

    /** Somebody else may have given the consumer its size: at the first look, and when it runs though none should. */
    private static Memory adopted(Memory before, Observation seen, Sizes sizes, PolicySettings settings) {
        int found =
                seen.job().map(JobReading::parallelism).orElse(seen.replicas().orElse(0) * settings.slots());
        if (before.last().isEmpty()) {
            boolean none =
                    found == 0 && seen.replicas().filter(there -> there == 0).isPresent();
            return before.finding(none ? 0 : sizes.atLeast(Math.max(1, found)).parallelism());
        }
        boolean woken = before.wanted() == 0
                && found > 0
                && seen.job().filter(job -> job.phase() == Phase.RUNNING).isPresent()
                && before.since()
                        .filter(since -> Duration.between(since, seen.at()).compareTo(OVERRULED) < 0)
                        .isEmpty();
        return woken ? before.finding(sizes.atLeast(found).parallelism()) : before;
    }

    private static Optional<Instant> runningSince(Observation seen, Memory memory) {
        return seen.job().isPresent() ? seen.job().flatMap(JobReading::runningSince) : memory.since();
    }

    private static int subtasks(Observation seen, Memory memory, PolicySettings settings) {
        if (seen.job().isPresent()) {
            return seen.job()
                    .filter(job -> job.phase() == Phase.RUNNING)
                    .map(JobReading::parallelism)
                    .orElse(0);
        }
        return seen.replicas().map(there -> there * settings.slots()).orElse(memory.wanted());
    }

    private static boolean isInterrupted(Glance last, Observation seen, PolicySettings settings) {
        Duration gap = Duration.between(last.at(), seen.at());
        return gap.isNegative()
                || gap.compareTo(INTERRUPTED) > 0
                        && gap.compareTo(settings.poll().multipliedBy(3)) > 0;
    }

    private static Restarts restarts(Memory before, Observation seen, Duration poll) {
        Optional<Instant> running = seen.job().flatMap(JobReading::runningSince);
        boolean newer = running.isPresent()
                && before.last().isPresent()
                && !running.equals(before.last().flatMap(Glance::runningSince));
        return newer ? before.restarts().with(before, seen, running.get(), poll) : before.restarts();
    }

    private static Glance glance(Memory before, Observation seen, Drain drain) {
        Optional<Instant> running = seen.job().flatMap(JobReading::runningSince);
        boolean asleep = seen.job().filter(job -> job.phase() == Phase.WAITING).isPresent();
        Optional<Instant> since =
                asleep ? Optional.empty() : running.or(() -> before.last().flatMap(Glance::runningSince));
        Instant ran =
                running.isPresent() ? seen.at() : before.last().map(Glance::ran).orElse(seen.at());
        Optional<Instant> behind = drain.backlogged()
                ? before.last().flatMap(Glance::backlogged).or(() -> Optional.of(seen.at()))
                : Optional.empty();
        Rise rise = before.last().map(Glance::rise).orElse(Rise.NONE).with(seen.at(), seen.arrivalsPerSecond());
        return new Glance(seen.at(), since, ran, behind, rise);
    }
}
