package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.delivery.Dispatch;
import dev.weft.delivery.PausedTargets;
import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.Part;
import dev.weft.job.rules.RulesText;
import dev.weft.job.rules.Shops;
import dev.weft.testkit.Await;
import dev.weft.testkit.flink.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a subtask that decides does when parts of the job are paused. */
class PausedRoutesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 128;
    private static final String ALL = "- { name: all, from: [orders], to: [out] }";
    private static final String PUSHED = "- { name: pushed, from: [orders], where: { type: [push] }, to: [billing] }";
    private static final RulesText RULES = Shops.delivering(ALL, PUSHED);

    private final FakeControl control = FakeControl.create();
    private final List<String> out = new ArrayList<>();
    private final List<String> dead = new ArrayList<>();
    private final List<ControlEvent> said = new ArrayList<>();
    private final List<Set<String>> pausedTargets = new ArrayList<>();
    private int controlRecords;
    private @Nullable String lineage;
    private @Nullable KeyedOneInputStreamOperatorTestHarness<Integer, Received, Outbound> operator;

    @AfterEach
    void close() throws Exception {
        if (operator != null) {
            operator.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPausedRouteParksAndThenDeliversInOrder(Recovery recovery) throws Exception {
        start(RULES, null);
        receives(recovery, "1", "2");
        hears(recovery, pausing(Part.Kind.ROUTE, "all", false));
        receives(recovery, "3", "4");
        receives(recovery, "5");
        assertThat(out).containsExactly("1", "2");

        hears(recovery, pausing(Part.Kind.ROUTE, "all", true));
        runsUntil(() -> out.size() == 5);
        receives(recovery, "6");

        assertThat(out).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(dead).isEmpty();
    }

    @Test
    void checkpointsPassWhileMuchIsDeliveredAndWhatComesMeanwhileIsBehind() throws Exception {
        start(RULES, null);
        hears(Recovery.NEVER, pausing(Part.Kind.ROUTE, "all", false));
        String[] many = IntStream.range(0, 2_000).mapToObj(Integer::toString).toArray(String[]::new);
        receives(Recovery.NEVER, many);

        hears(Recovery.NEVER, pausing(Part.Kind.ROUTE, "all", true));
        runsUntil(() -> !out.isEmpty());
        assertThat(out).as("a portion").hasSizeLessThan(2_000);
        restarts(RULES);
        receives(Recovery.NEVER, "last");
        runsUntil(() -> out.size() == 2_001);

        List<String> expected = new ArrayList<>(List.of(many));
        expected.add("last");
        assertThat(out).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsForARouteThatIsRemovedIsADeadLetter(Recovery recovery) throws Exception {
        start(RULES, null);
        hears(recovery, pausing(Part.Kind.ROUTE, "all", false));
        receives(recovery, "1", "2");

        hears(recovery, ours(Shops.proposal(2, Shops.delivering(PUSHED), RULES)));
        runsUntil(() -> dead.size() == 2);

        assertThat(dead).containsExactly("1 route-removed all", "2 route-removed all");
        assertThat(out).isEmpty();
        assertThat(lastHolding().pauses().all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyWordIsAcknowledgedWithWhatStandsStill(Recovery recovery) throws Exception {
        start(RULES, null);
        hears(recovery, pausing(Part.Kind.ROUTE, "all", false));
        hears(recovery, pausing(Part.Kind.TARGET, "billing", false));
        hears(recovery, pausing(Part.Kind.TARGET, "nobody", false));

        assertThat(lastHolding().position()).isEqualTo(3);
        assertThat(lastHolding().pauses().all())
                .containsExactly(Shops.pause(Part.Kind.ROUTE, "all"), Shops.pause(Part.Kind.TARGET, "billing"));
    }

    @ParameterizedTest
    @EnumSource
    void thoseWhoDeliverHearWhichTargetsArePausedAfterARestartToo(Recovery recovery) throws Exception {
        start(RULES, null);
        hears(recovery, pausing(Part.Kind.TARGET, "billing", false));
        assertThat(pausedTargets.get(pausedTargets.size() - 1)).containsExactly("billing");
        pausedTargets.clear();

        restarts(RULES);
        runsUntil(() -> !pausedTargets.isEmpty());
        assertThat(pausedTargets).containsExactly(Set.of("billing"));

        hears(recovery, pausing(Part.Kind.TARGET, "billing", true));
        assertThat(pausedTargets.get(pausedTargets.size() - 1)).isEmpty();
    }

    /** One subtask becomes two, which become one: it owns what all had parked. */
    @Test
    void whatSubtasksHadParkedIsDeliveredByTheOneThatIsLeft() throws Exception {
        start(RULES, null);
        hears(Recovery.NEVER, pausing(Part.Kind.ROUTE, "all", false));
        OperatorSubtaskState one = harness().snapshot(1, 1);
        harness().close();
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            operator = opened(
                    RULES,
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(one, MOST, 1, 2, subtask),
                    2,
                    subtask);
            receives(Recovery.NEVER, "a" + subtask, "b" + subtask);
            states.add(operator.snapshot(1, 1));
            operator.close();
        }
        OperatorSubtaskState both =
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new));

        operator = opened(RULES, AbstractStreamOperatorTestHarness.repartitionOperatorState(both, MOST, 2, 1, 0), 1, 0);
        hears(Recovery.NEVER, pausing(Part.Kind.ROUTE, "all", true));
        runsUntil(() -> out.size() == 4);

        assertThat(out).containsExactlyInAnyOrder("a0", "b0", "a1", "b1");
        assertThat(out).containsSubsequence("a0", "b0").containsSubsequence("a1", "b1");
    }

    private void start(RulesText rules, @Nullable OperatorSubtaskState state) throws Exception {
        operator = opened(rules, state, 1, 0);
    }

    private KeyedOneInputStreamOperatorTestHarness<Integer, Received, Outbound> opened(
            RulesText rules, @Nullable OperatorSubtaskState state, int subtasks, int subtask) throws Exception {
        LiveRouteFactory shipped = InstantiationUtil.clone(new LiveRouteFactory(rules, control));
        int key = anyKeyOf(subtask, subtasks);
        var harness = new KeyedOneInputStreamOperatorTestHarness<Integer, Received, Outbound>(
                shipped, unused -> key, Types.INT, MOST, subtasks, subtask);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        if (lineage == null) {
            lineage = harness.getEnvironment().getJobInfo().getJobId().toHexString();
        }
        return harness;
    }

    /** Dies, and goes on from its state. Mail that was not read is lost. */
    private void restarts(RulesText rules) throws Exception {
        collect();
        OperatorSubtaskState state = harness().snapshot(1, 1);
        collect();
        harness().close();
        start(rules, state);
    }

    private void receives(Recovery recovery, String... ids) throws Exception {
        for (String id : ids) {
            harness().processElement(Wire.readFrom("shop.orders", Wire.event(id, "order", "{}")), 0);
        }
        collect();
        if (recovery == Recovery.AFTER_EVERY_STEP) {
            restarts(RULES);
        }
    }

    private void hears(Recovery recovery, ControlEvent event) throws Exception {
        control.put(event.toRecord());
        controlRecords++;
        awaitsHolding();
        if (recovery == Recovery.AFTER_EVERY_STEP) {
            restarts(RULES);
            awaitsHolding();
        }
    }

    /** Runs mail until the operator says what stands still, having read all there is. */
    private void awaitsHolding() throws Exception {
        said.clear();
        runsUntil(() -> said.stream()
                .anyMatch(event ->
                        event instanceof ControlEvent.Holding holding && holding.position() >= controlRecords));
    }

    private ControlEvent.Holding lastHolding() throws Exception {
        runsUntil(() -> said.stream().anyMatch(ControlEvent.Holding.class::isInstance));
        return said.stream()
                .filter(ControlEvent.Holding.class::isInstance)
                .map(ControlEvent.Holding.class::cast)
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    private void runsUntil(BooleanSupplier enough) throws Exception {
        while (!enough.getAsBoolean()) {
            Optional<Mail> mail = Await.value(
                    "a mail for the task",
                    PATIENCE,
                    () -> Optional.of(harness().getTaskMailbox().tryTake(-1)).filter(Optional::isPresent));
            mail.orElseThrow().run();
            collect();
        }
    }

    private void collect() {
        for (Outbound outbound : harness().extractOutputValues()) {
            MeshEvent event = (MeshEvent) Wire.readFrom(outbound.topic(), outbound.record());
            switch (outbound.topic()) {
                case "shop.out" -> out.add(event.getId());
                case "shop.dead" ->
                    dead.add(event.getId() + " " + event.attribute("weftreason") + " " + event.attribute("weftroute"));
                default -> said.add(ControlEvent.from(event).orElseThrow());
            }
        }
        harness().getOutput().clear();
        var commands = harness().getSideOutput(Sides.PARCELS);
        if (commands != null) {
            for (StreamRecord<Dispatch> command : commands) {
                pausedTargets.add(((PausedTargets) command.getValue()).names());
            }
            commands.clear();
        }
    }

    private ControlEvent.Pausing pausing(Part.Kind kind, String name, boolean ends) {
        return Shops.pausing(lineage(), kind, name, ends);
    }

    private ControlEvent.Proposed ours(ControlEvent.Proposed proposal) {
        return new ControlEvent.Proposed(proposal.job(), lineage(), proposal.version(), proposal.follows());
    }

    /** A harness has no job; the lineage is whatever the first one called it. */
    private String lineage() {
        return Objects.requireNonNull(lineage);
    }

    /** What is received has no key, and a harness wants one that belongs to the subtask. */
    private static int anyKeyOf(int subtask, int subtasks) {
        return IntStream.iterate(0, key -> key + 1)
                .filter(key -> KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MOST, subtasks) == subtask)
                .findFirst()
                .orElseThrow();
    }

    private KeyedOneInputStreamOperatorTestHarness<Integer, Received, Outbound> harness() {
        return Objects.requireNonNull(operator);
    }
}
