package dev.weft.scale.simulator;

import dev.weft.scale.simulator.Arrivals.Rate;
import dev.weft.scale.simulator.Disturbance.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The cases that are played. Rates are records per second; a subtask drains 100 of them. */
public final class Scenarios {

    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final int STEADY = 180;

    private Scenarios() {}

    /** Returns all of them. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(loads());
        all.addAll(sleeps());
        all.addAll(traps());
        all.addAll(failures());
        return List.copyOf(all);
    }

    /** Returns the one of that name. */
    public static Optional<Scenario> named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static List<Scenario> loads() {
        return List.of(
                hour("steady", "180 records per second, 60 % of three subtasks").arriving(steady()),
                hour("burst", "five times as much for ten minutes")
                        .arriving(Arrivals.poisson(second -> between(second, 900, 1500) ? 5 * STEADY : STEADY)),
                hour("ramp", "from 60 to 900 per second in 40 minutes")
                        .from(1)
                        .arriving(Arrivals.poisson(second -> 60 + 840 * Math.min(1, second / 2400.0))),
                hour("sine", "four to one and back every 20 minutes, for two hours")
                        .lasting(2 * HOUR)
                        .arriving(Arrivals.poisson(wave(300, 180, 1200))),
                hour("diurnal", "a day: 40 per second at night, 640 at noon, and noise")
                        .lasting(DAY)
                        .from(1)
                        .arriving(noisy(second -> 340 - 300 * Math.cos(2 * Math.PI * second / DAY), 0.15)),
                hour("noise", "180 per second on average; each 10 s differ from it by a factor of e^0.4 or so")
                        .arriving(noisy(second -> STEADY, 0.4)),
                hour("slow-drain", "600,000 records wait")
                        .from(2)
                        .waiting(600_000)
                        .arriving(rate(100)),
                hour("slower", "subtasks drain half as much from minute 15 on")
                        .with(new Disturbance(Kind.SLOWER, 900, HOUR, 0.5))
                        .arriving(steady()),
                hour("sub-linear", "the burst, and n subtasks drain only 100 n^0.85")
                        .on(Cluster.USUAL.withLinearity(0.85))
                        .arriving(Arrivals.poisson(second -> between(second, 900, 1500) ? 3 * STEADY : STEADY)));
    }

    private static List<Scenario> sleeps() {
        Arrivals ending = Arrivals.poisson(second -> second < 600 ? STEADY : 0);
        return List.of(
                hour("idle", "nothing comes after ten minutes").arriving(ending),
                hour("idle-transactional", "the same, written in transactions of 10 s")
                        .on(Cluster.USUAL.withTransaction(10))
                        .arriving(ending),
                hour("idle-new-group", "the same; the group never committed, and half of the partitions get nothing")
                        .on(Cluster.USUAL.withoutCommits())
                        .arriving(Arrivals.poisson(second -> second < 600 ? STEADY : 0, partition -> partition % 2)),
                hour("zero-to-one", "asleep; one record every ten minutes")
                        .from(0)
                        .arriving(oneEvery(600)),
                hour("zero-to-burst", "asleep; from minute 5 on 600 per second for half an hour")
                        .from(0)
                        .arriving(Arrivals.poisson(second -> between(second, 300, 2100) ? 600 : 0)));
    }

    private static List<Scenario> traps() {
        return List.of(
                hour("cpu-busy", "something else uses up the CPU from minute 10 to 50")
                        .with(new Disturbance(Kind.CPU_BUSY, 600, 3000, 0))
                        .arriving(steady()),
                hour("slow-target", "a target takes only 120 per second from minute 15 to 25")
                        .with(new Disturbance(Kind.TARGET_SLOW, 900, 1500, 120))
                        .arriving(steady()),
                hour("stuck-partition", "one partition gives no record from minute 10 on")
                        .with(new Disturbance(Kind.STUCK, 600, HOUR, 5))
                        .arriving(steady()),
                hour("hot-partition", "one partition gets 90 per second, the others 6")
                        .arriving(Arrivals.poisson(second -> 156, partition -> partition == 4 ? 90 : 6)),
                sawtooth(10),
                sawtooth(60),
                sawtooth(120),
                sawtooth(300),
                hour("failing-checkpoints", "none completes from minute 10 to 40")
                        .with(new Disturbance(Kind.CHECKPOINTS_FAIL, 600, 2400, 0))
                        .arriving(steady()),
                hour("transactional", "180 per second in transactions of 30 s")
                        .on(Cluster.USUAL.withTransaction(30))
                        .arriving(steady()),
                hour("compacted", "200,000 wait, compaction keeps 30 %, nothing comes after minute 40")
                        .on(Cluster.USUAL.withCompaction(0.3))
                        .waiting(200_000)
                        .arriving(Arrivals.poisson(second -> second < 2400 ? STEADY : 0)));
    }

    private static Scenario sawtooth(int seconds) {
        return hour("sawtooth-" + seconds, "a checkpoint every %d s".formatted(seconds))
                .on(Cluster.USUAL.withCheckpointEvery(seconds))
                .arriving(steady());
    }

    private static List<Scenario> failures() {
        return List.of(
                hour("offsets-unknown", "the broker cannot be asked for five minutes; the job goes on")
                        .with(new Disturbance(Kind.OFFSETS_UNKNOWN, 1200, 1500, 0))
                        .arriving(steady()),
                hour("broker-down", "no broker for ten minutes, for nobody")
                        .with(new Disturbance(Kind.BROKER_DOWN, 1200, 1800, 0))
                        .arriving(steady()),
                hour("rest-down", "the JobManager does not answer for 15 minutes, and the rate rises meanwhile")
                        .with(new Disturbance(Kind.REST_DOWN, 900, 1800, 0))
                        .arriving(Arrivals.poisson(second -> between(second, 1200, 2400) ? 300 : STEADY)),
                hour("jobmanager-fails", "120,000 wait, and the JobManager fails while they are drained")
                        .waiting(120_000)
                        .with(Disturbance.at(150, Kind.JOB_MANAGER_FAILS, 20))
                        .arriving(rate(100)),
                hour("taskmanager-killed", "one is killed, and replaced by Kubernetes")
                        .with(Disturbance.at(1800, Kind.TASK_MANAGER_KILLED, 0))
                        .arriving(steady()),
                hour("offset-reset", "the job is restored from a savepoint of ten minutes before")
                        .with(Disturbance.at(1800, Kind.REWIND, 600))
                        .arriving(steady()),
                hour("retention", "600,000 wait; all but the last minute's are deleted after five minutes")
                        .from(2)
                        .waiting(600_000)
                        .with(Disturbance.at(300, Kind.RETENTION, 60))
                        .arriving(rate(100)),
                hour("recreated", "the topic is deleted and created")
                        .with(Disturbance.at(1800, Kind.RECREATED, 0))
                        .arriving(steady()),
                hour("outage-then-quiet", "no offsets for ten minutes, in which the last record comes")
                        .with(new Disturbance(Kind.OFFSETS_UNKNOWN, 1200, 1800, 0))
                        .arriving(Arrivals.poisson(second -> second < 1500 ? STEADY : 0)),
                hour("scaler-restart", "the scaler is away for two minutes while a burst begins")
                        .with(new Disturbance(Kind.SCALER_DOWN, 860, 980, 0))
                        .arriving(Arrivals.poisson(second -> between(second, 900, 1500) ? 3 * STEADY : STEADY)));
    }

    private static boolean between(int second, int from, int to) {
        return from <= second && second < to;
    }

    private static Arrivals steady() {
        return rate(STEADY);
    }

    private static Arrivals rate(double perSecond) {
        return Arrivals.poisson(second -> perSecond);
    }

    private static Rate wave(double mean, double amplitude, int period) {
        return second -> mean + amplitude * Math.sin(2 * Math.PI * second / period);
    }

    /** A rate that differs in each 10 s by a factor of its own, whose logarithm is normal. */
    private static Arrivals noisy(Rate rate, double sigma) {
        return (seconds, partitions, random) -> {
            SplittableRandom noise = new SplittableRandom(random.nextLong());
            double[] factors = new double[seconds / 10 + 1];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = Math.exp(sigma * noise.nextGaussian() - sigma * sigma / 2);
            }
            return Arrivals.poisson(second -> rate.at(second) * factors[second / 10])
                    .generate(seconds, partitions, random);
        };
    }

    private static Arrivals oneEvery(int period) {
        return (seconds, partitions, random) -> {
            int[][] records = new int[seconds][partitions];
            for (int second = period / 2; second < seconds; second += period) {
                records[second][random.nextInt(partitions)] = 1;
            }
            return records;
        };
    }

    private static Draft hour(String name, String story) {
        return new Draft(name, story, HOUR, Cluster.USUAL, 3, 0, List.of());
    }

    /** A scenario without its arrivals. */
    private record Draft(
            String name,
            String story,
            int seconds,
            Cluster cluster,
            int replicas,
            long backlog,
            List<Disturbance> disturbances) {

        Draft lasting(int time) {
            return new Draft(name, story, time, cluster, replicas, backlog, disturbances);
        }

        Draft on(Cluster other) {
            return new Draft(name, story, seconds, other, replicas, backlog, disturbances);
        }

        Draft from(int count) {
            return new Draft(name, story, seconds, cluster, count, backlog, disturbances);
        }

        Draft waiting(long records) {
            return new Draft(name, story, seconds, cluster, replicas, records, disturbances);
        }

        Draft with(Disturbance disturbance) {
            return new Draft(name, story, seconds, cluster, replicas, backlog, List.of(disturbance));
        }

        Scenario arriving(Arrivals arrivals) {
            return new Scenario(name, story, seconds, cluster, replicas, backlog, arrivals, disturbances);
        }
    }
}
