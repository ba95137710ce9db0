package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.job.Pending;
import dev.weft.job.StepsPlan;
import dev.weft.job.flink.audit.AuditedOperator;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.route.chain.Memory;
import dev.weft.route.chain.Question;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateSnapshotContext;
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
 * <p>Each slot of a key holds one value, cleared by a timer of event time; there is one timer for each slot. Windows
 * are slots and not parts of the key, so that events of one key stay in order from one window to the next.
 */
final class ChainOperator extends AuditedOperator<Outbound>
        implements TwoInputStreamOperator<Pending, StepsPlan, Outbound>, Triggerable<String, Long> {

    /** The name by which savepoints know what is remembered. */
    static final String MEMORY = "memory";

    /** The name by which savepoints know the timers. */
    static final String TIMERS = "forget";

    private static final long serialVersionUID = 1;

    /** Whether another such operator takes the events whose next step remembers too. */
    private final boolean hasNext;

    private transient @Nullable MapState<Long, Memory> memory;
    private transient @Nullable InternalTimerService<Long> timers;
    private transient @Nullable TimestampedCollector<Outbound> out;
    private transient @Nullable RouteMetrics metrics;
    private transient @Nullable KnownPlans plans;

    ChainOperator(boolean hasNext) {
        this.hasNext = hasNext;
    }

    @Override
    public void open() throws Exception {
        super.open();
        memory = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(MEMORY, LongSerializer.INSTANCE, MemorySerializer.INSTANCE));
        timers = getInternalTimerService(TIMERS, LongSerializer.INSTANCE, this);
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
        MapState<Long, Memory> state = requireNonNull(memory);
        Question question = pending.question();
        Memory before = state.get(question.slot());
        Memory.Answer answer = Memory.answer(before, question);
        if (!answer.next().equals(before)) {
            state.put(question.slot(), answer.next());
        }
        if (before == null) {
            forgetAt(answer.next().expires(), question.slot());
        }
        requireNonNull(out).setAbsoluteTimestamp(question.time());
        plan.steps().resume(pending, answer.passes());
    }

    @Override
    public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
        MapState<Long, Memory> state = requireNonNull(memory);
        Long slot = timer.getNamespace();
        Memory last = state.get(slot);
        if (last == null || last.isOver(timer.getTimestamp())) {
            state.remove(slot);
        } else {
            forgetAt(last.expires(), slot);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, Long> timer) {
        throw new IllegalStateException("no timer of processing time is ever set");
    }

    private void forgetAt(long time, Long slot) {
        requireNonNull(timers).registerEventTimeTimer(slot, time);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        KnownPlans known = requireNonNull(plans);
        known.forEach(plan -> plan.tally().settle(book()));
        known.forgetOld();
        super.snapshotState(context);
    }

    private <T> void put(OutputTag<T> tag, T value) {
        if (!hasNext) {
            throw new IllegalStateException("a route has more steps that remember than this job has places for");
        }
        output.collect(tag, new StreamRecord<>(value));
    }
}
