package dev.weft.job.flink.pattern;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Sighting;
import dev.weft.cep.live.Roster;
import dev.weft.cep.live.Seen;
import dev.weft.cep.live.Tenure;
import dev.weft.event.MeshEvent;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Dispatcher;
import dev.weft.job.PatternWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * The part of a routing operator that looks at events for patterns. It says which patterns there are before it sends on
 * the first event or watermark, and whenever they change; as watermarks come after, whoever holds the keys knows of a
 * change before its time has come.
 *
 * <p>What there is to look for is in the state, and what has ended as long as a key may remember something of it; it
 * goes at a restart, by the time of the subtask that is furthest behind. A job that goes on with other patterns than it
 * had changes from the old to the new as by an update, behind the latest event that was read.
 */
public final class Watching implements Dispatcher.Watcher {

    /** The name by which savepoints know the state. */
    static final String STATE = "patterns";

    private static final ListStateDescriptor<KeptRoster> ROSTERS =
            new ListStateDescriptor<>(STATE, KeptRosterSerializer.INSTANCE);

    private final ListState<KeptRoster> kept;
    private final WatchMetrics metrics;
    private final PatternWatch watch;
    private final Map<Long, Channel> known = new HashMap<>();
    private final Taker taker = new Taker();
    private final Consumer<SeenByKey> seen;
    private final Consumer<Roster> said;
    private long latest;
    private long watermark;
    private boolean isSaid;

    private Watching(
            ListState<KeptRoster> kept,
            KeptRoster now,
            List<ChannelConfig> channels,
            MetricGroup operator,
            Consumer<SeenByKey> seen,
            Consumer<Roster> said) {
        this.kept = kept;
        this.latest = now.latest();
        this.watermark = now.watermark();
        this.metrics = new WatchMetrics(operator);
        this.watch = new PatternWatch(now.roster(), channels);
        this.seen = seen;
        this.said = said;
    }

    /**
     * Goes on from the state of a subtask, and looks for these patterns. Every subtask is given what all of them had,
     * and makes the same of it.
     *
     * @param seen takes events that patterns look at
     * @param said takes the patterns whenever they are said
     */
    public static Watching restored(
            OperatorStateStore state,
            List<Pattern> patterns,
            List<ChannelConfig> channels,
            MetricGroup operator,
            Consumer<SeenByKey> seen,
            Consumer<Roster> said)
            throws Exception {
        ListState<KeptRoster> kept = state.getUnionListState(ROSTERS);
        List<KeptRoster> before = new ArrayList<>();
        kept.get().forEach(before::add);
        long latest = before.stream().mapToLong(KeptRoster::latest).max().orElse(Long.MIN_VALUE);
        long past = before.stream().mapToLong(KeptRoster::watermark).min().orElse(Long.MIN_VALUE);
        Roster roster = before.stream()
                .map(KeptRoster::roster)
                .max(Comparator.comparingInt(Roster::number))
                .map(newest -> newest.without(past))
                .map(newest -> newest.isOf(patterns) ? newest : newest.followedBy(patterns, behind(latest)))
                .orElseGet(() -> Roster.of(patterns));
        return new Watching(kept, new KeptRoster(roster, latest, past), channels, operator, seen, said);
    }

    private static long behind(long latest) {
        return latest == Long.MIN_VALUE ? latest : latest + 1;
    }

    /** Returns what is looked for. */
    public Roster roster() {
        return watch.roster();
    }

    /** Looks for something else from the next event on. */
    public void change(Roster next) {
        if (next.number() != watch.roster().number()) {
            watch.change(next);
            known.clear();
            isSaid = false;
        }
    }

    @Override
    public void see(MeshEvent event, long time) {
        latest = Math.max(latest, time);
        watch.look(event, time, taker);
    }

    /** Is to be called before a watermark goes on. */
    public void beforeWatermark(long time) {
        say();
        watermark = Math.max(watermark, time);
        if (time < Long.MAX_VALUE) {
            watch.forgetBefore(time + 1);
        }
    }

    private void say() {
        if (!isSaid) {
            isSaid = true;
            said.accept(watch.roster());
        }
    }

    /** Writes the state of a checkpoint. */
    public void keep() throws Exception {
        kept.update(List.of(new KeptRoster(watch.roster(), latest, watermark)));
    }

    private Channel channel(Tenure tenure) {
        return known.computeIfAbsent(
                tenure.handle(),
                handle -> new Channel(
                        SeenByKey.prefix(tenure), metrics.of(tenure.pattern().id())));
    }

    /** How what a pattern sees goes on. */
    private record Channel(String prefix, WatchMetrics.Counters counters) {}

    private final class Taker implements PatternWatch.Taker {

        private @Nullable Tenure last;
        private @Nullable Channel lastChannel;

        @SuppressWarnings("ReferenceEquality") // the same object is all that spares the search
        private Channel of(Tenure tenure) {
            if (tenure != last) {
                last = tenure;
                lastChannel = channel(tenure);
            }
            return requireNonNull(lastChannel);
        }

        @Override
        public void seen(Tenure tenure, Key key, Sighting sighting) {
            say();
            Channel channel = of(tenure);
            channel.counters().seen().inc();
            seen.accept(new SeenByKey(channel.prefix() + key.json(), new Seen(tenure.handle(), sighting)));
        }

        @Override
        public void withoutKey(Tenure tenure) {
            of(tenure).counters().keyMissing().inc();
        }

        @Override
        public void failed(Tenure tenure) {
            of(tenure).counters().undecided().inc();
        }
    }
}
