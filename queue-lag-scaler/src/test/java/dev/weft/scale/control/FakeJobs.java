package dev.weft.scale.control;

import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.JobControl;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.Reading;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Flink clusters, one job in each, that run with what they are told. */
public final class FakeJobs implements JobControl {

    private final InstantSource clock;
    final Map<String, Integer> told = new ConcurrentHashMap<>();
    final Map<String, CountDownLatch> stuck = new ConcurrentHashMap<>();
    final AtomicInteger reads = new AtomicInteger();

    public FakeJobs(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Reading<JobSnapshot> read(JobRef job, Set<String> topics) {
        reads.incrementAndGet();
        CountDownLatch latch = stuck.get(job.cluster());
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Reading.Unknown<>("it does not answer");
        }
        int parallelism = told.getOrDefault(job.cluster(), 1);
        JobReading reading = new JobReading(
                Phase.RUNNING,
                parallelism,
                Optional.of(clock.instant().minusSeconds(600)),
                0,
                0.1,
                0,
                false,
                Optional.empty(),
                0,
                Duration.ofSeconds(10),
                parallelism);
        return new Reading.Known<>(new JobSnapshot(
                clock.instant(),
                "a1",
                1,
                reading,
                Map.of(),
                OptionalInt.empty(),
                0,
                parallelism,
                FakePods.first(parallelism)));
    }

    @Override
    public Reading<Integer> setParallelism(JobRef job, int upperBound) {
        told.put(job.cluster(), upperBound);
        return new Reading.Known<>(upperBound);
    }

    @Override
    public Reading<OptionalLong> triggerCheckpoint(JobRef job) {
        return new Reading.Known<>(OptionalLong.empty());
    }
}
