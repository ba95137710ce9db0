package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.function.Message;
import dev.weft.job.IngressPlan;
import dev.weft.job.RoutingPlan;
import dev.weft.job.flink.connect.Outbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The operator that reads events for functions, for tests of what comes behind it. */
public final class RoutedEvents implements AutoCloseable {

    private final OneInputStreamOperatorTestHarness<Received, Outbound> harness;

    /**
     * Opens it.
     *
     * @param state what an earlier one left; null for none
     */
    public RoutedEvents(RoutingPlan plan, IngressPlan ingress, @Nullable OperatorSubtaskState state) throws Exception {
        this.harness = new OneInputStreamOperatorTestHarness<>(new RouteOperator(plan, List.of(), ingress));
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
    }

    /** Reads one at that time, in milliseconds since 1970, and returns the messages that come of it. */
    public List<Message> read(Received received, long now) throws Exception {
        harness.setProcessingTime(now);
        harness.processElement(new StreamRecord<>(received));
        Queue<StreamRecord<Message>> messages = harness.getSideOutput(Sides.FUNCTION_MESSAGES);
        List<Message> read = new ArrayList<>();
        if (messages != null) {
            messages.forEach(message -> read.add(message.getValue()));
            messages.clear();
        }
        return read;
    }

    /** Returns what was written and not returned before. */
    public List<Outbound> written() {
        List<Outbound> written = List.copyOf(harness.extractOutputValues());
        harness.getOutput().clear();
        return written;
    }

    /** Returns what it leaves for the next one. */
    public OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoint);
        return harness.snapshot(checkpoint, 0);
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
