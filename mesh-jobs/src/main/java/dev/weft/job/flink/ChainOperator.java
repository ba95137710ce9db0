package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.job.Pending;
import dev.weft.job.StepsPlan;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.route.chain.Memory;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what steps remember, asks it about events, and leads those that pass on through their routes. Its inputs are
 * the events, by the key whose memory is asked, and, broadcast, the plans by which they go on.
 *
 * <p>What is remembered of a key is one value, cleared by a timer of event time; there is one timer for each key.
 */
final class ChainOperator extends AbstractStreamOperator<Outbound>
        implements TwoInputStreamOperator<Pending, StepsPlan, Outbound>, Triggerable<String, VoidNamespace> {

    /** The name by which savepoints know what is remembered. */
    static final String MEMORY = "memory";

    /** The name by which savepoints know the timers. */
    static final String TIMERS = "forget";

    private static final long serialVersionUID = 1;

    /** Whether another such operator takes the events whose next step remembers too. */
    private final boolean hasNext;

    private transient @Nullable ValueState<Memory> memory;
    private transient @Nullable InternalTimerService<VoidNamespace> timers;
    private transient @Nullable TimestampedCollector<Outbound> out;
    private transient @Nullable RouteMetrics metrics;
    private transient @Nullable KnownPlans plans;

    ChainOperator(boolean hasNext) {
        this.hasNext = hasNext;
    }

    @Override
    public void open() throws Exception {
        super.open();
        memory = getRuntimeContext().getState(new ValueStateDescriptor<>(MEMORY, MemorySerializer.INSTANCE));
        timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        out = new TimestampedCollector<>(output);
        metrics = new RouteMetrics(getMetricGroup());
        plans = new KnownPlans(this::prepared);
    }

    private KnownPlans.Plan prepared(StepsPlan plan) {
        var routes = plan.read(getUserCodeClassloader());
        RouteOutlet outlet = RouteOutlet.behind(plan, routes, requireNonNull(metrics));
        outlet.into(requireNonNull(out), this::put);
        return new KnownPlans.Plan(routes, outlet);
    }

    @Override
    public void processElement1(StreamRecord<Pending> element) throws Exception {
        Pending pending = element.getValue();
        KnownPlans.Plan plan = requireNonNull(plans).find(pending);
        if (plan != null) {
            ask(pending, plan);
        }
    }

    @Override
    public void processElement2(StreamRecord<StepsPlan> element) throws Exception {
        KnownPlans known = requireNonNull(plans);
        for (Pending waited : known.hear(element.getValue())) {
            setCurrentKey(waited.key());
            ask(waited, requireNonNull(known.find(waited)));
        }
    }

    private void ask(Pending pending, KnownPlans.Plan plan) throws Exception {
        ValueState<Memory> state = requireNonNull(memory);
        Memory before = state.value();
        Memory.Answer answer = Memory.answer(before, pending.question());
        if (!answer.next().equals(before)) {
            state.update(answer.next());
        }
        if (before == null) {
            forgetAt(answer.next().expires());
        }
        requireNonNull(out).setAbsoluteTimestamp(pending.question().time());
        plan.steps().resume(pending, answer.passes());
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        ValueState<Memory> state = requireNonNull(memory);
        Memory last = state.value();
        if (last == null || last.isOver(timer.getTimestamp())) {
            state.clear();
        } else {
            forgetAt(last.expires());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer of processing time is ever set");
    }

    private void forgetAt(long time) {
        requireNonNull(timers).registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        requireNonNull(plans).forgetOld();
    }

    private <T> void put(OutputTag<T> tag, T value) {
        if (!hasNext) {
            throw new IllegalStateException("a route has more steps that remember than this job has places for");
        }
        output.collect(tag, new StreamRecord<>(value));
    }
}
