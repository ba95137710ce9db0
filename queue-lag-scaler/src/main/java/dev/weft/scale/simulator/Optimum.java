package dev.weft.scale.simulator;

import dev.weft.scale.simulator.Contender.Rescaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Whoever knew everything beforehand: sizes by dynamic programming over time, size and backlog, with the fewest late
 * seconds, and of those with the fewest replica-seconds, where a restart costs the replicas that stand still in it. It
 * knows every arrival, every disturbance and what each size drains, and starts TaskManagers before they are needed. It
 * keeps the promise of the others: what arrives in a minute uses no more than a share of a size, and there are no
 * replicas only when nothing waits. Its plan is made on records that flow and then carried out on the same
 * {@link Plant} as everybody's; if that is later than planned, a plan with more margin is tried, and the best run
 * counts.
 */
final class Optimum {

    /** Its name in tables. */
    static final String NAME = "optimum";

    /** A change costs so many seconds of work beside the restart: what was done since the checkpoint's barrier. */
    private static final int REPLAY = 2;

    /** A TaskManager is asked for so many seconds before it is needed, on top of its average start. */
    private static final int EARLY = 3;

    private static final double LATE = 1e7;

    /** The price of a second in a size without its reserve, far above that of any size. */
    private static final double RESERVE_MISSED = 200;

    /** Nothing is changed in so many steps at the end, where it would cost nothing. */
    private static final int LAST_STEPS = 6;

    /** A rate is a mean over so many seconds around a step. */
    private static final int SMOOTHED = 60;

    private static final int LINEAR_BUCKETS = 120;
    private static final double LINEAR_WIDTH = 50;
    private static final double LOG_BUCKETS_PER_E = 25;
    private static final int BUCKETS = 320;

    private final Scenario scenario;
    private final Foresight foresight;
    private final int step;
    private final int steps;
    private final double utilisation;

    /** What a plan leaves for what it cannot know of the plant. */
    private record Margin(double capacity, int slo) {}

    private static final List<Margin> MARGINS = List.of(new Margin(1, 5), new Margin(0.97, 12), new Margin(0.92, 22));

    /** A plan, and the seconds it expects to be late in. */
    private record Plan(int[] sizes, double secondsLate) {}

    private Optimum(Episode episode, double utilisation) {
        this.utilisation = utilisation;
        this.scenario = episode.scenario();
        this.foresight = new Foresight(episode);
        this.step = scenario.seconds() > 4 * 3600 ? 30 : 10;
        this.steps = scenario.seconds() / step;
    }

    /** @param utilisation the share of a size that what arrives may use; without bound if infinite */
    static Run.Outcome play(Episode episode, double utilisation) {
        Optimum optimum = new Optimum(episode, utilisation);
        List<Run.Outcome> outcomes = new ArrayList<>();
        for (Margin margin : MARGINS) {
            Plan plan = optimum.plan(margin);
            Contender contender = Contenders.of(NAME, Rescaling.ADAPTIVE, terms -> optimum.new Planned(plan.sizes()));
            Run.Outcome outcome = new Run(episode, contender).play();
            outcomes.add(outcome);
            if (outcome.score().secondsLate() <= plan.secondsLate()) {
                break;
            }
        }
        return outcomes.stream()
                .min(Comparator.comparing(
                        Run.Outcome::score,
                        Comparator.comparingInt(Score::secondsLate).thenComparingLong(Score::replicaSeconds)))
                .orElseThrow();
    }

    private Plan plan(Margin margin) {
        int sizes = foresight.sizes.length;
        double[] cost = new double[sizes * BUCKETS];
        double[] backlog = new double[sizes * BUCKETS];
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        int first = 0;
        for (int i = 0; i < sizes; i++) {
            first = foresight.sizes[i] <= scenario.replicas() ? i : first;
        }
        cost[first * BUCKETS] = 0;
        int[][] parents = new int[steps][];
        double[] last = new double[sizes * BUCKETS];
        double[] lastBacklog = new double[sizes * BUCKETS];
        for (int now = 0; now < steps; now++) {
            double[] swap = last;
            last = cost;
            cost = swap;
            swap = lastBacklog;
            lastBacklog = backlog;
            backlog = swap;
            parents[now] = advance(now, margin, last, lastBacklog, cost, backlog);
        }
        int best = 0;
        for (int state = 0; state < cost.length; state++) {
            best = cost[state] < cost[best] ? state : best;
        }
        double secondsLate = Math.floor(cost[best] / LATE);
        int[] plan = new int[steps];
        for (int now = steps - 1; now >= 0; now--) {
            plan[now] = foresight.sizes[best / BUCKETS];
            best = parents[now][best];
        }
        return new Plan(plan, secondsLate);
    }

    private int[] advance(
            int now, Margin margin, double[] last, double[] lastBacklog, double[] cost, double[] backlog) {
        int sizes = foresight.sizes.length;
        int[] parents = new int[sizes * BUCKETS];
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        int from = now * step;
        int to = from + step;
        double in = foresight.arrivedIn(from, to);
        double fresh = foresight.arrivedIn(to - scenario.cluster().slo() + margin.slo(), to);
        double added = 0;
        double set = Double.NaN;
        double work = 0;
        double limit = 0;
        for (int second = from; second < to; second++) {
            added += foresight.backlogAdded[second];
            set = Double.isNaN(foresight.backlogSet[second]) ? set : foresight.backlogSet[second];
            work += foresight.speed[second];
            limit += foresight.limit[second];
        }
        double arriving = foresight.arrivedIn(from - SMOOTHED / 2, to + SMOOTHED / 2) / (step + SMOOTHED);
        double speed = work > 0 ? work / step : 1;
        double needed = arriving / speed / utilisation;
        int least = 0;
        while (least < sizes - 1 && foresight.capacity[least] < needed) {
            least++;
        }
        boolean movable = foresight.movable(from, to) && now < steps - LAST_STEPS;
        boolean replays = foresight.replays(from, to);
        int pause = scenario.cluster().restart() + REPLAY;
        int start = scenario.cluster().taskManagerStart() + EARLY;
        for (int state = 0; state < last.length; state++) {
            if (last[state] == Double.POSITIVE_INFINITY) {
                continue;
            }
            int size = state / BUCKETS;
            double waiting = Double.isNaN(set) ? lastBacklog[state] + added : Math.min(set, lastBacklog[state]);
            waiting += replays ? foresight.capacity[size] * scenario.cluster().checkpointEvery() : 0;
            for (int next = 0; next < sizes; next++) {
                boolean tooSmall = next == 0 ? size != 0 && waiting + in > 0 : next < least && next != size;
                if (next != size && (tooSmall || !movable)) {
                    continue;
                }
                double share = next == size ? 1 : Math.max(0, step - pause) / (double) step;
                double drained = Math.min(foresight.capacity[next] * margin.capacity() * work * share, limit);
                double left = Math.max(0, waiting + in - drained);
                int n = foresight.sizes[next];
                int started = Math.max(0, n - foresight.sizes[size]);
                int early =
                        foresight.sizes[size] == 0 ? start + scenario.cluster().restart() : start;
                double price = last[state]
                        + (double) n * step
                        + (double) started * early
                        + (next == size ? 0 : pause * Math.max(n, foresight.sizes[size]))
                        + (next > 0 && next < least ? RESERVE_MISSED * step : 0)
                        + (left > fresh + 0.5 ? LATE * step : 0);
                int target = next * BUCKETS + bucket(left);
                if (price < cost[target]) {
                    cost[target] = price;
                    backlog[target] = left;
                    parents[target] = state;
                }
            }
        }
        return parents;
    }

    private static int bucket(double records) {
        double linear = records / LINEAR_WIDTH;
        if (linear < LINEAR_BUCKETS) {
            return (int) linear;
        }
        return Math.min(BUCKETS - 1, LINEAR_BUCKETS + (int) (LOG_BUCKETS_PER_E * Math.log(linear / LINEAR_BUCKETS)));
    }

    /** Carries a plan out: TaskManagers come early, the job is told in time, and what it no longer uses goes. */
    private final class Planned implements Autoscaler {

        private final int[] plan;
        private int second = -1;
        private int told = -1;

        private Planned(int[] plan) {
            this.plan = plan;
        }

        @Override
        public void tick(Sight sight, Levers levers) {
            second++;
            Plant plant = (Plant) sight; // it knows everything
            int now = at(second);
            int warm = scenario.cluster().taskManagerStart() + EARLY;
            int lead = now == 0 ? warm + scenario.cluster().restart() : warm;
            int most = now;
            for (int ahead = 1; ahead <= lead; ahead++) {
                most = Math.max(most, at(second + ahead));
            }
            if (most > plant.replicas()) {
                levers.setReplicas(most);
            }
            int parallelism = now == 0 ? most : now;
            if (parallelism > 0 && parallelism != told && levers.setParallelism(parallelism)) {
                levers.triggerCheckpoint();
                told = parallelism;
            }
            if (most >= plant.replicas()) {
                return;
            }
            if (most > 0 && plant.simulatedJob().parallelism() == now) {
                levers.setReplicas(most);
            } else if (most == 0 && plant.waiting() == 0 && plant.isCovered()) {
                levers.setReplicas(0);
            } else if (most == 0) {
                levers.triggerCheckpoint();
            }
        }

        private int at(int when) {
            return plan[Math.min(steps - 1, when / step)];
        }
    }
}
