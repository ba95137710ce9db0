package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.event.Received;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Dedup;
import dev.weft.job.DedupPlan;
import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/*
 * Each event that passed is a key of its own, whose value is when it passed. One state serves all channels, however long
 * each remembers: a state of each channel would stay in every savepoint after its channel has gone. So whether an event
 * is still remembered is decided here, by when it passed, which also makes a changed time count for what passed before;
 * that RocksDB leaves out what is older than the longest time of all, when it compacts its files, only saves room.
 */
/**
 * Lets the first of equal events pass. Its inputs are the events that a channel asks about, by their marks, and beside
 * them all else, which passes.
 */
final class DedupOperator extends AbstractStreamOperator<Received>
        implements TwoInputStreamOperator<Received, Received, Received> {

    /** The name by which savepoints know when events passed. */
    static final String PASSED = "passed";

    private static final long serialVersionUID = 1;

    /** RocksDB asks for the time once in as many entries. */
    private static final int ENTRIES_PER_CLOCK = 1_000;

    /** Files are looked through for what is too old once in the longest time, but not more often than this. */
    private static final Duration SHORTEST_ROUND = Duration.ofHours(1);

    private final DedupPlan plan;
    private transient @Nullable ValueState<Long> passed;
    private transient @Nullable DedupMetrics metrics;

    DedupOperator(DedupPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>(PASSED, LongSerializer.INSTANCE);
        descriptor.enableTimeToLive(cleanup(plan.longest()));
        passed = getRuntimeContext().getState(descriptor);
        metrics = new DedupMetrics(getMetricGroup(), plan.channels());
    }

    private static StateTtlConfig cleanup(Duration longest) {
        Duration round = longest.compareTo(SHORTEST_ROUND) > 0 ? longest : SHORTEST_ROUND;
        return StateTtlConfig.newBuilder(longest)
                .cleanupInRocksdbCompactFilter(ENTRIES_PER_CLOCK, round)
                .build();
    }

    @Override
    public void processElement1(StreamRecord<Received> element) throws Exception {
        ValueState<Long> state = requireNonNull(passed);
        ChannelConfig channel = requireNonNull(plan.asking(element.getValue()));
        Dedup dedup = requireNonNull(channel.dedup());
        long now = getProcessingTimeService().getCurrentProcessingTime();
        if (dedup.passes(state.value(), now)) {
            state.update(now);
            output.collect(element);
        } else {
            requireNonNull(metrics).duplicate(channel.name());
        }
    }

    @Override
    public void processElement2(StreamRecord<Received> element) {
        output.collect(element);
    }
}
