package dev.weft.job.flink.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.delivery.Dispatch;
import dev.weft.delivery.Parcel;
import dev.weft.delivery.PausedTargets;
import dev.weft.delivery.Target;
import dev.weft.event.MeshEvent;
import dev.weft.http.CallResult;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpMessage;
import dev.weft.http.HttpReply;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.testkit.flink.Recovery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What those who deliver do when they hear which targets are paused. */
class PausedTargetsTest {

    private static final int MOST = 128;
    private static final List<Target> TARGETS = Jobs.named("shop", """
            channels: { orders: { topic: shop.orders }, dead: { topic: shop.dead } }
            targets:
              billing: { http: { url: "http://127.0.0.1:9/billing" }, order: perKey }
              ledger: { http: { url: "http://127.0.0.1:9/ledger" }, order: perKey }
            deadLetter: dead
            routes: [{ name: all, from: [orders], to: [billing, ledger] }]
            """).targets();

    /** What targets got, in all lives of an operator: endpoints go over the wire to each. */
    private static final List<String> DELIVERED = new CopyOnWriteArrayList<>();

    private @Nullable KeyedOneInputStreamOperatorTestHarness<Integer, Dispatch, Outbound> operator;

    /** Takes everything at once. */
    private record Taking(String target) implements HttpEndpoint {
        @Override
        public void post(HttpMessage message, Consumer<CallResult> result) {
            DELIVERED.add(target + " " + new String(message.body(), StandardCharsets.UTF_8));
            result.accept(new HttpReply(202, List.of(), new byte[0]));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @BeforeEach
    void forget() {
        DELIVERED.clear();
    }

    @AfterEach
    void close() throws Exception {
        if (operator != null) {
            operator.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPausedTargetGetsNothingUntilItGoesOnAndThenAllInOrder(Recovery recovery) throws Exception {
        start(true, null);
        receives(recovery, parcel("ledger", "1"));
        receives(recovery, new PausedTargets(Set.of("ledger")));
        receives(recovery, parcel("ledger", "2"), parcel("billing", "3"));
        receives(recovery, parcel("ledger", "4"), parcel("ledger", "5"));
        assertThat(ids("ledger")).containsExactly("1");
        assertThat(ids("billing")).containsExactly("3");

        receives(recovery, new PausedTargets(Set.of()));
        receives(recovery, parcel("ledger", "6"));

        assertThat(ids("ledger")).containsExactly("1", "2", "4", "5", "6");
        assertThat(harness().extractOutputValues()).isEmpty();
    }

    @Test
    void whatOneSubtaskHadPausedIsPausedAfterARestartUntilSomebodySaysOtherwise() throws Exception {
        start(true, null);
        receives(Recovery.NEVER, parcel("billing", "1"));
        OperatorSubtaskState going = harness().snapshot(1, 1);
        receives(Recovery.NEVER, new PausedTargets(Set.of("billing")));
        OperatorSubtaskState paused = harness().snapshot(2, 2);
        harness().close();

        start(true, AbstractStreamOperatorTestHarness.repackageState(going, paused));
        receives(Recovery.NEVER, parcel("billing", "2"));
        assertThat(ids("billing")).containsExactly("1");

        receives(Recovery.NEVER, new PausedTargets(Set.of()));
        assertThat(ids("billing")).containsExactly("1", "2");
    }

    /** Without a control channel nobody would ever say that a target goes on. */
    @Test
    void aJobThatHasNoControlChannelAnyMorePausesNothing() throws Exception {
        start(true, null);
        receives(Recovery.NEVER, new PausedTargets(Set.of("billing")), parcel("billing", "1"));
        OperatorSubtaskState paused = harness().snapshot(1, 1);
        harness().close();

        start(false, paused);
        runMail();

        assertThat(ids("billing")).containsExactly("1");
    }

    private void start(boolean canPause, @Nullable OperatorSubtaskState state) throws Exception {
        DeliveryPlan plan = new DeliveryPlan("shop", TARGETS, "shop.dead", Map.of(), 16, 1_000_000, canPause);
        Endpoints endpoints = PausedTargetsTest::open;
        DeliverFactory shipped = InstantiationUtil.clone(new DeliverFactory(plan, endpoints, false));
        var harness = new KeyedOneInputStreamOperatorTestHarness<Integer, Dispatch, Outbound>(
                shipped, unused -> 0, Types.INT, MOST, 1, 0);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        operator = harness;
    }

    private static HttpEndpoint open(Target target) {
        return new Taking(target.name());
    }

    private void receives(Recovery recovery, Dispatch... dispatches) throws Exception {
        for (Dispatch dispatch : dispatches) {
            harness().processElement(dispatch, 0);
            runMail();
        }
        if (recovery == Recovery.AFTER_EVERY_STEP) {
            OperatorSubtaskState state = harness().snapshot(1, 1);
            harness().close();
            start(true, state);
            runMail();
        }
    }

    private void runMail() throws Exception {
        Optional<Mail> mail = harness().getTaskMailbox().tryTake(-1);
        while (mail.isPresent()) {
            mail.get().run();
            mail = harness().getTaskMailbox().tryTake(-1);
        }
    }

    private static List<String> ids(String target) {
        return DELIVERED.stream()
                .filter(each -> each.startsWith(target + " "))
                .map(each -> each.substring(target.length() + 1))
                .toList();
    }

    private static Parcel parcel(String target, String id) {
        MeshEvent event = (MeshEvent) Wire.readFrom("shop.orders", Wire.event(id, "order", id));
        return Parcel.of("all", target, event, event, target.equals("ledger") ? "key" : null);
    }

    private KeyedOneInputStreamOperatorTestHarness<Integer, Dispatch, Outbound> harness() {
        return Objects.requireNonNull(operator);
    }
}
