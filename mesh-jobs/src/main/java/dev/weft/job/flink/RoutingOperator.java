package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.Pattern;
import dev.weft.event.Received;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Dispatcher;
import dev.weft.job.FunctionFeed;
import dev.weft.job.IngressPlan;
import dev.weft.job.KnownWorkflows;
import dev.weft.job.WorkflowFeed;
import dev.weft.job.Workflows;
import dev.weft.job.flink.audit.AuditedOperator;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.function.KeptForms;
import dev.weft.job.flink.pattern.Watching;
import dev.weft.workflow.host.ThreadTime;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.clock.SystemClock;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Dispatcher} on what the source reads, and shows it to patterns and to the ingress of functions. Holds
 * no routing logic of its own.
 */
abstract class RoutingOperator extends AuditedOperator<Outbound> implements OneInputStreamOperator<Received, Outbound> {

    private static final long serialVersionUID = 1;

    private transient @Nullable TimestampedCollector<Outbound> out;
    private transient @Nullable Dispatcher dispatcher;
    private transient @Nullable Watching watching;
    private transient @Nullable FunctionFeed feed;
    private transient @Nullable KeptForms forms;
    private transient @Nullable List<byte[]> definitions;

    /** Makes an operator that Flink sets up after it was shipped. */
    RoutingOperator() {}

    /** Makes an operator where it runs, as a factory does. */
    RoutingOperator(StreamOperatorParameters<Outbound> parameters) {
        super(parameters);
    }

    @Override
    public void open() throws Exception {
        super.open();
        out = new TimestampedCollector<>(output);
    }

    /** Returns where records for the sink go. */
    final TimestampedCollector<Outbound> out() {
        return requireNonNull(out);
    }

    /** Puts a value into a side output. */
    final <T> void put(OutputTag<T> tag, T value) {
        output.collect(tag, new StreamRecord<>(value));
    }

    /** Goes on looking for patterns from the state, and for these from now on; to be called before anything is read. */
    final Watching watchFor(List<Pattern> patterns, List<ChannelConfig> channels) throws Exception {
        Watching looking = Watching.restored(
                getOperatorStateBackend(),
                patterns,
                channels,
                getMetricGroup(),
                seen -> put(Sides.SEEN, seen),
                roster -> put(Sides.ROSTERS, roster));
        watching = looking;
        return looking;
    }

    /** Makes messages for functions of what is read from now on; to be called before anything is read. */
    final void feedFunctions(IngressPlan ingress) throws Exception {
        if (!ingress.isEmpty()) {
            FunctionEntrance entrance =
                    new FunctionEntrance(getMetricGroup(), message -> put(Sides.FUNCTION_MESSAGES, message));
            feed = new FunctionFeed(ingress, workflows(ingress), entrance);
        }
    }

    /** Events are shown to older definitions too, as long as instances may go on by them. */
    private @Nullable WorkflowFeed workflows(IngressPlan ingress) throws Exception {
        Workflows config = ingress.workflows();
        if (config == null) {
            return null;
        }
        forms = new KeptForms(getOperatorStateBackend(), getRuntimeContext().getTaskInfo());
        KnownWorkflows known = KnownWorkflows.of(config, forms.restored());
        definitions = known.forms();
        LongSupplier nanoTime = ThreadTime.or(SystemClock.getInstance()::relativeTimeNanos);
        return new WorkflowFeed(ingress, config, known, nanoTime);
    }

    /** Has it decide from the next event on. */
    final void decideBy(Dispatcher deciding) {
        if (watching != null) {
            deciding.watch(watching);
        }
        if (feed != null) {
            deciding.feed(feed);
        }
        dispatcher = deciding;
    }

    /** Returns what decides. */
    final Dispatcher dispatcher() {
        return requireNonNull(dispatcher);
    }

    @Override
    public void processElement(StreamRecord<Received> element) {
        out().setTimestamp(element);
        Received received = element.getValue();
        long time = element.hasTimestamp()
                ? element.getTimestamp()
                : received.origin().timestamp();
        dispatcher().dispatch(received, time, getProcessingTimeService().getCurrentProcessingTime());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (watching != null) {
            watching.beforeWatermark(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        if (watching != null) {
            watching.keep();
        }
        if (forms != null) {
            forms.keep(requireNonNull(definitions));
        }
        super.snapshotState(context);
    }
}
