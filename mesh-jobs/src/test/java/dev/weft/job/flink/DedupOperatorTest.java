package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Received;
import dev.weft.event.WireRecord;
import dev.weft.event.flink.ReceivedSerializer;
import dev.weft.job.DedupPlan;
import dev.weft.job.EventMark;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.testkit.flink.Recovery;
import dev.weft.testkit.flink.TwoInputScenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // Flink declares that closing a harness may throw anything
class DedupOperatorTest {

    private static final Path SAVEPOINT_V1 = Path.of("src/test/resources/dev/weft/job/flink/v1-dedup.savepoint");

    private static final int MOST_SUBTASKS = 128;
    private static final long MINUTE = 60_000;

    private static final DedupPlan SHOP = plan("orders: { topic: orders, dedup: { ttl: 10m } }");

    @ParameterizedTest
    @EnumSource
    void passesTheFirstOfEqualEvents(Recovery recovery) throws Exception {
        try (var dedup = scenario(SHOP, recovery)) {
            dedup.receives(order("1"), 0);
            dedup.receives(order("2"), 0);
            dedup.receives(order("1"), 0);
            dedup.receives(order("1"), 0);
            dedup.receives(order("3"), 0);

            dedup.emits(order("1"), order("2"), order("3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgetsAnEventWhenItsTimeIsOver(Recovery recovery) throws Exception {
        try (var dedup = scenario(SHOP, recovery)) {
            dedup.clockReaches(MINUTE);
            dedup.receives(order("1"), 0);
            dedup.clockReaches(11 * MINUTE - 1);
            dedup.receives(order("1"), 0);
            dedup.emits(order("1"));

            dedup.clockReaches(11 * MINUTE);
            dedup.receives(order("1"), 0);
            dedup.receives(order("1"), 0);
            dedup.emits(order("1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsTheTimeFromTheEventThatPassed(Recovery recovery) throws Exception {
        try (var dedup = scenario(SHOP, recovery)) {
            dedup.receives(order("1"), 0);
            for (int minute = 1; minute <= 9; minute++) {
                dedup.clockReaches(minute * MINUTE);
                dedup.receives(order("1"), 0);
            }
            dedup.emits(order("1"));

            dedup.clockReaches(10 * MINUTE);
            dedup.receives(order("1"), 0);
            dedup.emits(order("1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersInEachChannelForAsLongAsItSays(Recovery recovery) throws Exception {
        DedupPlan two = plan("""
                orders: { topic: orders, dedup: { ttl: 10m } }
                returns: { topic: returns, dedup: { ttl: 1s } }""");
        try (var dedup = scenario(two, recovery)) {
            dedup.receives(order("1"), 0);
            dedup.receives(from("returns", "1"), 0);
            dedup.clockReaches(MINUTE);
            dedup.receives(order("1"), 0);
            dedup.receives(from("returns", "1"), 0);

            dedup.emits(order("1"), from("returns", "1"), from("returns", "1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodyAsksAboutPassesAndIsNotRemembered(Recovery recovery) throws Exception {
        Received garbage = Wire.readFrom("orders", Wire.garbage("nonsense"));
        try (var dedup = scenario(SHOP, recovery)) {
            dedup.hears(from("returns", "1"));
            dedup.hears(garbage);
            dedup.hears(from("returns", "1"));
            dedup.hears(garbage);

            dedup.emits(from("returns", "1"), garbage, from("returns", "1"), garbage);
            assertThat(dedup.keysIn(DedupOperator.PASSED)).isZero();
        }
    }

    @Test
    void eventsKeepTheirTimeAndWatermarksPass() throws Exception {
        try (var dedup = harness(SHOP, 1, 0, null)) {
            dedup.processElement1(order("1"), 17);
            dedup.processElement2(from("returns", "2"), 4);
            dedup.processWatermark1(new Watermark(20));
            dedup.processWatermark2(new Watermark(10));

            assertThat(dedup.getOutput())
                    .containsExactly(
                            new StreamRecord<>(order("1"), 17),
                            new StreamRecord<>(from("returns", "2"), 4),
                            new Watermark(10));
        }
    }

    /** What two subtasks remember is remembered by three, each event where it is asked about. */
    @Test
    void eventsAreRememberedAtAnyParallelism() throws Exception {
        List<Received> orders =
                IntStream.range(0, 200).mapToObj(i -> order("" + i)).toList();
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var dedup = harness(SHOP, 2, subtask, null)) {
                assertThat(passed(dedup, orders, 2, subtask)).isNotEmpty().hasSizeLessThan(200);
                states.add(dedup.snapshot(1, 0));
            }
        }
        OperatorSubtaskState both =
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new));
        List<Received> again =
                Stream.concat(orders.stream(), Stream.of(order("new"))).toList();
        List<Received> passed = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(both, MOST_SUBTASKS, 2, 3, subtask);
            try (var dedup = harness(SHOP, 3, subtask, part)) {
                passed.addAll(passed(dedup, again, 3, subtask));
            }
        }
        assertThat(passed).containsExactly(order("new"));
    }

    @ParameterizedTest(name = "10m, then {0}: passes again: {1}")
    @CsvSource({"10m, 0", "20m, 0", "2m, 1", "1m, 2"})
    void anotherTimeCountsForWhatPassedBefore(String ttl, int passing) throws Exception {
        DedupPlan other = plan("orders: { topic: orders, dedup: { ttl: " + ttl + " } }");
        OperatorSubtaskState state;
        try (var dedup = harness(SHOP, 1, 0, null)) {
            dedup.processElement1(order("1"), 0);
            show(dedup, 2 * MINUTE);
            dedup.processElement1(order("2"), 0);
            state = dedup.snapshot(1, 0);
        }
        try (var dedup = harness(other, 1, 0, state)) {
            show(dedup, 3 * MINUTE);
            dedup.processElement1(order("1"), 0);
            dedup.processElement1(order("2"), 0);
            assertThat(dedup.extractOutputValues())
                    .isEqualTo(List.of(order("1"), order("2")).subList(0, passing));
        }
    }

    /**
     * The file was written by the first build that remembered events, and stands for all savepoints since. It is
     * written anew with {@code -Dweft.savepoint=write}, which only a new version of the format gives a reason for.
     */
    @Test
    void goesOnFromTheSavepointOfTheFirstBuild() throws Exception {
        if ("write".equals(System.getProperty("weft.savepoint"))) {
            try (var first = scenario(SHOP, Recovery.NEVER)) {
                first.receives(order("1"), 0);
                first.savesTo(SAVEPOINT_V1);
            }
        }
        try (var dedup = scenario(SHOP, Recovery.NEVER)) {
            dedup.goesOnFrom(SAVEPOINT_V1);
            dedup.receives(order("1"), 0);
            dedup.receives(order("2"), 0);
            dedup.emits(order("2"));

            dedup.clockReaches(10 * MINUTE);
            dedup.receives(order("1"), 0);
            dedup.emits(order("1"));
        }
    }

    @Test
    void onlyEventsOfAChannelThatAsksAreTakenOut() throws Exception {
        Received garbage = Wire.readFrom("orders", Wire.garbage("nonsense"));
        try (var sorter = new OneInputStreamOperatorTestHarness<Received, Received>(
                InstantiationUtil.clone(new DedupSorter(SHOP)))) {
            sorter.setup(ReceivedSerializer.INSTANCE);
            sorter.open();
            sorter.processElement(order("1"), 1);
            sorter.processElement(garbage, 2);
            sorter.processElement(from("returns", "1"), 3);
            sorter.processWatermark(new Watermark(3));

            assertThat(sorter.getSideOutput(DedupSorter.ASKED)).containsExactly(new StreamRecord<>(order("1"), 1));
            assertThat(sorter.getOutput())
                    .containsExactly(
                            new StreamRecord<>(garbage, 2),
                            new StreamRecord<>(from("returns", "1"), 3),
                            new Watermark(3));
        }
    }

    private static DedupPlan plan(String channels) {
        String more = channels.contains("returns") ? "" : "\nreturns: { topic: returns }";
        return DedupPlan.of(
                Jobs.named("shop", """
                channels:
                %s
                  dead: { topic: dead }
                deadLetter: dead
                routes: [{ name: all, from: [orders, returns], to: [dead] }]
                """.formatted((channels + more).indent(2).stripTrailing())));
    }

    private static Received order(String id) {
        return from("orders", id);
    }

    private static Received from(String topic, String id) {
        WireRecord record = Wire.event(id, "order", "{}");
        return Wire.readFrom(topic, record);
    }

    private static TwoInputScenario<EventMark, Received, Received, Received> scenario(DedupPlan plan, Recovery recovery)
            throws Exception {
        return TwoInputScenario.of(new DedupOperator(plan), new EventMarks(plan), EventMarks.TYPE, recovery);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<EventMark, Received, Received, Received> harness(
            DedupPlan plan, int subtasks, int subtask, @Nullable OperatorSubtaskState state) throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                InstantiationUtil.clone(new DedupOperator(plan)),
                new EventMarks(plan),
                null,
                EventMarks.TYPE,
                MOST_SUBTASKS,
                subtasks,
                subtask);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static void show(AbstractStreamOperatorTestHarness<?> harness, long clock) throws Exception {
        harness.setStateTtlProcessingTime(clock);
        harness.setProcessingTime(clock);
    }

    /** Gives to a subtask those that Flink would send there, and returns what passes. */
    private static List<Received> passed(
            KeyedTwoInputStreamOperatorTestHarness<EventMark, Received, Received, Received> dedup,
            List<Received> all,
            int subtasks,
            int subtask)
            throws Exception {
        EventMarks marks = new EventMarks(SHOP);
        for (Received next : all) {
            int owner =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(marks.getKey(next), MOST_SUBTASKS, subtasks);
            if (owner == subtask) {
                dedup.processElement1(next, 0);
            }
        }
        return dedup.extractOutputValues();
    }
}
