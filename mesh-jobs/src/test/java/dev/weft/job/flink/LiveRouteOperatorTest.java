package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Received;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.Pauses;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import dev.weft.job.rules.Shops;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRouteOperatorTest {

    private static final RulesText FIRST = Shops.stamping("1");
    private static final RulesText SECOND = Shops.stamping("2");

    private final FakeControl control = FakeControl.create();
    private final List<OneInputStreamOperatorTestHarness<Received, Outbound>> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var harness : open) {
            harness.close();
        }
    }

    @Test
    void saysWhichRulesItStartsWith() throws Exception {
        var operator = started(FIRST, null);

        RoutingTask.runMail(operator, 1);

        String lineage = lineage(operator);
        assertThat(RoutingTask.said(operator, "shop.control"))
                .containsExactly(
                        new ControlEvent.Seeded(
                                "shop", lineage, new RuleVersion(1, "start-1", "the job's start", FIRST)),
                        new ControlEvent.Started("shop", lineage, 1, 1, 0, FIRST),
                        new ControlEvent.Applied("shop", lineage, 1, "start-1", 0, 1, 0, 1),
                        new ControlEvent.Holding("shop", lineage, 0, 0, 1, 0, Pauses.NONE));
    }

    @Test
    void decidesByTheNewVersionFromTheEventAfterItsSwitch() throws Exception {
        var operator = started(FIRST, null);
        receive(operator, "a");
        propose(operator, Shops.proposal(2, SECOND, FIRST));
        receive(operator, "b");
        RoutingTask.runMail(operator, 2);
        receive(operator, "c");

        assertThat(stamps(operator)).containsExactly("a by 1", "b by 1", "c by 2");
        assertThat(RoutingTask.said(operator, "shop.control"))
                .contains(new ControlEvent.Applied("shop", lineage(operator), 2, "id-2", 0, 1, 0, 1));
    }

    @Test
    void aBadVersionIsRefusedAsAWholeAndTheOldOneStays() throws Exception {
        var operator = started(FIRST, null);
        RulesText wrong = Shops.with(
                "- { name: all, from: [orders], transform: { set: { stamp: \"2\" } }, to: [out] }",
                "- { name: bad, from: [orders], to: [nowhere] }");
        propose(operator, Shops.proposal(2, wrong, FIRST));
        RoutingTask.runMail(operator, 2);
        receive(operator, "a");

        assertThat(stamps(operator)).containsExactly("a by 1");
        assertThat(RoutingTask.said(operator, "shop.control"))
                .filteredOn(ControlEvent.Refused.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    var refused = (ControlEvent.Refused) event;
                    assertThat(refused.inForce()).isEqualTo(1);
                    assertThat(refused.problems()).singleElement().asString().contains("unknown channel \"nowhere\"");
                });
    }

    @Test
    void aVersionSurvivesARestore() throws Exception {
        var before = started(FIRST, null);
        propose(before, Shops.proposal(2, SECOND, FIRST));
        RoutingTask.runMail(before, 2);

        var after = started(FIRST, before.snapshot(1, 1));
        RoutingTask.runMail(after, 1);
        receive(after, "a");

        assertThat(stamps(after)).containsExactly("a by 2");
        assertThat(applied(after)).containsExactly(2);
    }

    /** What was read and not taken is not in the checkpoint. */
    @Test
    void aProposalThatWasNotTakenAtACheckpointIsReadAgainAfterTheRestore() throws Exception {
        var before = started(FIRST, null);
        RoutingTask.runMail(before, 1);
        propose(before, Shops.proposal(2, SECOND, FIRST));

        var after = started(FIRST, before.snapshot(1, 1));
        RoutingTask.runMail(after, 2);
        receive(after, "a");

        assertThat(stamps(after)).containsExactly("a by 2");
    }

    @Test
    void aProposalThatWasTakenIsNotReadAgain() throws Exception {
        var before = started(FIRST, null);
        propose(before, Shops.proposal(2, SECOND, FIRST));
        RoutingTask.runMail(before, 2);

        var after = started(FIRST, before.snapshot(1, 1));
        propose(before, Shops.proposal(3, FIRST, SECOND));
        RoutingTask.runMail(after, 2);

        assertThat(applied(after)).containsExactly(2, 3);
    }

    @Test
    void aSubtaskThatHadReadLessGoesOnWithTheNewestRules() throws Exception {
        var behind = started(FIRST, null);
        var ahead = started(FIRST, null);
        propose(ahead, Shops.proposal(2, SECOND, FIRST));
        RoutingTask.runMail(ahead, 2);
        OperatorSubtaskState both =
                AbstractStreamOperatorTestHarness.repackageState(behind.snapshot(1, 1), ahead.snapshot(1, 1));

        var after = started(FIRST, both);
        receive(after, "a");

        assertThat(stamps(after)).containsExactly("a by 2");
    }

    @Test
    void manyProposalsAreTakenOneAfterTheOther() throws Exception {
        var operator = started(FIRST, null);
        RulesText before = FIRST;
        for (int version = 2; version <= 30; version++) {
            RulesText next = Shops.stamping("" + version);
            propose(operator, Shops.proposal(version, next, before));
            before = next;
        }
        List<String> expected = new ArrayList<>();
        RoutingTask.runMail(operator, 1);
        for (int version = 2; version <= 30; version++) {
            RoutingTask.runMail(operator, 1);
            receive(operator, "e" + version);
            expected.add("e%d by %d".formatted(version, version));
        }

        assertThat(stamps(operator)).isEqualTo(expected);
    }

    @Test
    void whatIsNotAProposalDoesNothing() throws Exception {
        var operator = started(FIRST, null);

        control.put(Wire.event("1", ControlEvent.Proposed.TYPE, "{\"job\":\"shop\"}"));
        control.put(Wire.event("2", "order.placed", "{}"));
        control.put(Wire.garbage("nonsense"));
        RoutingTask.runMail(operator, 4);
        receive(operator, "a");

        assertThat(stamps(operator)).containsExactly("a by 1");
        assertThat(RoutingTask.said(operator, "shop.control")).hasSize(4);
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

    /** A harness has no job; the lineage is whatever it calls it. */
    private static String lineage(OneInputStreamOperatorTestHarness<Received, Outbound> operator) {
        return operator.getEnvironment().getJobInfo().getJobId().toHexString();
    }

    private static void receive(OneInputStreamOperatorTestHarness<Received, Outbound> operator, String id)
            throws Exception {
        operator.processElement(Wire.readFrom("shop.orders", Wire.event(id, "order", "{}")), 0);
    }

    private void propose(OneInputStreamOperatorTestHarness<Received, Outbound> to, ControlEvent.Proposed proposal) {
        control.put(new ControlEvent.Proposed(proposal.job(), lineage(to), proposal.version(), proposal.follows())
                .toRecord());
    }

    private static List<Integer> applied(OneInputStreamOperatorTestHarness<Received, Outbound> operator) {
        return RoutingTask.said(operator, "shop.control").stream()
                .filter(ControlEvent.Applied.class::isInstance)
                .map(event -> ((ControlEvent.Applied) event).version())
                .toList();
    }

    private static List<String> stamps(OneInputStreamOperatorTestHarness<Received, Outbound> operator) {
        return operator.extractOutputValues().stream()
                .filter(outbound -> outbound.topic().equals("shop.out"))
                .map(RoutingTask::event)
                .map(event -> event.getId() + " by " + Objects.requireNonNull(event.attribute("stamp")))
                .toList();
    }
}
