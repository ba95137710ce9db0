package dev.weft.job.flink.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.delivery.Backoff;
import dev.weft.delivery.Order;
import dev.weft.delivery.Parcel;
import dev.weft.delivery.ParkingPolicy;
import dev.weft.delivery.RetryPolicy;
import dev.weft.delivery.RetryStatuses;
import dev.weft.delivery.Target;
import dev.weft.delivery.Terms;
import dev.weft.event.EventFormat;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpReply;
import dev.weft.http.HttpSettings;
import dev.weft.job.ChannelConfig;
import dev.weft.job.EventTime;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.route.TopicNames.OneTopic;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator around the courier, on real state and timers, and endpoints that answer as told. */
class DeliverOperatorTest {

    private static final int MOST_SUBTASKS = 128;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void aTargetThatTakesAnEventLeavesNothingBehind() throws Exception {
        FakeEndpoints endpoints = new FakeEndpoints(attempt -> FakeEndpoints.status(202));
        Life life = begin(plan(target("billing")), endpoints, null, 1, 0);
        life.receives(parcel("a", "billing", null));
        assertThat(endpoints.posted()).hasSize(1);
        assertThat(life.deadLetters()).isEmpty();
        assertThat(life.keysIn(KeyedParcelStore.PARCELS)).isZero();
    }

    @Test
    void attemptsAndTheirTimesSurviveEveryRestart() throws Exception {
        FakeEndpoints endpoints = new FakeEndpoints(attempt -> FakeEndpoints.status(503));
        DeliveryPlan plan = plan(target("billing"));
        Life life = begin(plan, endpoints, null, 1, 0);
        life.receives(parcel("a", "billing", null));
        List<Long> times = new ArrayList<>(List.of(0L));
        for (long now = 100; now <= 3000; now += 100) {
            life = begin(plan, endpoints, life.dies(), 1, 0);
            int before = endpoints.posted().size();
            life.clockReaches(now);
            if (endpoints.posted().size() > before) {
                times.add(now);
            }
        }
        assertThat(endpoints.posted()).extracting(FakeEndpoints.Posted::attempt).containsExactly(1, 2, 3, 4);
        assertThat(times).containsExactly(0L, 200L, 600L, 1400L);
        assertThat(endpoints.posted())
                .extracting(FakeEndpoints.Posted::idempotencyKey)
                .containsOnly(endpoints.posted().get(0).idempotencyKey());
        assertThat(life.deadLettered()).isEmpty();
    }

    @Test
    void whatATargetDoesNotTakeGoesToTheDeadLetterAsItWasRead() throws Exception {
        FakeEndpoints endpoints = new FakeEndpoints(attempt -> FakeEndpoints.status(500));
        Life life = begin(plan(target("billing")), endpoints, null, 1, 0);
        life.receives(parcel("a", "billing", null));
        life.clockReaches(200);
        life.clockReaches(600);
        life.clockReaches(1400);
        List<MeshEvent> dead = life.deadLetters();
        assertThat(dead).hasSize(1);
        MeshEvent letter = dead.get(0);
        assertThat(letter.getId()).isEqualTo("a");
        assertThat(letter.payload()).isEqualTo("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(attributes(letter))
                .containsEntry("weftreason", "delivery-failed")
                .containsEntry("wefttarget", "billing")
                .containsEntry("weftroute", "big")
                .containsEntry("weftattempts", "4")
                .containsEntry("weftfirstfailure", "1970-01-01T00:00:00Z")
                .containsEntry("wefttopic", "shop.orders")
                .containsEntry("weftpartition", "2")
                .containsEntry("weftoffset", "17")
                .containsEntry("knativeerrordest", "http://billing/events")
                .containsEntry("knativeerrorcode", "500")
                .containsEntry("knativeerrordata", "bm8=");
    }

    @Test
    void whatIsOnItsWayAtACheckpointIsSentAgainAfterARestart() throws Exception {
        DeliveryPlan plan = plan(target("billing"));
        FakeEndpoints silent = new FakeEndpoints(attempt -> null);
        Life life = begin(plan, silent, null, 1, 0);
        life.receives(parcel("a", "billing", null));
        OperatorSubtaskState state = life.dies();
        FakeEndpoints answering = new FakeEndpoints(attempt -> FakeEndpoints.status(200));
        Life next = begin(plan, answering, state, 1, 0);
        next.runsMails();
        assertThat(answering.posted()).containsExactly(silent.posted().get(0));
        assertThat(next.keysIn(KeyedParcelStore.PARCELS)).isZero();
    }

    @Test
    void whatIsParkedFollowsTheParallelism() throws Exception {
        DeliveryPlan plan = plan(target("billing"));
        FakeEndpoints silent = new FakeEndpoints(attempt -> null);
        Life one = begin(plan, silent, null, 1, 0);
        for (int i = 0; i < 200; i++) {
            one.receives(parcel("e" + i, "billing", null));
        }
        OperatorSubtaskState whole = one.dies();

        FakeEndpoints stillSilent = new FakeEndpoints(attempt -> null);
        OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
        int[] posted = new int[2];
        for (int i = 0; i < 2; i++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(whole, MOST_SUBTASKS, 1, 2, i);
            int before = stillSilent.posted().size();
            Life half = begin(plan, stillSilent, part, 2, i);
            posted[i] = stillSilent.posted().size() - before;
            halves[i] = half.dies();
        }
        assertThat(posted).as("each has its share of the calls").containsExactly(32, 32);

        FakeEndpoints answering = new FakeEndpoints(attempt -> FakeEndpoints.status(200));
        OperatorSubtaskState again = AbstractStreamOperatorTestHarness.repackageState(halves);
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(again, MOST_SUBTASKS, 2, 1, 0);
        Life together = begin(plan, answering, all, 1, 0);
        together.runsMails();
        assertThat(answering.posted().stream()
                        .map(FakeEndpoints.Posted::idempotencyKey)
                        .distinct())
                .hasSize(200);
        assertThat(together.keysIn(KeyedParcelStore.PARCELS)).isZero();
    }

    @Test
    void whatWaitsForATargetThatIsGoneIsGivenUp() throws Exception {
        FakeEndpoints failing = new FakeEndpoints(attempt -> FakeEndpoints.status(503));
        Life life = begin(plan(target("billing")), failing, null, 1, 0);
        life.receives(parcel("a", "billing", null));
        Life next = begin(plan(target("other")), failing, life.dies(), 1, 0);
        next.clockReaches(10_000);
        assertThat(next.deadLettered()).containsExactly("a target-removed");
        assertThat(next.keysIn(KeyedParcelStore.PARCELS)).isZero();
    }

    @Test
    void whatWaitsForATargetWhoseOrderWasChangedIsDelivered() throws Exception {
        FakeEndpoints failing =
                new FakeEndpoints(attempt -> attempt < 3 ? FakeEndpoints.status(503) : FakeEndpoints.status(200));
        Life life = begin(plan(target("billing", Order.PER_KEY)), failing, null, 1, 0);
        life.receives(parcel("a", "billing", "k"));
        life.receives(parcel("b", "billing", "k"));
        DeliveryPlan changed = new DeliveryPlan(
                "shop",
                List.of(target("other", Order.PER_KEY), target("billing", Order.NONE)),
                "shop.dead",
                Map.of(),
                16,
                1_000_000,
                true);
        Life next = begin(changed, failing, life.dies(), 1, 0);
        for (long now = 100; now <= 3000; now += 100) {
            next.clockReaches(now);
        }
        assertThat(next.deadLetters()).isEmpty();
        assertThat(next.keysIn(KeyedParcelStore.PARCELS)).isZero();
        assertThat(failing.posted()).hasSize(6);
    }

    @Test
    void eventsOfAKeyAreSentOneAfterTheOther() throws Exception {
        FakeEndpoints silent = new FakeEndpoints(attempt -> null);
        Life life = begin(plan(target("billing", Order.PER_KEY)), silent, null, 1, 0);
        IntStream.range(0, 3).forEach(i -> life.receives(parcel("e" + i, "billing", "k")));
        assertThat(silent.posted()).hasSize(1);
        assertThat(life.keysIn(KeyedParcelStore.HOLDS)).isEqualTo(1);
    }

    @Test
    void anEventWithWhichATargetAnswersGoesToTheChannelForReplies() throws Exception {
        Life life = begin(replying(16), new FakeEndpoints(attempt -> answer("/billing")), null, 1, 0);
        life.receives(parcel("a", "billing", null));
        assertThat(life.deadLetters()).isEmpty();
        List<MeshEvent> replies = life.events("shop.replies");
        assertThat(replies).hasSize(1);
        assertThat(attributes(replies.get(0)))
                .containsEntry("id", "reply")
                .containsEntry("causationid", "a")
                .containsEntry("wefthops", "1")
                .containsEntry("weftchain", "big>billing");
    }

    @Test
    void anAnswerThatClaimsToBeAnEventAndIsNoneIsAFailure() throws Exception {
        Life life = begin(replying(16), new FakeEndpoints(attempt -> answer("")), null, 1, 0);
        life.receives(parcel("a", "billing", null));
        assertThat(life.deadLettered()).containsExactly("a malformed-reply");
        assertThat(life.events("shop.replies")).isEmpty();
    }

    @Test
    void anAnswerThatIsNoEventIsNone() throws Exception {
        Life life = begin(replying(16), new FakeEndpoints(attempt -> FakeEndpoints.status(202)), null, 1, 0);
        life.receives(parcel("a", "billing", null));
        assertThat(life.deadLetters()).isEmpty();
        assertThat(life.events("shop.replies")).isEmpty();
    }

    @Test
    void aTargetThatAnswersItsOwnAnswersIsStoppedAfterTheMostHops() throws Exception {
        Life life = begin(replying(3), new FakeEndpoints(attempt -> answer("/billing")), null, 1, 0);
        life.receives(parcel("a", "billing", null));
        for (int round = 0; round < 5; round++) {
            List<MeshEvent> replies = life.events("shop.replies");
            if (replies.size() > round) {
                MeshEvent reply = replies.get(round);
                life.receives(Parcel.of("big", "billing", reply, reply, null));
            }
        }
        assertThat(life.events("shop.replies")).hasSize(3);
        assertThat(life.deadLettered()).containsExactly("reply too-many-hops");
        assertThat(life.deadLetters().get(0).attribute("weftdetail"))
                .endsWith("big>billing big>billing big>billing big>billing");
    }

    private static DeliveryPlan replying(int maxHops) {
        Target plain = target("billing");
        EventTime time = new EventTime(EventTime.Clock.KAFKA, Duration.ZERO, Duration.ofSeconds(30));
        ChannelConfig replies =
                new ChannelConfig("replies", new OneTopic("shop.replies"), EventFormat.AS_RECEIVED, time, null);
        Target target = new Target(plain.http(), plain.terms(), "replies");
        return new DeliveryPlan(
                "shop", List.of(target), "shop.dead", Map.of("replies", replies), maxHops, 1_000_000, true);
    }

    private static HttpReply answer(String source) {
        List<HttpHeader> headers = List.of(
                new HttpHeader("ce-specversion", "1.0"),
                new HttpHeader("ce-id", "reply"),
                new HttpHeader("ce-source", source),
                new HttpHeader("ce-type", "billed"));
        return new HttpReply(200, headers, new byte[0]);
    }

    private static Target target(String name) {
        return target(name, Order.NONE);
    }

    private static Target target(String name, Order order) {
        RetryPolicy retry = new RetryPolicy(
                4,
                Duration.ofHours(1),
                Backoff.EXPONENTIAL,
                Duration.ofMillis(200),
                Duration.ofMinutes(1),
                false,
                Duration.ZERO,
                RetryStatuses.DEFAULT);
        Terms terms = new Terms(name, 64, false, Double.POSITIVE_INFINITY, retry, null, order, ParkingPolicy.DEFAULT);
        return new Target(HttpSettings.of(URI.create("http://" + name + "/events")), terms, null);
    }

    private static DeliveryPlan plan(Target target) {
        return new DeliveryPlan("shop", List.of(target), "shop.dead", Map.of(), 16, 1_000_000, true);
    }

    private static Parcel parcel(String id, String target, @org.jspecify.annotations.Nullable String key) {
        WireHeaders.Builder headers = new WireHeaders.Builder();
        Map.of("specversion", "1.0", "id", id, "source", "/test", "type", "test")
                .forEach((name, text) -> headers.add("ce_" + name, text.getBytes(StandardCharsets.UTF_8)));
        byte[] payload = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin("shop.orders", 2, 17, 1);
        MeshEvent event = MeshEvent.stored(origin, new WireRecord(null, headers.build(), payload));
        return Parcel.of("big", target, event, event, key);
    }

    private static Map<String, String> attributes(MeshEvent event) {
        Map<String, String> attributes = new java.util.HashMap<>();
        event.attributeNames().forEach(name -> attributes.put(name, event.attribute(name)));
        return attributes;
    }

    private Life begin(
            DeliveryPlan plan,
            Endpoints endpoints,
            @org.jspecify.annotations.Nullable OperatorSubtaskState state,
            int subtasks,
            int index)
            throws Exception {
        DeliverFactory factory = InstantiationUtil.clone(new DeliverFactory(
                plan, endpoints, plan.targets().get(0).terms().order() == Order.NONE));
        var harness = new KeyedOneInputStreamOperatorTestHarness<Integer, Parcel, Outbound>(
                factory, unused -> 0, Types.INT, MOST_SUBTASKS, subtasks, index);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        open.add(harness);
        return new Life(harness);
    }

    /** One subtask from its start to its end. */
    private record Life(KeyedOneInputStreamOperatorTestHarness<Integer, Parcel, Outbound> harness) {

        void receives(Parcel parcel) {
            try {
                harness.processElement(parcel, 0);
                runsMails();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        void clockReaches(long time) throws Exception {
            harness.setProcessingTime(time);
            runsMails();
        }

        void runsMails() throws Exception {
            Optional<Mail> mail = harness.getTaskMailbox().tryTake(-1);
            while (mail.isPresent()) {
                mail.get().run();
                mail = harness.getTaskMailbox().tryTake(-1);
            }
        }

        OperatorSubtaskState dies() throws Exception {
            OperatorSubtaskState state = harness.snapshot(1, 1);
            harness.close();
            return state;
        }

        List<MeshEvent> deadLetters() {
            return events("shop.dead");
        }

        List<MeshEvent> events(String topic) {
            return harness.extractOutputValues().stream()
                    .filter(outbound -> outbound.topic().equals(topic))
                    .map(outbound -> (MeshEvent) new EventReader(1_000_000).read(Origin.NONE, outbound.record()))
                    .toList();
        }

        List<String> deadLettered() {
            return deadLetters().stream()
                    .map(event -> event.getId() + " " + event.attribute("weftreason"))
                    .toList();
        }

        long keysIn(String state) {
            try (var keys = harness.getOperator()
                    .getKeyedStateBackend()
                    .getKeys(state, org.apache.flink.runtime.state.VoidNamespace.INSTANCE)) {
                return keys.count();
            }
        }
    }
}
