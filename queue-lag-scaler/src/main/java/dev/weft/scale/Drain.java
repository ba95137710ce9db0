package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What was seen of how fast a consumer drains.
 *
 * <p>If every subtask has a backlog, what they drain is what they can. If not, a Flink job says how busy it is: its
 * busiest subtask, of whichever vertex, would be the first that can do no more. That subtask is taken to be the one
 * whose partitions get most, so that skew does not look like weakness. A plain consumer does not say how busy it is.
 *
 * @param perSecond all subtasks together
 * @param perSubtask what one can drain; 0 if it cannot be told
 * @param weight how much that is to be believed, from 0 to 1
 * @param backlogged whether every subtask has a backlog
 */
record Drain(double perSecond, double perSubtask, double weight, boolean backlogged) {

    static final Drain NOTHING = new Drain(0, 0, 0, false);

    /** What waits less long is on its way, not behind: a job refreshes its positions some ten seconds apart. */
    static final double BACKLOG_SECONDS = 15;

    /**
     * What is less busy says little: the busiest of many is the one that chance made busiest. It is listened to only as
     * long as nothing better is known.
     */
    private static final double LEAST_BUSY = 0.5;

    private static final double LEAST_BUSY_AT_FIRST = 0.1;

    private static final double BUSY = 0.9;

    /** So long must there be a backlog: rates and positions are refreshed at moments of their own. */
    private static final Duration SURE = Duration.ofSeconds(30);

    /** Until then rates are those of the execution before, or of its first moments. */
    private static final Duration WARM = Duration.ofSeconds(15);

    static Drain of(Observation seen, Load load, int subtasks, Optional<Instant> behindSince, boolean known) {
        boolean cold = seen.job()
                .map(job -> job.targetLimited()
                        || job.runningSince()
                                .filter(since ->
                                        Duration.between(since, seen.at()).compareTo(WARM) >= 0)
                                .isEmpty())
                .orElse(false);
        double rate = seen.job().map(JobReading::recordsPerSecond).orElse(seen.drainedPerSecond());
        if (cold || subtasks <= 0 || rate <= 0) {
            return NOTHING;
        }
        double[] given = new double[subtasks];
        double[] waits = new double[subtasks];
        boolean[] reads = new boolean[subtasks];
        var assignment = new Assignment(subtasks);
        for (PartitionLag each : load.counted()) {
            int owner = assignment.ownerOf(each.topic(), each.partition());
            given[owner] += each.arrivalsPerSecond();
            waits[owner] += each.records();
            reads[owner] = true;
        }
        int readers = 0;
        int behind = 0;
        double rest = rate;
        double most = 0;
        for (int i = 0; i < subtasks; i++) {
            readers += reads[i] ? 1 : 0;
            if (waits[i] > BACKLOG_SECONDS * rate / subtasks) {
                behind++;
            } else {
                rest -= given[i];
                most = Math.max(most, given[i]);
            }
        }
        boolean backlogged = behind > 0 && behind == readers;
        if (backlogged
                && behindSince
                        .filter(since -> !since.plus(SURE).isAfter(seen.at()))
                        .isPresent()) {
            return new Drain(rate, rate / readers, 0.5, true);
        }
        double busiest = seen.job().map(JobReading::busiest).orElse(0.0);
        if (busiest < (known ? LEAST_BUSY : LEAST_BUSY_AT_FIRST)) {
            return new Drain(rate, 0, 0, backlogged);
        }
        double total = DoubleStream.of(given).sum();
        double ofBusiest = behind > 0 ? Math.max(rest / behind, most) : total > 0 ? rate * most / total : 0;
        return new Drain(
                rate, Math.min(rate, ofBusiest) / Math.min(1, busiest), busiest >= BUSY ? 0.5 : 0.2, backlogged);
    }

    Optional<Double> known() {
        return perSubtask > 0 ? Optional.of(perSubtask) : Optional.empty();
    }
}
