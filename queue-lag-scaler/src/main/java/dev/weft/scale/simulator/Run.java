package dev.weft.scale.simulator;

import java.time.Duration;
import java.util.OptionalInt;

/** One policy in one scenario with one seed. */
final class Run {

    /** A picture has room for so many points. */
    private static final int POINTS = 300;

    private final Scenario scenario;
    private final Plant plant;
    private final Autoscaler autoscaler;

    private int secondsLate;
    private long replicaSeconds;
    private int wake = -1;
    private int zero = -1;
    private int wrongZeros;
    private int uncoveredZeros;
    private int wrongWakes;
    private int oldest;
    private int lastTaken;
    private int waitingAtZeroSince = -1;

    Run(Episode episode, Contender contender) {
        this.scenario = episode.scenario();
        this.plant = new Plant(episode, contender.rescaling());
        this.autoscaler = contender.begin(terms(scenario, episode.seed()));
    }

    private static Terms terms(Scenario scenario, long seed) {
        Cluster cluster = scenario.cluster();
        return new Terms(
                Plant.TOPIC,
                Plant.GROUP,
                cluster.partitions(),
                cluster.perSubtask(),
                cluster.maxReplicas(),
                Duration.ofSeconds(cluster.slo()),
                seed);
    }

    /** What came of it. */
    record Outcome(Score score, Course course) {}

    Outcome play() {
        int step = Math.max(1, scenario.seconds() / POINTS);
        int points = scenario.seconds() / step;
        Course course = new Course(
                step, new double[points], new long[points], new int[points], new int[points], new int[points]);
        for (int second = 0; second < scenario.seconds(); second++) {
            plant.step();
            int before = plant.replicas();
            autoscaler.tick(plant, plant);
            long waiting = plant.waiting();
            int age = waiting == 0 ? 0 : plant.age();
            judge(second, before, waiting, age);
            draw(course, second, waiting, age);
        }
        Score score = new Score(
                secondsLate,
                replicaSeconds,
                plant.simulatedJob().changes(),
                optional(wake),
                optional(zero),
                wrongZeros,
                uncoveredZeros,
                wrongWakes,
                plant.delivered(),
                plant.waiting(),
                oldest);
        return new Outcome(score, course);
    }

    private static OptionalInt optional(int value) {
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private void judge(int second, int before, long waiting, int age) {
        int after = plant.replicas();
        oldest = Math.max(oldest, age);
        secondsLate += age > scenario.cluster().slo() ? 1 : 0;
        replicaSeconds += after;
        if (plant.takenNow() > 0) {
            lastTaken = second;
            if (waitingAtZeroSince >= 0) {
                wake = Math.max(wake, second - waitingAtZeroSince);
                waitingAtZeroSince = -1;
            }
        }
        if (before == 0 && waiting > 0 && waitingAtZeroSince < 0) {
            waitingAtZeroSince = second;
        }
        if (before > 0 && after == 0) {
            zero = Math.max(zero, second - lastTaken);
            wrongZeros += waiting > 0 ? 1 : 0;
            uncoveredZeros += plant.isCovered() ? 0 : 1;
        }
        if (before == 0 && after > 0) {
            wrongWakes += waiting == 0 ? 1 : 0;
        }
    }

    private void draw(Course course, int second, long waiting, int age) {
        int point = second / course.step();
        if (point >= course.age().length) {
            return;
        }
        course.arrivals()[point] += (double) plant.arrivedNow() / course.step();
        course.waiting()[point] = waiting;
        course.age()[point] = Math.max(course.age()[point], age);
        course.replicas()[point] = plant.replicas();
        course.running()[point] = plant.simulatedJob().parallelism();
    }
}
