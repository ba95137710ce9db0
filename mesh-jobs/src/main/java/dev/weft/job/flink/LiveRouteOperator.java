package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.job.Dispatcher;
import dev.weft.job.JobConfig;
import dev.weft.job.RoutingPlan;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleJudge;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RulesText;
import dev.weft.job.rules.Verdict;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Dispatcher} on what the source reads, and puts another in its place when the rules change.
 *
 * <p>Its inputs are the events and, broadcast to every subtask, what is proposed on the control channel. A proposal
 * waits in the state while a thread of its own judges it and prepares its tables; then the task's thread takes it,
 * between two events, and says so on the control channel. That goes to the sink as all else does, so who reads it knows
 * that the version is in a checkpoint.
 */
final class LiveRouteOperator extends AbstractStreamOperatorV2<Outbound>
        implements MultipleInputStreamOperator<Outbound> {

    /** The name by which savepoints know the state. */
    static final String STATE = "rules";

    private static final MapStateDescriptor<Integer, RuleState> RULES =
            new MapStateDescriptor<>(STATE, IntSerializer.INSTANCE, RuleStateSerializer.INSTANCE);

    private static final Integer ONLY = 0;

    private final RulesText seed;
    private final JobConfig running;
    private final String controlTopic;
    private final TimestampedCollector<Outbound> out;
    private final RouteMetrics counts;
    private final MailboxExecutor mailbox;
    private final RulePreparation preparation;

    private @Nullable BroadcastState<Integer, RuleState> kept;
    private @Nullable RuleState rules;
    private @Nullable RouteOutlet outlet;
    private @Nullable Dispatcher dispatcher;
    private volatile int version;
    private volatile int routes;

    LiveRouteOperator(StreamOperatorParameters<Outbound> parameters, MailboxExecutor mailbox, RulesText seed) {
        super(parameters, 2);
        this.seed = seed;
        this.running = seed.read().orElseThrow();
        this.controlTopic = running.channel(running.control().orElseThrow()).topic();
        this.out = new TimestampedCollector<>(output);
        this.counts = new RouteMetrics(getMetricGroup());
        this.mailbox = mailbox;
        this.preparation = new RulePreparation(new RuleJudge(running), counts, mailbox, this::take);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public List<Input> getInputs() {
        return List.of(new Events(), new Proposals());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        kept = context.getOperatorStateStore().getBroadcastState(RULES);
        RuleState before = kept.get(ONLY);
        String job = getRuntimeContext().getJobInfo().getJobId().toHexString();
        rules = before == null ? RuleState.startedWith(seed, job) : before.restoredWith(seed);
    }

    @Override
    public void open() throws Exception {
        super.open();
        RuleState restored = requireNonNull(rules);
        JobConfig config = restored.inForce().rules().read().orElseThrow();
        RoutingPlan plan = config.routing();
        RouteOutlet first = new RouteOutlet(plan, counts);
        install(restored, new RulePreparation.Prepared(plan, first, new Dispatcher(plan, first)));
        counts.showRules(() -> version, () -> routes);
        mailbox.execute(this::announce, "say which rules decide");
        String name = getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks();
        preparation.start("rules of " + name, restored, requireNonNull(dispatcher));
    }

    /** Says which version decides: after a restart too, as subtasks may be others than before. */
    private void announce() {
        RuleState state = requireNonNull(rules);
        if (subtask() == 0) {
            if (state.isOfStart()) {
                say(new ControlEvent.Seeded(running.name(), state.lineage(), state.inForce()));
            }
            say(new ControlEvent.Started(
                    running.name(), state.lineage(), state.inForce().number(), subtasks(), attempt(), seed));
        }
        sayApplied(state);
    }

    private void receive(Received received) {
        if (received instanceof MeshEvent event
                && ControlEvent.from(event).orElse(null) instanceof ControlEvent.Proposed proposal) {
            rules = requireNonNull(rules).received(proposal);
            preparation.prepare(proposal);
        }
    }

    /** Takes what became of the oldest proposal that waits. */
    private void take(Verdict verdict, RulePreparation.@Nullable Prepared prepared) {
        RuleState next = requireNonNull(rules).judged(verdict);
        if (prepared != null) {
            install(next, prepared);
            sayApplied(next);
            return;
        }
        rules = next;
        if (verdict.outcome() == Verdict.Outcome.REFUSED) {
            ControlEvent.Proposed proposal = verdict.proposal();
            say(new ControlEvent.Refused(
                    running.name(),
                    next.lineage(),
                    proposal.version().number(),
                    proposal.id(),
                    next.inForce().number(),
                    subtask(),
                    subtasks(),
                    verdict.problems()));
        }
    }

    private void install(RuleState state, RulePreparation.Prepared prepared) {
        rules = state;
        outlet = prepared.outlet();
        outlet.into(out, this::put);
        dispatcher = prepared.dispatcher();
        version = state.inForce().number();
        routes = prepared.plan().routes().size();
    }

    private void sayApplied(RuleState state) {
        say(new ControlEvent.Applied(
                running.name(),
                state.lineage(),
                state.inForce().number(),
                state.inForce().id(),
                subtask(),
                subtasks(),
                attempt(),
                routes));
    }

    private void say(ControlEvent event) {
        out.eraseTimestamp();
        out.collect(new Outbound(controlTopic, event.toRecord()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        requireNonNull(kept).put(ONLY, requireNonNull(rules));
        requireNonNull(outlet).sayPlanAgain();
    }

    private <T> void put(OutputTag<T> tag, T value) {
        output.collect(tag, new StreamRecord<>(value));
    }

    @Override
    public void close() throws Exception {
        preparation.close();
        super.close();
    }

    private int subtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    private int subtasks() {
        return getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    }

    private int attempt() {
        return getRuntimeContext().getTaskInfo().getAttemptNumber();
    }

    private final class Events extends AbstractInput<Received, Outbound> {

        Events() {
            super(LiveRouteOperator.this, 1);
        }

        @Override
        public void processElement(StreamRecord<Received> element) {
            out.setTimestamp(element);
            Received received = element.getValue();
            long time = element.hasTimestamp()
                    ? element.getTimestamp()
                    : received.origin().timestamp();
            requireNonNull(dispatcher).dispatch(received, time);
        }
    }

    private final class Proposals extends AbstractInput<Received, Outbound> {

        Proposals() {
            super(LiveRouteOperator.this, 2);
        }

        @Override
        public void processElement(StreamRecord<Received> element) {
            receive(element.getValue());
        }
    }
}
