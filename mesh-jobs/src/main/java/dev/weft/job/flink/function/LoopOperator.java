package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;

import dev.weft.event.Reason;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.deliver.DeadLetterCounters;
import dev.weft.job.flink.function.LoopItem.Sent;
import java.time.Duration;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * The tail of the loop: takes what functions send to functions of this subtask back to the head, in the same JVM. It
 * takes whatever comes, at once, so that no head ever waits for another; a message for which there is no room is
 * written to the dead letter here.
 */
final class LoopOperator extends AbstractStreamOperator<Outbound>
        implements OneInputStreamOperator<LoopItem, Outbound> {

    /** How long the head may take to begin, which it does before it reads its state. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final long serialVersionUID = 1;

    private final String loop;
    private final FunctionEdge edge;
    private transient @Nullable LoopChannel channel;
    private transient @Nullable DeadLetterCounters deadLetters;

    LoopOperator(String loop, FunctionEdge edge) {
        this.loop = loop;
        this.edge = edge;
    }

    @Override
    public void open() throws Exception {
        super.open();
        TaskInfo task = getRuntimeContext().getTaskInfo();
        LoopChannel.Name name = new LoopChannel.Name(
                getContainingTask().getEnvironment().getJobID(),
                loop,
                task.getIndexOfThisSubtask(),
                task.getAttemptNumber());
        LoopChannel joined = LoopChannel.join(name);
        channel = joined;
        deadLetters = new DeadLetterCounters(getMetricGroup().addGroup(FunctionMetrics.GROUP));
        if (!joined.awaitHead(PATIENCE)) {
            throw new IllegalStateException("found no head of the loop " + name + " in this JVM after " + PATIENCE
                    + ", expected it in the slot of its tail: both have the co-location group of the loop");
        }
    }

    @Override
    public void processElement(StreamRecord<LoopItem> element) throws Exception {
        LoopItem item = element.getValue();
        if (!requireNonNull(channel).put(item) && item instanceof Sent sent) {
            requireNonNull(deadLetters).count(Reason.FUNCTION_BACKLOG_FULL);
            long now = getProcessingTimeService().getCurrentProcessingTime();
            output.collect(new StreamRecord<>(
                    edge.deadLetter(sent.message(), Reason.FUNCTION_BACKLOG_FULL, FunctionOperator.NO_ROOM, now)));
        }
    }

    /** Here all has come that was sent before the checkpoint, and nothing that was sent behind it. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        super.prepareSnapshotPreBarrier(checkpoint);
        requireNonNull(channel).sentinel(checkpoint);
    }

    @Override
    public void close() throws Exception {
        if (channel != null) {
            channel.leave();
            channel = null;
        }
        super.close();
    }
}
