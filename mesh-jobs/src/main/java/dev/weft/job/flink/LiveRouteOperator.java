package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.live.Roster;
import dev.weft.delivery.PausedTargets;
import dev.weft.event.Received;
import dev.weft.job.Dispatcher;
import dev.weft.job.JobConfig;
import dev.weft.job.RoutingPlan;
import dev.weft.job.audit.Book;
import dev.weft.job.flink.connect.ControlFeed;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.deliver.Buckets;
import dev.weft.job.flink.pattern.Watching;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.Part;
import dev.weft.job.rules.Pauses;
import dev.weft.job.rules.RuleJudge;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RulesText;
import dev.weft.job.rules.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Dispatcher} on what the source reads, and puts another in its place when the rules change.
 *
 * <p>Each subtask has a {@link RuleReader} that reads the control channel. The task's thread takes what was read
 * between two events: the version that decides and how far the channel was read change together, and so stand in each
 * checkpoint. It says so on the control channel; that goes to the sink as all else does, so who reads it knows that the
 * version is in a checkpoint. What stands still is read, kept and acknowledged the same way.
 *
 * <p>The operator has keyed state for what paused routes want. The key is not the event's: {@link ParkedEvents} sets
 * it.
 */
final class LiveRouteOperator extends RoutingOperator {

    /** The name by which savepoints know the state. */
    static final String STATE = "rules";

    private static final ListStateDescriptor<RuleState> RULES =
            new ListStateDescriptor<>(STATE, RuleStateSerializer.INSTANCE);

    private static final long serialVersionUID = 1;

    private final RulesText text;
    private final ControlFeed.Opening control;
    private final transient MailboxExecutor mailbox;

    private transient @Nullable ListState<RuleState> kept;
    private transient @Nullable RuleState rules;
    private transient @Nullable RouteOutlet outlet;
    private transient @Nullable Watching watching;
    private transient @Nullable RouteParking parking;
    private transient @Nullable RuleReader reader;
    private transient @Nullable JobConfig running;
    private transient volatile int version;

    /** What metrics look at, from a thread of their own. */
    private transient volatile @Nullable Dispatcher shown;

    LiveRouteOperator(
            StreamOperatorParameters<Outbound> parameters,
            MailboxExecutor mailbox,
            RulesText text,
            ControlFeed.Opening control) {
        super(parameters);
        this.mailbox = mailbox;
        this.text = text;
        this.control = control;
    }

    /** Every subtask is given what all of them had. */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        kept = context.getOperatorStateStore().getUnionListState(RULES);
        List<RuleState> before = new ArrayList<>();
        kept.get().forEach(before::add);
        rules = before.isEmpty()
                ? RuleState.startedWith(
                        text, getRuntimeContext().getJobInfo().getJobId().toHexString())
                : RuleState.restored(before, text);
    }

    @Override
    public void open() throws Exception {
        super.open();
        running = text.read().orElseThrow();
        JobConfig inForce = requireNonNull(rules).inForce().rules().read().orElseThrow();
        RuleState state = requireNonNull(rules).within(inForce);
        rules = state;
        RouteMetrics counts = new RouteMetrics(getMetricGroup());
        ParkedEvents parked = new ParkedEvents(
                getRuntimeContext(), getKeyedStateBackend(), Buckets.of(task()).next());
        parking =
                new RouteParking(parked, mailbox, out(), getProcessingTimeService()::getCurrentProcessingTime, counts);
        RoutingPlan plan = inForce.routing();
        RouteOutlet first = new RouteOutlet(plan, counts);
        Roster roster = Roster.of(List.of());
        // Who was started without patterns cannot get any, so that nothing is asked where nobody would hear it.
        if (!requireNonNull(running).patterns().isEmpty()) {
            watching = watchFor(inForce.patterns(), plan.channels());
            roster = watching.roster();
        }
        // What comes in for functions is fixed: it is that of the config the job was started with.
        feedFunctions(requireNonNull(running).ingress());
        install(new RuleReader.Prepared(plan, first, new Dispatcher(plan, first), roster));
        counts.showVersion(() -> version);
        counts.showRoutes(() -> requireNonNull(shown));

        mailbox.execute(this::announce, "say which rules decide");
        reader = new RuleReader(control, new RuleJudge(running), counts, mailbox, this::take);
        reader.start("rules of " + task().getTaskNameWithSubtasks(), state, dispatcher(), roster);
    }

    /** The key is set where state is used. */
    @Override
    public void setKeyContextElement(StreamRecord<Received> element) {
        // left to ParkedEvents
    }

    /** Says which version decides: after a restart too, as subtasks may be others than before. */
    private void announce() {
        RuleState state = requireNonNull(rules);
        if (task().getIndexOfThisSubtask() == 0) {
            if (state.isOfStart()) {
                say(new ControlEvent.Seeded(job(), state.lineage(), state.inForce()));
            }
            say(new ControlEvent.Started(
                    job(),
                    state.lineage(),
                    state.inForce().number(),
                    task().getNumberOfParallelSubtasks(),
                    task().getAttemptNumber(),
                    text));
        }
        sayApplied(state);
        hold();
    }

    private void take(RuleReader.Answer answer) {
        Pauses before = requireNonNull(rules).pauses();
        rules = answer.state();
        if (answer.prepared() != null) {
            install(answer.prepared());
            sayApplied(answer.state());
        } else if (answer.verdict() != null && answer.verdict().outcome() == Verdict.Outcome.REFUSED) {
            sayRefused(answer.verdict(), answer.state());
        }
        if (answer.isPausing() || !before.equals(answer.state().pauses())) {
            hold();
        }
    }

    /** Has stand still what is to, and says so to those who deliver and on the control channel. */
    private void hold() {
        RuleState state = requireNonNull(rules);
        parkWhatIsPaused();
        PausedTargets paused = new PausedTargets(state.pauses().names(Part.Kind.TARGET));
        put(Sides.PARCELS, paused);
        put(Sides.PAUSED_TARGETS, paused);
        say(new ControlEvent.Holding(
                job(),
                state.lineage(),
                state.position(),
                task().getIndexOfThisSubtask(),
                task().getNumberOfParallelSubtasks(),
                task().getAttemptNumber(),
                state.pauses()));
    }

    private void parkWhatIsPaused() {
        Set<String> routes = requireNonNull(rules).pauses().names(Part.Kind.ROUTE);
        requireNonNull(parking).decide(dispatcher(), routes);
    }

    private void install(RuleReader.Prepared prepared) {
        if (outlet != null) {
            outlet.tally().settle(book());
        }
        outlet = prepared.outlet();
        outlet.into(out(), this::put);
        if (watching != null) {
            watching.change(prepared.roster());
        }
        decideBy(prepared.dispatcher());
        shown = prepared.dispatcher();
        version = requireNonNull(rules).inForce().number();
        parkWhatIsPaused();
    }

    private void sayApplied(RuleState state) {
        say(new ControlEvent.Applied(
                job(),
                state.lineage(),
                state.inForce().number(),
                state.inForce().id(),
                task().getIndexOfThisSubtask(),
                task().getNumberOfParallelSubtasks(),
                task().getAttemptNumber(),
                dispatcher().routeCount()));
    }

    private void sayRefused(Verdict verdict, RuleState state) {
        ControlEvent.Proposed proposal = verdict.proposal();
        say(new ControlEvent.Refused(
                job(),
                state.lineage(),
                proposal.version().number(),
                proposal.id(),
                state.inForce().number(),
                task().getIndexOfThisSubtask(),
                task().getNumberOfParallelSubtasks(),
                verdict.problems()));
    }

    private void say(ControlEvent event) {
        JobConfig config = requireNonNull(running);
        String topic = config.channel(config.control().orElseThrow()).topic();
        TimestampedCollector<Outbound> sink = out();
        sink.eraseTimestamp();
        sink.collect(new Outbound(topic, event.toRecord()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        requireNonNull(kept).update(List.of(requireNonNull(rules)));
        RouteOutlet current = requireNonNull(outlet);
        current.sayPlanAgain();
        requireNonNull(parking).keep();
        current.tally().settle(book());
        super.snapshotState(context);
    }

    @Override
    protected void addMomentary(Book shown) {
        requireNonNull(outlet).tally().held(requireNonNull(parking)::count, shown);
    }

    @Override
    public void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
        super.close();
    }

    private String job() {
        return requireNonNull(running).name();
    }

    private TaskInfo task() {
        return getRuntimeContext().getTaskInfo();
    }
}
