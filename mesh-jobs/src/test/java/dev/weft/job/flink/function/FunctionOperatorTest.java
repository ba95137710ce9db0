package dev.weft.job.flink.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.function.LoopItem.Sent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The head of the loop on real state and timers; its tail is the test. */
class FunctionOperatorTest {

    private static final Ring RING = new Ring("alone", 1_000, false);
    private static final long ROOM = 1 << 20;

    @Test
    void writesRowsToTheStateThatDoNotFitIntoMemory() throws Exception {
        try (Alone alone = new Alone(1, 2_000, null)) {
            for (int round = 0; round < 3; round++) {
                for (int id = 0; id < 200; id++) {
                    alone.receives(Ring.DONE, "id" + id, 0);
                }
            }
            assertThat(alone.counts())
                    .hasSize(200)
                    .allSatisfy((id, count) -> assertThat(count).isEqualTo(3));
            assertThat(alone.rows()).isGreaterThan(150);
        }
    }

    @Test
    void forgetsValuesWhenTheirTimeIsOver() throws Exception {
        try (Alone alone = new Alone(1, ROOM, null)) {
            alone.receives(Ring.BRIEF, "a", 0);
            alone.clockReaches(60);
            alone.receives(Ring.BRIEF, "a", 0);
            alone.clockReaches(110);
            assertThat(alone.timers())
                    .as("one that went off too early was set again")
                    .isEqualTo(1);
            OperatorSubtaskState before = alone.snapshot();
            assertThat(alone.rows()).isEqualTo(1);

            try (Alone later = new Alone(1, ROOM, before)) {
                later.clockReaches(160);
                OperatorSubtaskState unused = later.snapshot();
                assertThat(later.rows()).isZero();
                assertThat(later.timers()).isZero();
            }
        }
    }

    @Test
    void sendsAtOnceAfterARestartWhatIsOverdue() throws Exception {
        OperatorSubtaskState before;
        try (Alone alone = new Alone(1, ROOM, null)) {
            alone.receives(Ring.LATER, "a", 1);
            before = alone.snapshot();
        }
        try (Alone later = new Alone(1, ROOM, before)) {
            later.clockReaches(1_000);
            assertThat(later.counts()).containsExactly(Map.entry("done", 1L));
        }
    }

    @Test
    void takesUpWhatWasOnItsWay() throws Exception {
        OperatorSubtaskState before;
        try (Alone alone = new Alone(1, ROOM, null)) {
            alone.receivesOnly(Ring.RING, "a", 7);
            before = alone.snapshot();
            assertThat(alone.counts()).isEmpty();
        }
        try (Alone later = new Alone(1, ROOM, before)) {
            later.runs();
            assertThat(later.counts()).containsExactly(Map.entry("done", 1L));
        }
    }

    @Test
    void putsIntoTheLoopWhatIsForAnotherSubtask() throws Exception {
        try (Alone alone = new Alone(3, ROOM, null)) {
            for (int id = 0; id < 300; id++) {
                if (subtask(Integer.toString(id)) == 0) {
                    alone.receives(Ring.RING, Integer.toString(id), 1);
                }
            }
            assertThat(alone.sent()).isNotEmpty().allSatisfy(sent -> {
                int there = subtask(sent.message().target().id());
                assertThat(there).isNotZero();
                assertThat(KeyGroupRangeAssignment.assignKeyToParallelOperator(sent.key(), 128, 3))
                        .isEqualTo(there);
            });
        }
    }

    private static int subtask(String id) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(id, 128, 3);
    }

    /** The first of some subtasks. */
    private static final class Alone implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, Message, Outbound> harness;
        private final LoopChannel channel;
        private long checkpoint;

        Alone(int subtasks, long memory, @Nullable OperatorSubtaskState state) throws Exception {
            FunctionSettings settings = new FunctionSettings(RING, RING, memory, ROOM);
            harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new FunctionFactory("alone", settings),
                    message -> message.target().id(),
                    Types.STRING,
                    128,
                    subtasks,
                    0);
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
            harness.setup();
            if (state == null) {
                harness.initializeEmptyState();
            } else {
                harness.initializeState(state);
            }
            harness.open();
            channel = LoopChannel.join(
                    new LoopChannel.Name(harness.getEnvironment().getJobID(), "alone", 0, 0));
        }

        void receives(FunctionType type, String id, long number) throws Exception {
            receivesOnly(type, id, number);
            runs();
        }

        void receivesOnly(FunctionType type, String id, long number) throws Exception {
            harness.processElement(new StreamRecord<>(Ring.message(type, id, number)));
        }

        void clockReaches(long time) throws Exception {
            harness.setProcessingTime(time);
            runs();
        }

        void runs() throws Exception {
            for (Optional<Mail> mail = harness.getTaskMailbox().tryTake(-1);
                    mail.isPresent();
                    mail = harness.getTaskMailbox().tryTake(-1)) {
                mail.get().run();
            }
        }

        OperatorSubtaskState snapshot() throws Exception {
            checkpoint++;
            harness.prepareSnapshotPreBarrier(checkpoint);
            channel.sentinel(checkpoint);
            return harness.snapshot(checkpoint, 0);
        }

        /** Returns the last number that each function said. */
        Map<String, Long> counts() {
            Map<String, Long> counts = new HashMap<>();
            harness.extractOutputValues()
                    .forEach(outbound -> counts.put(
                            new String(requireNonNull(outbound.record().key()), UTF_8),
                            Ring.number(requireNonNull(outbound.record().value()))));
            return counts;
        }

        List<Sent> sent() {
            return harness.getSideOutput(FunctionOperator.LOOP).stream()
                    .map(record -> (Sent) record.getValue())
                    .toList();
        }

        long rows() {
            try (var keys = harness.getOperator()
                    .getKeyedStateBackend()
                    .getKeys(RowStates.addresses().getName(), VoidNamespace.INSTANCE)) {
                return keys.count();
            }
        }

        int timers() {
            return harness.numProcessingTimeTimers();
        }

        @Override
        public void close() throws Exception {
            channel.leave();
            harness.close();
        }
    }
}
