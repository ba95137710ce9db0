package dev.weft.job.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a mesh job has counted since it was last started or restored: the counters are not part of its state, so a
 * restart begins at zero.
 *
 * @param received records read from the source topics
 * @param delivered events written to channels; an event that goes to two counts twice
 * @param unmatched events no route wanted
 * @param duplicates events that had passed before and were dropped
 * @param deadLettered records and events written to the dead letter
 * @param matchedByRoute events each route wanted, by the route's name
 * @param deliveredByChannel events written to each channel, by the channel's name
 * @param targets what was delivered to each target and what waits for it, by the target's name
 * @param patterns what was found for each pattern, by its id
 * @param functions what was called of each type of function, by {@code namespace/name}; Flink writes {@code _} for dots
 * @param workflows what instances came to, by {@code namespace/name:version}; Flink writes {@code _} for dots
 * @param rules by which the job decides, where they can change
 */
public record MeshCounts(
        long received,
        long delivered,
        long unmatched,
        long duplicates,
        long deadLettered,
        SortedMap<String, Long> matchedByRoute,
        SortedMap<String, Long> deliveredByChannel,
        SortedMap<String, TargetCounts> targets,
        SortedMap<String, PatternTotals> patterns,
        SortedMap<String, FunctionTotals> functions,
        SortedMap<String, WorkflowTotals> workflows,
        Optional<RulesInForce> rules) {

    /** Nothing counted yet. */
    public static final MeshCounts NONE = new MeshCounts(
            0,
            0,
            0,
            0,
            0,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Optional.empty());

    private static final String ROUTE = "route.";
    private static final String MATCHED = ".matched";
    private static final String CHANNEL = "channel.";
    private static final String TARGET = "target.";
    private static final String DELIVERED = ".delivered";
    private static final String PATTERN = "pattern.";
    private static final String SEEN = ".seen";
    private static final String FUNCTION = "function.";
    private static final String INVOCATIONS = ".invocations";
    private static final String WORKFLOW = "workflow.";
    private static final String STARTED = ".started";

    public MeshCounts {
        matchedByRoute = Collections.unmodifiableSortedMap(new TreeMap<>(matchedByRoute));
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
        patterns = Collections.unmodifiableSortedMap(new TreeMap<>(patterns));
        workflows = Collections.unmodifiableSortedMap(new TreeMap<>(workflows));
        functions = Collections.unmodifiableSortedMap(new TreeMap<>(functions));
        deliveredByChannel = Collections.unmodifiableSortedMap(new TreeMap<>(deliveredByChannel));
    }

    /** Returns the events the route wanted; zero for a route that has not counted yet. */
    public long matched(String route) {
        return matchedByRoute.getOrDefault(route, 0L);
    }

    /** Returns the events written to the channel; zero for a channel that has not counted yet. */
    public long delivered(String channel) {
        return deliveredByChannel.getOrDefault(channel, 0L);
    }

    /** Returns what is known of the target; nothing for one that has not counted yet. */
    public TargetCounts target(String target) {
        return targets.getOrDefault(target, TargetCounts.NONE);
    }

    /** Returns what was found for the pattern; nothing for one that has not counted yet. */
    public PatternTotals pattern(String pattern) {
        return patterns.getOrDefault(pattern, PatternTotals.NONE);
    }

    /** Reads the counters of the job's {@code weft} metric group, by their names inside that group. */
    static MeshCounts of(Map<String, Long> counters, Optional<RulesInForce> rules) {
        SortedMap<String, Long> routes = new TreeMap<>();
        SortedMap<String, Long> channels = new TreeMap<>();
        SortedMap<String, TargetCounts> targets = new TreeMap<>();
        SortedMap<String, PatternTotals> patterns = new TreeMap<>();
        SortedMap<String, FunctionTotals> functions = new TreeMap<>();
        SortedMap<String, WorkflowTotals> workflows = new TreeMap<>();
        counters.forEach((name, count) -> {
            if (name.startsWith(ROUTE) && name.endsWith(MATCHED)) {
                routes.put(name.substring(ROUTE.length(), name.length() - MATCHED.length()), count);
            } else if (name.startsWith(CHANNEL) && name.endsWith(DELIVERED)) {
                channels.put(name.substring(CHANNEL.length(), name.length() - DELIVERED.length()), count);
            } else if (name.startsWith(TARGET) && name.endsWith(DELIVERED)) {
                String target = name.substring(TARGET.length(), name.length() - DELIVERED.length());
                targets.put(target, target(TARGET + target + ".", counters));
            } else if (name.startsWith(PATTERN) && name.endsWith(SEEN)) {
                String pattern = name.substring(PATTERN.length(), name.length() - SEEN.length());
                patterns.put(pattern, pattern(PATTERN + pattern + ".", counters));
            } else if (name.startsWith(FUNCTION) && name.endsWith(INVOCATIONS)) {
                String type = name.substring(FUNCTION.length(), name.length() - INVOCATIONS.length());
                functions.put(type, function(FUNCTION + type + ".", counters));
            } else if (name.startsWith(WORKFLOW) && name.endsWith(STARTED)) {
                String definition = name.substring(WORKFLOW.length(), name.length() - STARTED.length());
                workflows.put(definition, workflow(WORKFLOW + definition + ".", counters));
            }
        });
        return new MeshCounts(
                counters.getOrDefault("received", 0L),
                counters.getOrDefault("delivered", 0L),
                counters.getOrDefault("unmatched", 0L),
                counters.getOrDefault("duplicates", 0L),
                counters.getOrDefault("deadLettered", 0L),
                routes,
                channels,
                targets,
                patterns,
                functions,
                workflows,
                rules);
    }

    private static PatternTotals pattern(String prefix, Map<String, Long> counters) {
        ToLongFunction<String> count = name -> counters.getOrDefault(prefix + name, 0L);
        return new PatternTotals(
                count.applyAsLong("seen"),
                count.applyAsLong("matched"),
                count.applyAsLong("timedOut"),
                count.applyAsLong("emitted"));
    }

    private static FunctionTotals function(String prefix, Map<String, Long> counters) {
        ToLongFunction<String> count = name -> counters.getOrDefault(prefix + name, 0L);
        return new FunctionTotals(
                count.applyAsLong("invocations"),
                count.applyAsLong("failures"),
                count.applyAsLong("inFlight"),
                count.applyAsLong("backlog"));
    }

    private static WorkflowTotals workflow(String prefix, Map<String, Long> counters) {
        ToLongFunction<String> count = name -> counters.getOrDefault(prefix + name, 0L);
        return new WorkflowTotals(
                count.applyAsLong("active"),
                count.applyAsLong("started"),
                count.applyAsLong("completed"),
                count.applyAsLong("faulted"),
                count.applyAsLong("cancelled"),
                count.applyAsLong("calls"));
    }

    private static TargetCounts target(String prefix, Map<String, Long> counters) {
        ToLongFunction<String> count = name -> counters.getOrDefault(prefix + name, 0L);
        return new TargetCounts(
                count.applyAsLong("delivered"),
                count.applyAsLong("deadLettered"),
                count.applyAsLong("parked"),
                count.applyAsLong("parkedBytes"),
                count.applyAsLong("inFlight"),
                count.applyAsLong("open") > 0,
                count.applyAsLong("paused") > 0);
    }
}
