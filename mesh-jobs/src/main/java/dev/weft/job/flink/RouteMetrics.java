package dev.weft.job.flink;

import dev.weft.job.Dispatcher;
import dev.weft.job.flink.deliver.DeadLetterCounters;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * What the operators that decide count, under their group {@code weft}: {@code received}, {@code unmatched},
 * {@code delivered}, {@code deadLettered}, {@code expressionErrors}; {@code route.<name>.matched} and
 * {@code route.<name>.expressionErrors}, events refused because an expression of the rule failed;
 * {@code route.<name>.step.<n>.passed} and {@code .dropped}; {@code channel.<name>.delivered};
 * {@code reason.<code>.deadLettered}. A step that remembers counts where its memory is, so a job's count is the sum
 * over its operators. {@code rules} and {@code ruleMemoryBytes} say how many routes decide and what they take. Where
 * rules can change, {@code ruleVersion}, {@code controlIgnored}, and, of routes that were paused,
 * {@code route.<name>.parked}, events that wait, besides. Counts start at 0 with each attempt of the job. The names are
 * an API to dashboards and to the command line.
 *
 * <p>Flink takes no metric back before its task ends, so the count of a route that is gone stays where it was, and goes
 * on if a route of that name comes back.
 */
final class RouteMetrics {

    static final String GROUP = "weft";

    final Counter received;
    final Counter unmatched;
    final Counter delivered;
    final Counter expressionErrors;
    final DeadLetterCounters deadLetters;

    /** Records of the control channel that say nothing; counted by the thread that reads it. */
    final Counter controlIgnored = new ThreadSafeSimpleCounter();

    private final MetricGroup weft;
    private final Map<String, Counter> matched = new ConcurrentHashMap<>();
    private final Map<String, Counter> routeExpressionErrors = new ConcurrentHashMap<>();
    private final Map<String, Counter> channelDelivered = new ConcurrentHashMap<>();
    private final Map<String, Counter> steps = new ConcurrentHashMap<>();
    private final Set<String> parked = new HashSet<>();

    RouteMetrics(MetricGroup operator) {
        weft = operator.addGroup(GROUP);
        received = weft.counter("received");
        unmatched = weft.counter("unmatched");
        delivered = weft.counter("delivered");
        expressionErrors = weft.counter("expressionErrors");
        deadLetters = new DeadLetterCounters(weft);
    }

    /** Returns the counter of a route; may be called by a thread that prepares another version of the routes. */
    Counter matched(String route) {
        return matched.computeIfAbsent(
                route, name -> weft.addGroup("route").addGroup(name).counter("matched"));
    }

    /** Returns the counter of a route's failed expressions, as {@link #matched}. */
    Counter expressionErrors(String route) {
        return routeExpressionErrors.computeIfAbsent(
                route, name -> weft.addGroup("route").addGroup(name).counter("expressionErrors"));
    }

    /** Returns the counter of a channel, as {@link #matched}. */
    Counter delivered(String channel) {
        return channelDelivered.computeIfAbsent(
                channel, name -> weft.addGroup("channel").addGroup(name).counter("delivered"));
    }

    /** Returns the counter of what passed a step, counted from 1, as {@link #matched}. */
    Counter stepPassed(String route, int step) {
        return step(route, step, "passed");
    }

    /** Returns the counter of what a step did not want, as {@link #stepPassed}. */
    Counter stepDropped(String route, int step) {
        return step(route, step, "dropped");
    }

    private Counter step(String route, int step, String what) {
        return steps.computeIfAbsent(
                route + "/" + step + "/" + what,
                unused -> weft.addGroup("route")
                        .addGroup(route)
                        .addGroup("step")
                        .addGroup(Integer.toString(step))
                        .counter(what));
    }

    /** Shows how many events wait for a route; of several times it is asked for, the first counts. */
    void showParked(String route, Gauge<Long> count) {
        if (parked.add(route)) {
            weft.addGroup("route").addGroup(route).gauge("parked", count);
        }
    }

    /** Shows how many routes decide, and about how many bytes their rules take in this subtask. */
    void showRoutes(Supplier<Dispatcher> deciding) {
        weft.gauge("rules", () -> deciding.get().routeCount());
        weft.gauge("ruleMemoryBytes", () -> deciding.get().ruleMemory().bytes());
    }

    /** Shows which version of the rules decides. */
    void showVersion(Gauge<Integer> version) {
        weft.gauge("ruleVersion", version);
    }
}
