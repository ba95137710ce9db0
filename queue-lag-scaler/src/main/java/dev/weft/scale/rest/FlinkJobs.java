package dev.weft.scale.rest;

import dev.weft.config.Nearest;
import dev.weft.scale.lag.JobControl;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.Reading;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The Flink clusters of a scaler, by the REST interface of their JobManagers (version {@code v1}; tried with Flink
 * 2.2.1). Whatever cannot be found out in time is {@link Reading.Unknown} with a sentence that says why. Safe for use
 * by several threads.
 *
 * <p>How numbers are read, and what they are worth:
 *
 * <ul>
 *   <li>Rates and shares of time are differences over the last 10 s, each by the clock of the task itself, so that
 *       records and the time they took are of one moment. A subtask of which the JobManager has heard nothing for 15 s
 *       makes the job unknown, and until it has heard of all, a job that was just started is still restarting.
 *   <li>Positions are where the source last emitted a record, as old as what the JobManager has heard last: up to
 *       {@code metrics.fetcher.update-interval}, 10 s by default. After a failure a position may be shown that the
 *       source was at before and has not come to again.
 *   <li>{@code targetLimited} is said if the busiest vertex of the job waits for a system outside of it: a Kafka
 *       producer that waits for room in its buffer for more than half of the time, or, behind a source that is held up,
 *       a delivery of Weft with as many calls under way as it may have. More subtasks would wait beside it. Flink
 *       counts such waiting as busy time.
 * </ul>
 */
public final class FlinkJobs implements JobControl {

    private final Map<String, ClusterJobs> clusters = new TreeMap<>();
    private final InstantSource time;

    /**
     * Makes one; nothing is connected yet.
     *
     * @param endpoints by the name a {@link JobRef} has for the cluster
     */
    public FlinkJobs(Map<String, FlinkEndpoint> endpoints, InstantSource time) {
        endpoints.forEach((name, endpoint) -> clusters.put(name, new ClusterJobs(name, endpoint)));
        this.time = time;
    }

    @Override
    public Reading<JobSnapshot> read(JobRef job, Set<String> topics) {
        return ask(job, cluster -> cluster.read(job.job(), topics, time.instant()));
    }

    @Override
    public Reading<Integer> setParallelism(JobRef job, int upperBound) {
        return ask(job, cluster -> cluster.setParallelism(job.job(), upperBound));
    }

    @Override
    public Reading<OptionalLong> triggerCheckpoint(JobRef job) {
        return ask(job, cluster -> cluster.triggerCheckpoint(job.job()));
    }

    private interface Question<T> {
        T askOf(ClusterJobs cluster) throws RestFailure, InterruptedException;
    }

    private <T> Reading<T> ask(JobRef job, Question<T> question) {
        ClusterJobs cluster = clusters.get(job.cluster());
        if (cluster == null) {
            return new Reading.Unknown<>("there is no Flink cluster \"%s\" in the scaler's config%s"
                    .formatted(
                            job.cluster(),
                            Nearest.to(job.cluster(), clusters.keySet())
                                    .map(" but \"%s\""::formatted)
                                    .orElse("")));
        }
        try {
            return new Reading.Known<>(question.askOf(cluster));
        } catch (RestFailure e) {
            return new Reading.Unknown<>(e.reason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Unknown<>("the question was given up: the scaler ends");
        }
    }
}
