package dev.weft.scale;

import java.util.Arrays;
import java.util.List;

/**
 * What becomes of a load at one size or another: a fluid model of each subtask with its own partitions, so that skew,
 * backlog and the price of a restart are weighed by one measure, the seconds in which a record waits longer than it
 * may.
 *
 * <pre>
 *  now          wait: the size as it is          restart: nobody drains     then: the new size
 *  |------------------------------------------|---------------------------|------------------------>
 *  lag_p   + (arrivals - drained) * wait          + arrivals * restart        - (drained - arrivals) * t
 * </pre>
 *
 * <p>A subtask that drains {@code mu} per second and is given {@code a} is within the limit as long as neither its
 * oldest record nor its last one, {@code lag / mu} from its turn, is older. If it drains more than it is given, it is
 * within the limit again when all that waits came in within the limit: {@code (lag - limit * a) / (mu - a)}. If it is
 * given more, it leaves the limit when {@code lag = limit * mu} and does not come back.
 *
 * <p>A partition that alone is given more than a subtask drains falls behind at any size. It is reckoned with as one
 * that just fills a subtask, so that the others are not kept waiting by it.
 */
final class Outlook {

    /** What is given more of what is drained does not get less for any time that counts. */
    private static final double MARGIN = 0.999;

    /** What a partition that needs more than a subtask takes of it. */
    private static final double FILLED = 0.98;

    private final List<PartitionLag> partitions;
    private final double scale;
    private final double limit;
    private final double horizon;

    /**
     * @param scale by which all arrivals are multiplied
     * @param limit seconds a record may wait
     * @param horizon seconds to look ahead
     */
    Outlook(List<PartitionLag> partitions, double scale, double limit, double horizon) {
        this.partitions = partitions;
        this.scale = scale;
        this.limit = limit;
        this.horizon = horizon;
    }

    /** So many subtasks, each of which drains so much per second. */
    record Stage(int subtasks, double perSubtask) {}

    /** Returns seconds over the limit if nothing is changed. */
    double ofStaying(Stage now) {
        return secondsOver(now, lags(), ages());
    }

    /** Returns seconds over the limit if the consumer changes its size {@code wait} seconds from now. */
    double ofChanging(Stage now, double wait, double restart, Stage then) {
        double[] lags = lags();
        double[] ages = ages();
        pass(now, wait, lags, ages);
        for (int p = 0; p < lags.length; p++) {
            double came = arrivals(p) * restart;
            ages[p] = lags[p] > 0 || came > 0 ? ages[p] + restart : 0;
            lags[p] += came;
        }
        double oldest = Arrays.stream(ages).max().orElse(0);
        double before = Math.min(wait + restart, Math.max(0, oldest - limit));
        return before + secondsOver(then, lags, ages);
    }

    /** Returns the share of its capacity the most loaded subtask needs for what comes in. */
    double utilisation(Stage stage) {
        double[] given = perSubtask(stage, p -> Math.min(arrivals(p), stage.perSubtask() * FILLED));
        return Arrays.stream(given).max().orElse(0) / stage.perSubtask();
    }

    private void pass(Stage now, double seconds, double[] lags, double[] ages) {
        double[] given = perSubtask(now, this::arrivals);
        double[] waits = perSubtask(now, p -> lags[p]);
        for (int p = 0; p < lags.length; p++) {
            int owner = ownerOf(p, now);
            if (owner < 0) {
                lags[p] += arrivals(p) * seconds;
            } else {
                double growth = (given[owner] - now.perSubtask()) * seconds;
                lags[p] = growth >= 0
                        ? lags[p] + (given[owner] > 0 ? growth * arrivals(p) / given[owner] : 0)
                        : waits[owner] + growth <= 0 ? 0 : lags[p] * (1 + growth / waits[owner]);
            }
            double aged = ages[p] + seconds;
            ages[p] = lags[p] <= 0 ? 0 : arrivals(p) > 0 ? Math.min(aged, lags[p] / arrivals(p)) : aged;
        }
    }

    private double secondsOver(Stage stage, double[] lags, double[] ages) {
        double mu = stage.perSubtask();
        double[] given = perSubtask(stage, p -> Math.min(arrivals(p), mu * FILLED));
        double[] waits = perSubtask(stage, p -> arrivals(p) > mu ? 0 : lags[p]);
        double[] oldest = new double[stage.subtasks()];
        for (int p = 0; p < ages.length; p++) {
            int owner = ownerOf(p, stage);
            oldest[owner] = Math.max(oldest[owner], arrivals(p) > mu ? 0 : ages[p]);
        }
        double worst = 0;
        for (int subtask = 0; subtask < given.length; subtask++) {
            worst = Math.max(worst, secondsOver(mu, given[subtask], waits[subtask], oldest[subtask]));
        }
        return worst;
    }

    private double secondsOver(double mu, double given, double waits, double oldest) {
        if (given > mu * MARGIN) {
            double leaves = Math.max(0, (limit * mu - waits) / Math.max(given - mu, mu * (1 - MARGIN)));
            return leaves >= horizon ? 0 : horizon - leaves + horizon * (given / mu - 1);
        }
        if (Math.max(oldest, waits / mu) <= limit) {
            return 0;
        }
        double back = (waits - limit * given) / (mu - given);
        return Math.max(0, back - Math.max(0, limit - oldest));
    }

    private interface Amount {
        double of(int partition);
    }

    private double[] perSubtask(Stage stage, Amount amount) {
        double[] sums = new double[Math.max(0, stage.subtasks())];
        for (int p = 0; p < partitions.size(); p++) {
            int owner = ownerOf(p, stage);
            if (owner >= 0) {
                sums[owner] += amount.of(p);
            }
        }
        return sums;
    }

    private int ownerOf(int index, Stage stage) {
        PartitionLag each = partitions.get(index);
        return stage.subtasks() <= 0 ? -1 : new Assignment(stage.subtasks()).ownerOf(each.topic(), each.partition());
    }

    private double arrivals(int index) {
        return partitions.get(index).arrivalsPerSecond() * scale;
    }

    private double[] lags() {
        return partitions.stream().mapToDouble(PartitionLag::records).toArray();
    }

    private double[] ages() {
        return partitions.stream()
                .mapToDouble(each -> Seconds.of(each.oldest()))
                .toArray();
    }
}
