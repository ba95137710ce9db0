package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.live.Roster;
import dev.weft.event.Received;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.pattern.PatternOperator;
import dev.weft.job.flink.pattern.SeenByKey;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import dev.weft.job.rules.Shops;
import dev.weft.testkit.flink.Recovery;
import dev.weft.testkit.flink.TwoInputScenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Patterns that change through the control channel, from there to the events of their matches. */
class LivePatternsTest {

    private static final String DRAIN = "onUpdate: drain, ";
    private static final RulesText FIRST = rules(pattern(1, "a", ""));

    private final FakeControl control = FakeControl.create();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void aNewVersionTakesOverAtItsTimeOfTheEvents() throws Exception {
        var routing = started(FIRST, null);
        var patterns = patterns();
        propose(routing, rules(pattern(2, "c", "")), 50);
        RoutingTask.runMail(routing, 2);
        for (String event : List.of("a@10", "b@20", "a@40", "c@50", "b@60")) {
            receive(routing, event);
        }
        assertThat(found(routing, patterns, 100)).containsExactly("1: a b @20", "2: c b @60");
    }

    @Test
    void anOldVersionFinishesWhatItHasBegunWhereTheNewOneSaysSo() throws Exception {
        var routing = started(FIRST, null);
        var patterns = patterns();
        propose(routing, rules(pattern(2, "c", DRAIN)), 50);
        RoutingTask.runMail(routing, 2);
        for (String event : List.of("a@40", "a@55", "b@60", "b@70")) {
            receive(routing, event);
        }
        assertThat(found(routing, patterns, 100)).containsExactly("1: a b @60");
    }

    @Test
    void aPatternThatIsGoneOrDisabledIsNotLookedForAnyMore() throws Exception {
        var routing = started(FIRST, null);
        var patterns = patterns();
        propose(routing, rules(pattern(1, "a", "enabled: false, ")), 50);
        RoutingTask.runMail(routing, 2);
        for (String event : List.of("a@10", "b@20", "a@55", "b@60")) {
            receive(routing, event);
        }
        assertThat(found(routing, patterns, 100)).containsExactly("1: a b @20");
    }

    @Test
    void aVersionThatDoesNotGrowIsRefusedAndTheOldOneRunsOn() throws Exception {
        var routing = started(FIRST, null);
        var patterns = patterns();
        propose(routing, rules(pattern(1, "c", "")), 50);
        RoutingTask.runMail(routing, 2);
        for (String event : List.of("a@60", "b@70")) {
            receive(routing, event);
        }
        assertThat(RoutingTask.said(routing, "control"))
                .filteredOn(ControlEvent.Refused.class::isInstance)
                .singleElement()
                .satisfies(
                        said -> assertThat(((ControlEvent.Refused) said).problems())
                                .containsExactly(
                                        "pattern pair: found version 1, expected a version from 2: it is not what version 1 was"));
        assertThat(found(routing, patterns, 100)).containsExactly("1: a b @70");
    }

    @Test
    void whatIsLookedForWhenOutlivesARestart() throws Exception {
        var before = started(FIRST, null);
        propose(before, rules(pattern(2, "c", "")), 50);
        RoutingTask.runMail(before, 2);
        receive(before, "a@10");
        var patterns = patterns();
        assertThat(found(before, patterns, 11)).isEmpty();

        var after = started(FIRST, before.snapshot(1, 1));
        patterns.recovers();
        for (String event : List.of("b@20", "c@50", "b@60")) {
            receive(after, event);
        }
        assertThat(found(after, patterns, 100)).containsExactly("1: a b @20", "2: c b @60");
    }

    /** The key has had neither an event nor a deadline since the change, so its row does not know of it yet. */
    @Test
    void whatIsKeptIsKeptThroughARestartBehindTheChange() throws Exception {
        var before = started(FIRST, null);
        propose(before, rules(pattern(2, "a", "onUpdate: keep, ")), 20);
        RoutingTask.runMail(before, 2);
        receive(before, "a@10");
        var patterns = patterns();
        assertThat(found(before, patterns, 15)).isEmpty();
        assertThat(found(before, patterns, 30)).isEmpty();

        var after = started(FIRST, before.snapshot(1, 1));
        patterns.recovers();
        receive(after, "b@40");
        assertThat(found(after, patterns, 100)).containsExactly("2: a b @40");
    }

    /** The file of a job that goes on says something else than when it was started: as an update, from then on. */
    @Test
    void anotherFileAtARestartIsAnUpdateBehindTheLatestEvent() throws Exception {
        var before = started(FIRST, null);
        RoutingTask.runMail(before, 1);
        receive(before, "a@10");
        receive(before, "c@30");
        var patterns = patterns();
        assertThat(found(before, patterns, 25)).isEmpty();

        var after = started(rules(pattern(2, "c", DRAIN)), before.snapshot(1, 1));
        RoutingTask.runMail(after, 1);
        for (String event : List.of("c@40", "b@45")) {
            receive(after, event);
        }
        assertThat(found(after, patterns, 100)).containsExactlyInAnyOrder("1: a b @45", "2: c b @45");
    }

    private static String pattern(int version, String first, String more) {
        return ("{ id: pair, version: %d, %sfrom: [in], to: [found], partitionBy: source, within: 40ms, sequence: ["
                        + "{ step: one, where: { type: [%s] } }, { step: b, where: { type: [b] } }],"
                        + " emit: { type: found, data: \"${one.type} ${b.type}\" } }")
                .formatted(version, more, first);
    }

    private static RulesText rules(String... patterns) {
        return Shops.from("mesh", """
                channels:
                  in: { topic: in }
                  found: { topic: found }
                  control: { topic: control }
                  dead: { topic: dead }
                deadLetter: dead
                control: control
                patterns: [%s]
                """.formatted(String.join(", ", patterns)));
    }

    private OneInputStreamOperatorTestHarness<Received, Outbound> started(
            RulesText seed, @Nullable OperatorSubtaskState state) throws Exception {
        LiveRouteFactory shipped = InstantiationUtil.clone(new LiveRouteFactory(seed, control));
        var harness = new KeyedOneInputStreamOperatorTestHarness<Integer, Received, Outbound>(
                shipped, unused -> 0, Types.INT);
        open.add(harness);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private TwoInputScenario<String, SeenByKey, Roster, Outbound> patterns() throws Exception {
        var patterns = TwoInputScenario.of(
                new PatternOperator(FIRST.read().orElseThrow()), SeenByKey::key, Types.STRING, Recovery.NEVER);
        open.add(patterns);
        return patterns;
    }

    private void propose(
            OneInputStreamOperatorTestHarness<Received, Outbound> to, RulesText rules, long effectiveFrom) {
        String lineage = to.getEnvironment().getJobInfo().getJobId().toHexString();
        control.put(new ControlEvent.Proposed(
                        "mesh",
                        lineage,
                        new RuleVersion(2, "id-2", "somebody", rules),
                        FIRST.digest(),
                        Instant.ofEpochMilli(effectiveFrom).toString())
                .toRecord());
    }

    private static void receive(OneInputStreamOperatorTestHarness<Received, Outbound> routing, String event)
            throws Exception {
        String[] parts = event.split("@", 2);
        routing.processElement(Wire.readFrom("in", Wire.event(event, parts[0], "{}")), Long.parseLong(parts[1]));
    }

    /** Lets a watermark pass through both operators, and returns what patterns have found. */
    private static List<String> found(
            OneInputStreamOperatorTestHarness<Received, Outbound> routing,
            TwoInputScenario<String, SeenByKey, Roster, Outbound> patterns,
            long watermark)
            throws Exception {
        routing.processWatermark(new Watermark(watermark));
        for (Roster roster : taken(routing, Sides.ROSTERS)) {
            patterns.hears(roster);
        }
        for (SeenByKey seen : taken(routing, Sides.SEEN)) {
            patterns.receives(seen, seen.seen().time());
        }
        patterns.timeReaches(watermark);
        return patterns.emitted().stream()
                .map(outbound -> RoutingTask.event(outbound))
                .map(event -> "%s: %s @%d"
                        .formatted(
                                event.attribute("cepatternversion"),
                                event.data().textValue(),
                                Instant.parse(String.valueOf(event.attribute("time")))
                                        .toEpochMilli()))
                .toList();
    }

    private static <T> List<T> taken(OneInputStreamOperatorTestHarness<Received, Outbound> routing, OutputTag<T> tag) {
        var output = routing.getSideOutput(tag);
        if (output == null) {
            return List.of();
        }
        List<T> taken = output.stream().map(StreamRecord::getValue).toList();
        output.clear();
        return taken;
    }
}
