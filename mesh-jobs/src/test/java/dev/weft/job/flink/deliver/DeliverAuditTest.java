package dev.weft.job.flink.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.delivery.Backoff;
import dev.weft.delivery.Dispatch;
import dev.weft.delivery.Order;
import dev.weft.delivery.Parcel;
import dev.weft.delivery.ParkingPolicy;
import dev.weft.delivery.RetryPolicy;
import dev.weft.delivery.RetryStatuses;
import dev.weft.delivery.Target;
import dev.weft.delivery.Terms;
import dev.weft.event.MeshEvent;
import dev.weft.http.HttpSettings;
import dev.weft.job.Wire;
import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Cut;
import dev.weft.job.audit.Item;
import dev.weft.job.audit.Leg;
import dev.weft.job.flink.audit.ShownBook;
import dev.weft.job.flink.connect.Outbound;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator that delivers counts for the audit. */
class DeliverAuditTest {

    private static final int MOST_SUBTASKS = 128;
    private static final Leg LEG = new Leg("big", "billing");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void whatWaitsIsCountedWhereItIs() throws Exception {
        Life life = begin(new FakeEndpoints(attempt -> FakeEndpoints.status(503)), null, 1, 0);
        life.receives("a");
        OperatorSubtaskState state = life.harness.snapshot(1, 1);
        life = begin(new FakeEndpoints(attempt -> null), state, 1, 0);
        life.receives("b", "c", "d", "e");

        assertThat(counts(List.of(life.checkpointed(2))))
                .isEqualTo(Map.of(Item.ACCEPTED, 5L, Item.RETRYING, 1L, Item.IN_FLIGHT, 2L, Item.PARKED, 2L));
    }

    @Test
    void sumsSurviveAChangeOfTheParallelismUntilAllIsDelivered() throws Exception {
        Life one = begin(new FakeEndpoints(attempt -> null), null, 1, 0);
        one.receives("a", "b", "c", "d", "e");
        OperatorSubtaskState whole = one.harness.snapshot(1, 1);

        List<Cut> cuts = new ArrayList<>();
        OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
        for (int i = 0; i < 2; i++) {
            Life half = begin(
                    new FakeEndpoints(attempt -> null),
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(whole, MOST_SUBTASKS, 1, 2, i),
                    2,
                    i);
            halves[i] = half.harness.snapshot(2, 2);
            half.harness.notifyOfCompletedCheckpoint(2);
            cuts.add(half.shown.cut().orElseThrow());
        }
        Map<Item, Long> between = counts(cuts);
        assertThat(between).containsEntry(Item.ACCEPTED, 5L);
        assertThat(between.getOrDefault(Item.PARKED, 0L) + between.getOrDefault(Item.IN_FLIGHT, 0L))
                .isEqualTo(5);

        OperatorSubtaskState together = AbstractStreamOperatorTestHarness.repartitionOperatorState(
                AbstractStreamOperatorTestHarness.repackageState(halves), MOST_SUBTASKS, 2, 1, 0);
        Life last = begin(new FakeEndpoints(attempt -> FakeEndpoints.status(200)), together, 1, 0);
        last.runsMails();
        assertThat(counts(List.of(last.checkpointed(3)))).isEqualTo(Map.of(Item.ACCEPTED, 5L, Item.DELIVERED, 5L));
    }

    @Test
    void whatIsGivenUpIsCounted() throws Exception {
        Life life = begin(new FakeEndpoints(attempt -> FakeEndpoints.status(400)), null, 1, 0);
        life.receives("a", "b");

        assertThat(counts(List.of(life.checkpointed(1)))).isEqualTo(Map.of(Item.ACCEPTED, 2L, Item.BURIED, 2L));
    }

    /** Returns what is not zero. */
    private static Map<Item, Long> counts(List<Cut> cuts) {
        assertThat(Balance.of(cuts).rows()).allMatch(row -> row.lostInDelivery() == 0);
        Map<Item, Long> counts = new EnumMap<>(Item.class);
        for (Cut cut : cuts) {
            for (Item item : Item.values()) {
                long count = cut.page().count(LEG, item);
                if (count != 0) {
                    counts.merge(item, count, Long::sum);
                }
            }
        }
        return counts;
    }

    private static DeliveryPlan plan() {
        RetryPolicy retry = new RetryPolicy(
                4,
                Duration.ofHours(1),
                Backoff.EXPONENTIAL,
                Duration.ofMillis(200),
                Duration.ofMinutes(1),
                false,
                Duration.ZERO,
                RetryStatuses.DEFAULT);
        Terms terms = new Terms(
                "billing", 2, false, Double.POSITIVE_INFINITY, retry, null, Order.NONE, ParkingPolicy.DEFAULT);
        Target target = new Target(HttpSettings.of(URI.create("http://billing/events")), terms, null);
        return new DeliveryPlan("shop", List.of(target), "shop.dead", Map.of(), 16, 1_000_000, true);
    }

    private Life begin(Endpoints endpoints, @Nullable OperatorSubtaskState state, int subtasks, int index)
            throws Exception {
        ShownBook shown = new ShownBook();
        var harness = new OneInputStreamOperatorTestHarness<Dispatch, Outbound>(
                InstantiationUtil.clone(new DeliverFactory(plan(), endpoints, true)),
                shown.environment(MOST_SUBTASKS, subtasks, index));
        open.add(harness);
        harness.getStreamConfig().setStatePartitioner(0, (Parcel unused) -> 0);
        harness.getStreamConfig().setStateKeySerializer(Types.INT.createSerializer(new SerializerConfigImpl()));
        harness.getStreamConfig().serializeAllConfigs();
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        return new Life(harness, shown);
    }

    /** One subtask from its start to its end. */
    private record Life(OneInputStreamOperatorTestHarness<Dispatch, Outbound> harness, ShownBook shown) {

        void receives(String... ids) throws Exception {
            for (String id : ids) {
                MeshEvent event = (MeshEvent) Wire.readFrom("shop.orders", Wire.event(id, "order.placed", "{}"));
                harness.processElement(Parcel.of("big", "billing", event, event, null), 0);
                runsMails();
            }
        }

        void runsMails() throws Exception {
            Optional<Mail> mail = harness.getTaskMailbox().tryTake(-1);
            while (mail.isPresent()) {
                mail.get().run();
                mail = harness.getTaskMailbox().tryTake(-1);
            }
        }

        Cut checkpointed(long checkpoint) throws Exception {
            OperatorSubtaskState unused = harness.snapshot(checkpoint, checkpoint);
            harness.notifyOfCompletedCheckpoint(checkpoint);
            return shown.cut().orElseThrow();
        }
    }
}
