package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Received;
import dev.weft.event.WireRecord;
import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink declares that closing a harness may throw anything
class RouteOperatorTest {

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              big: { topic: shop.big }
              audit: { topic: shop.audit }
              dead: { topic: shop.dead }
            deadLetter: dead
            routes:
              - { name: everything, from: [orders], where: { type: [{ prefix: order }] }, to: [audit] }
              - { name: large, from: [orders], where: { data: { amount: [{ numeric: [">=", 100] }] } }, to: [big, audit] }
            """);

    private static final String GROUP = "." + RouteMetrics.GROUP + ".";

    private static final WireRecord SMALL = Wire.event("1", "order.placed", "{\"amount\":5}");
    private static final WireRecord LARGE = Wire.event("2", "order.placed", "{\"amount\":500}");
    private static final WireRecord OTHER = Wire.event("3", "payment", "{}");
    private static final WireRecord DAMAGED = Wire.event("4", "order.placed", "{\"amount\":");

    @Test
    void sendsEachRecordToTheTopicsOfItsChannels() throws Exception {
        try (var operator = opened()) {
            receive(operator, SMALL, OTHER, LARGE);

            assertThat(operator.extractOutputValues())
                    .containsExactly(
                            new Outbound("shop.audit", SMALL),
                            new Outbound("shop.audit", LARGE),
                            new Outbound("shop.big", LARGE));
        }
    }

    @Test
    void sendsWhatIsNoEventToTheDeadLetter() throws Exception {
        try (var operator = opened()) {
            receive(operator, Wire.garbage("nonsense"));

            assertThat(operator.extractOutputValues())
                    .extracting(Outbound::topic)
                    .containsExactly("shop.dead");
        }
    }

    @Test
    void countsWhatBecameOfEveryRecord() throws Exception {
        var metrics = new TreeMap<String, Metric>();
        var environment = new MockEnvironmentBuilder()
                .setMetricGroup(registeringIn(metrics))
                .build();
        try (var operator = new OneInputStreamOperatorTestHarness<Received, Outbound>(shipped(), environment)) {
            operator.open();
            receive(operator, SMALL, LARGE, OTHER, DAMAGED, Wire.garbage("nonsense"));
        }

        assertThat(counts(metrics))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "received", 5L,
                        "route.everything.matched", 3L,
                        "route.large.matched", 1L,
                        "channel.audit.delivered", 3L,
                        "channel.big.delivered", 1L,
                        "delivered", 4L,
                        "unmatched", 1L,
                        "deadLettered", 2L,
                        "reason.not-a-cloudevent.deadLettered", 1L,
                        "reason.unreadable-payload.deadLettered", 1L));
    }

    @Test
    void showsHowManyRoutesDecideAndWhatTheyTake() throws Exception {
        var metrics = new TreeMap<String, Metric>();
        var environment = new MockEnvironmentBuilder()
                .setMetricGroup(registeringIn(metrics))
                .build();
        try (var operator = new OneInputStreamOperatorTestHarness<Received, Outbound>(shipped(), environment)) {
            operator.open();
            receive(operator, SMALL);

            assertThat(shown(metrics, "rules")).isEqualTo(2);
            assertThat((long) shown(metrics, "ruleMemoryBytes")).isBetween(200L, 20_000L);
        }
    }

    /** The operator as a subtask has it: after a journey over the wire. */
    private static RouteOperator shipped() throws Exception {
        return InstantiationUtil.clone(new RouteOperator(SHOP.routing(), List.of(), SHOP.ingress()));
    }

    private static OneInputStreamOperatorTestHarness<Received, Outbound> opened() throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<Received, Outbound>(shipped());
        harness.open();
        return harness;
    }

    private static void receive(OneInputStreamOperatorTestHarness<Received, Outbound> operator, WireRecord... records)
            throws Exception {
        for (WireRecord next : records) {
            operator.processElement(Wire.readFrom("shop.orders", next), 0);
        }
    }

    private static TaskMetricGroup registeringIn(Map<String, Metric> metrics) {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> metrics.put(group.getMetricIdentifier(name), metric))
                .build();
        return TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "host", ResourceID.generate())
                .addJob(new JobID(), "shop")
                .addTask(ExecutionAttemptID.randomId(), "task");
    }

    /** Returns the counters of the operator's own group that have counted, by their name inside the group. */
    private static Map<String, Long> counts(Map<String, Metric> metrics) {
        Map<String, Long> counts = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            int at = name.indexOf(GROUP);
            if (at >= 0 && metric instanceof Counter counter && counter.getCount() > 0) {
                counts.put(name.substring(at + GROUP.length()), counter.getCount());
            }
        });
        return counts;
    }

    private static Object shown(Map<String, Metric> metrics, String gauge) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().endsWith(GROUP + gauge))
                .map(metric -> ((Gauge<?>) metric.getValue()).getValue())
                .findFirst()
                .orElseThrow();
    }
}
