package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Received;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Book;
import dev.weft.job.audit.Cut;
import dev.weft.job.audit.Item;
import dev.weft.job.audit.Leg;
import dev.weft.job.audit.Reading;
import dev.weft.job.audit.Row;
import dev.weft.job.flink.audit.ShownBook;
import dev.weft.job.flink.connect.Outbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the routing operator counts for the audit. */
class RouteAuditTest {

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              big: { topic: shop.big }
              all: { topic: shop.all }
              dead: { topic: shop.dead }
            targets:
              billing: { http: { url: "http://billing.shop/events" } }
            deadLetter: dead
            routes:
              - { name: everything, from: [orders], where: { type: [{ prefix: order }] }, to: [all] }
              - name: large
                from: [orders]
                where: { data: { amount: [{ numeric: [">=", 100] }] } }
                to: [big, all, billing]
              - name: noted
                from: [orders]
                where: { type: [order.placed] }
                transform: { data: { note: "${data.note}" }, missing: fail }
                to: [big]
              - name: stepped
                from: [orders]
                steps: [{ filter: { where: { type: [order.placed] } } }]
                to: [billing]
            """);

    private static final WireRecord SMALL = Wire.event("1", "order.placed", "{\"amount\":5}");
    private static final WireRecord LARGE = Wire.event("2", "order.placed", "{\"amount\":500,\"note\":\"x\"}");
    private static final WireRecord OTHER = Wire.event("3", "payment", "{}");
    private static final WireRecord DAMAGED = Wire.event("4", "order.placed", "{\"amount\":");
    private static final WireRecord GARBAGE = Wire.garbage("nonsense");
    private static final int MOST_SUBTASKS = 128;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void everyDecisionCountsForEveryRoute() throws Exception {
        Life life = begin(null, 1, 0);
        life.receives(SMALL, LARGE, OTHER, DAMAGED, GARBAGE, expired());
        Balance balance = balance(life.checkpointed(1));

        assertThat(balance.read()).isEqualTo(Map.of("shop.orders", new Reading(5, 1)));
        assertThat(balance.rows())
                .containsExactly(
                        new Row(new Leg("everything", "all"), 5, 1, 3, 0, 0, 0, 1, 0, 0, 0),
                        new Row(new Leg("large", "all"), 5, 3, 1, 0, 0, 0, 1, 0, 0, 0),
                        new Row(new Leg("large", "big"), 5, 3, 1, 0, 0, 0, 1, 0, 0, 0),
                        new Row(new Leg("large", "billing"), 5, 3, 0, 0, 0, 0, 1, 0, 1, 0),
                        new Row(new Leg("noted", "big"), 5, 1, 1, 0, 0, 0, 3, 0, 0, 0),
                        new Row(new Leg("stepped", "billing"), 5, 1, 0, 0, 0, 0, 1, 0, 3, 0));
    }

    @Test
    void nothingIsShownBeforeItsCheckpointIsComplete() throws Exception {
        Life life = begin(null, 1, 0);
        life.receives(SMALL);
        assertThat(life.shown.cut()).isEmpty();

        OperatorSubtaskState unused = life.harness.snapshot(1, 1);
        life.receives(LARGE);
        assertThat(life.shown.cut()).isEmpty();

        life.harness.notifyOfCompletedCheckpoint(1);
        assertThat(events(List.of(life.shown.cut().orElseThrow()))).isEqualTo(1);
    }

    @Test
    void sumsSurviveARestartAndAChangeOfTheParallelism() throws Exception {
        Life one = begin(null, 1, 0);
        one.receives(SMALL, LARGE);
        OperatorSubtaskState state = one.harness.snapshot(1, 1);
        one.receives(SMALL); // lost with the restart, and read again

        Life again = begin(state, 1, 0);
        again.receives(SMALL);
        state = again.harness.snapshot(2, 2);

        List<Cut> cuts = new ArrayList<>();
        OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
        for (int i = 0; i < 2; i++) {
            Life half = begin(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(state, MOST_SUBTASKS, 1, 2, i), 2, i);
            half.receives(LARGE, OTHER);
            halves[i] = half.harness.snapshot(3, 3);
            half.harness.notifyOfCompletedCheckpoint(3);
            cuts.add(half.shown.cut().orElseThrow());
        }
        assertThat(events(cuts)).isEqualTo(7);

        OperatorSubtaskState together = AbstractStreamOperatorTestHarness.repartitionOperatorState(
                AbstractStreamOperatorTestHarness.repackageState(halves), MOST_SUBTASKS, 2, 1, 0);
        Balance balance = balance(begin(together, 1, 0).checkpointed(4));
        assertThat(balance.read()).isEqualTo(Map.of("shop.orders", new Reading(7, 0)));
        assertThat(balance.rows())
                .contains(new Row(new Leg("everything", "all"), 7, 2, 5, 0, 0, 0, 0, 0, 0, 0))
                .contains(new Row(new Leg("large", "billing"), 7, 4, 0, 0, 0, 0, 0, 0, 3, 0));
    }

    /** What is handed on for delivery is missed until the operator that delivers says that it has come. */
    @Test
    void anEventLostOnItsWayToDeliveryIsMissed() throws Exception {
        Life life = begin(null, 1, 0);
        life.receives(SMALL, LARGE);
        Cut routing = life.checkpointed(1);
        Leg leg = new Leg("stepped", "billing");

        assertThat(Balance.of(List.of(routing, delivering(leg, 2))).unbalanced(true))
                .extracting(Row::leg)
                .containsExactly(new Leg("large", "billing"));
        assertThat(Balance.of(List.of(routing, delivering(leg, 1))).unbalanced(true))
                .filteredOn(row -> row.leg().equals(leg))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.difference()).isEqualTo(1);
                    assertThat(row.lostOnTheWay()).isEqualTo(1);
                });
    }

    private static Cut delivering(Leg leg, long count) {
        Book book = new Book();
        book.add(leg, Item.ACCEPTED, count);
        book.add(leg, Item.DELIVERED, count);
        return new Cut(1, book.page());
    }

    private static Balance balance(Cut cut) {
        return Balance.of(List.of(cut));
    }

    private static long events(List<Cut> cuts) {
        return Balance.of(cuts).read().values().stream()
                .mapToLong(Reading::events)
                .sum();
    }

    /** An order whose time is over. */
    private static WireRecord expired() {
        WireRecord order = Wire.event("5", "order.placed", "{\"amount\":5}");
        WireHeaders.Builder headers = new WireHeaders.Builder();
        for (int i = 0; i < order.headers().size(); i++) {
            headers.add(order.headers().name(i), order.headers().value(i));
        }
        headers.add("ce_expirytime", Wire.utf8("2026-01-05T12:00:00Z"));
        return new WireRecord(order.key(), headers.build(), order.value());
    }

    private Life begin(@Nullable OperatorSubtaskState state, int subtasks, int index) throws Exception {
        ShownBook shown = new ShownBook();
        var harness = new OneInputStreamOperatorTestHarness<Received, Outbound>(
                InstantiationUtil.clone(new RouteOperator(SHOP.routing(), List.of(), SHOP.ingress())),
                shown.environment(MOST_SUBTASKS, subtasks, index));
        open.add(harness);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        harness.setProcessingTime(1_800_000_000_000L);
        return new Life(harness, shown);
    }

    /** One subtask from its start to its end. */
    private record Life(OneInputStreamOperatorTestHarness<Received, Outbound> harness, ShownBook shown) {

        void receives(WireRecord... records) throws Exception {
            for (WireRecord next : records) {
                harness.processElement(Wire.readFrom("shop.orders", next), 0);
            }
        }

        Cut checkpointed(long checkpoint) throws Exception {
            OperatorSubtaskState unused = harness.snapshot(checkpoint, checkpoint);
            harness.notifyOfCompletedCheckpoint(checkpoint);
            return shown.cut().orElseThrow();
        }
    }
}
