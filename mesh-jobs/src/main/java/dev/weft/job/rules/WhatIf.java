package dev.weft.job.rules;

import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.event.WireRecord;
import dev.weft.job.JobConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs draft rules beside those that decide now over events that were, and counts where they differ. Nothing is
 * written. Steps that remember cannot be tried: what they remembered then is not known, so such a route only says that
 * it would ask. Not safe for several threads.
 */
public final class WhatIf {

    private static final int MOST_EXAMPLES = 3;

    private final Trial now;
    private final Trial draft;
    private final SortedMap<String, Tally> routes = new TreeMap<>();
    private final SortedMap<String, Tally> channels = new TreeMap<>();
    private final Set<String> remembering = new LinkedHashSet<>();
    private long events;
    private long different;

    /**
     * How a route or a channel differs.
     *
     * @param more events it gets by the draft and does not get now
     * @param fewer events it gets now and does not get by the draft
     * @param changed events it gets in another form
     * @param examples ids of some of these events
     */
    public record Tally(long more, long fewer, long changed, List<String> examples) {

        private static final Tally NONE = new Tally(0, 0, 0, List.of());

        public Tally {
            examples = List.copyOf(examples);
        }

        private Tally plus(long moreHere, long fewerHere, long changedHere, String example) {
            List<String> shown = new ArrayList<>(examples);
            if (shown.size() < MOST_EXAMPLES) {
                shown.add(example);
            }
            return new Tally(more + moreHere, fewer + fewerHere, changed + changedHere, shown);
        }
    }

    /**
     * What was found.
     *
     * @param events how many records were tried
     * @param different how many of them are decided differently
     * @param routes those that differ, by name
     * @param channels those that differ, by name
     * @param remembering routes whose answer depends on what they would have remembered
     */
    public record Report(
            long events,
            long different,
            SortedMap<String, Tally> routes,
            SortedMap<String, Tally> channels,
            Set<String> remembering) {

        public Report {
            routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
            channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
            remembering = Collections.unmodifiableSet(new LinkedHashSet<>(remembering));
        }
    }

    public WhatIf(JobConfig now, JobConfig draft) {
        this.now = new Trial(now);
        this.draft = new Trial(draft);
    }

    /** Tries one record. */
    public void add(Received received) {
        events++;
        now.take(received);
        draft.take(received);
        remembering.addAll(now.asking());
        remembering.addAll(draft.asking());
        String id = received instanceof MeshEvent event
                ? event.getId()
                : received.origin().toString();
        boolean differs = routes(id) | channels(id);
        different += differs ? 1 : 0;
    }

    private boolean routes(String id) {
        boolean differs = false;
        for (String route : union(now.matched(), draft.matched())) {
            int before = now.matched().contains(route) ? 1 : 0;
            int after = draft.matched().contains(route) ? 1 : 0;
            if (before != after) {
                count(routes, route, after, before, 0, id);
                differs = true;
            }
        }
        return differs;
    }

    private boolean channels(String id) {
        boolean differs = false;
        for (String channel : union(now.written().keySet(), draft.written().keySet())) {
            List<WireRecord> before = now.written().getOrDefault(channel, List.of());
            List<WireRecord> after = draft.written().getOrDefault(channel, List.of());
            if (before.size() != after.size()) {
                count(
                        channels,
                        channel,
                        Math.max(0, after.size() - before.size()),
                        Math.max(0, before.size() - after.size()),
                        0,
                        id);
                differs = true;
            } else if (!sameRecords(before, after)) {
                count(channels, channel, 0, 0, 1, id);
                differs = true;
            }
        }
        return differs;
    }

    private static boolean sameRecords(List<WireRecord> before, List<WireRecord> after) {
        List<WireRecord> left = new ArrayList<>(after);
        return before.stream().allMatch(left::remove);
    }

    private static void count(
            SortedMap<String, Tally> tallies, String name, long more, long fewer, long changed, String example) {
        tallies.put(name, tallies.getOrDefault(name, Tally.NONE).plus(more, fewer, changed, example));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    /** Returns what was found so far. */
    public Report report() {
        return new Report(events, different, routes, channels, remembering);
    }
}
