package dev.weft.job.flink.function;

import dev.weft.function.Message;
import dev.weft.job.flink.connect.KafkaEdges;
import dev.weft.job.flink.connect.Outbound;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;

/**
 * Lays the loop of functions: the head, where they run, and the tail, which takes what they send to other subtasks back
 * to the head of the same subtask. Flink knows no loops, so the way from a tail to its head is one in memory: both must
 * be in one JVM, which is why they are co-located.
 */
public final class FunctionLoop {

    /** How long a message waits for others to go with it, in milliseconds: on its way it may do so many times. */
    public static final long FLUSH = 5;

    private FunctionLoop() {}

    /**
     * Adds functions to a job. Throws {@link IllegalArgumentException} where the job's checkpoints are such that
     * messages could be lost or doubled.
     *
     * @param messages what comes in
     * @param uid by which savepoints know the head; that of the tail is {@code tailUid}
     * @param maxParallelism the most subtasks there can ever be, as key groups are a part of what savepoints hold
     * @return the records functions write, dead letters among them
     */
    public static DataStream<Outbound> behind(
            DataStream<Message> messages, FunctionSettings settings, String uid, String tailUid, int maxParallelism) {
        refuseWhatIsUnsafe(messages.getExecutionEnvironment().getConfiguration());
        SingleOutputStreamOperator<Outbound> head = messages.keyBy(
                        message -> message.target().id(), Types.STRING)
                .transform(uid, KafkaEdges.OUTBOUND, new FunctionFactory(uid, settings))
                .uid(uid)
                .setBufferTimeout(FLUSH)
                .setMaxParallelism(maxParallelism);
        // The tail tells its head that all has come that was sent before a checkpoint: no checkpoint may pass anything.
        KeyGroupStreamPartitioner<LoopItem, Integer> toTheirSubtask =
                new KeyGroupStreamPartitioner<>(LoopItem::key, maxParallelism);
        toTheirSubtask.disableUnalignedCheckpoints();
        // No keyed stream: the tail keeps nothing, and so needs none of what state needs.
        DataStream<LoopItem> sent = new DataStream<>(
                messages.getExecutionEnvironment(),
                new PartitionTransformation<>(
                        head.getSideOutput(FunctionOperator.LOOP).getTransformation(), toTheirSubtask));
        SingleOutputStreamOperator<Outbound> tail = sent.transform(
                        tailUid, KafkaEdges.OUTBOUND, new LoopOperator(uid, settings.edge()))
                .uid(tailUid)
                .setParallelism(head.getParallelism())
                .setMaxParallelism(maxParallelism);
        head.getTransformation().setCoLocationGroupKey(uid);
        tail.getTransformation().setCoLocationGroupKey(uid);
        return head.union(tail);
    }

    private static void refuseWhatIsUnsafe(ReadableConfig settings) {
        if (settings.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE) != CheckpointingMode.EXACTLY_ONCE) {
            throw new IllegalArgumentException("found at-least-once checkpoints, expected exactly-once ones: functions"
                    + " would take messages twice that were sent while a checkpoint was under way");
        }
        settings.getOptional(FunctionOperator.TIMERS_IN_ROCKSDB)
                .filter("heap"::equalsIgnoreCase)
                .ifPresent(where -> {
                    throw new IllegalArgumentException("found " + FunctionOperator.TIMERS_IN_ROCKSDB.key() + ": "
                            + where + ", expected ROCKSDB: " + FunctionOperator.WHY_NO_HEAP_TIMERS);
                });
    }
}
