package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;

import dev.weft.event.Reason;
import dev.weft.event.flink.ImmutableTypeInfo;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.FunctionHost;
import dev.weft.function.FunctionRuntime;
import dev.weft.function.Message;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.function.LoopItem.Round;
import dev.weft.job.flink.function.LoopItem.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.clock.SystemClock;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * The head of the loop: runs functions on keyed state. Its input is what comes from outside, by the id of the target;
 * what functions send comes back from the {@linkplain LoopOperator tail}, or, for an id of this subtask, goes straight
 * to the local queue.
 *
 * <p>Messages are taken in turns of bounded length, between which Flink sees to its input, so that neither events nor
 * checkpoints wait for functions that never come to an end.
 */
final class FunctionOperator extends AbstractStreamOperator<Outbound>
        implements OneInputStreamOperator<Message, Outbound>, Triggerable<String, String>, BoundedOneInput {

    /*
     * What a checkpoint holds of messages on their way, in the order in which they are taken up again: those that were
     * given to the runtime and are not applied; the local queue; what was taken out of the channel, then what is in the
     * channel; and what comes to the tail until the log is whole. Messages of one address to another are all in the
     * first and in one of the others, or, behind a restart with another number of subtasks, first in the replayed part
     * of the local queue, which is emptied before anything else.
     */

    /** The name by which savepoints know the timers. */
    static final String TIMERS = "due";

    /** What a dead letter says of a message for which there was no room. */
    static final String NO_ROOM = "more messages wait for functions than limits.functionBacklog lets wait";

    static final OutputTag<LoopItem> LOOP =
            new OutputTag<>("loop", new ImmutableTypeInfo<>(LoopItem.class, LoopItemSerializer.INSTANCE));

    /** What subtasks counted; each part goes to one of those that go on. */
    private static final ListStateDescriptor<byte[]> COUNTED =
            new ListStateDescriptor<>("counted", BytePrimitiveArraySerializer.INSTANCE);

    static final ConfigOption<String> TIMERS_IN_ROCKSDB = ConfigOptions.key(
                    "state.backend.rocksdb.timer-service.factory")
            .stringType()
            .noDefaultValue();

    static final String WHY_NO_HEAP_TIMERS =
            "timers on the heap are written to where checkpoints hold the messages on their way";

    /** How many messages are taken in one turn. */
    private static final int LONG_TURN = 1000;

    /** How many are while events come in, of which Flink gives but one between two turns. */
    private static final int SHORT_TURN = 50;

    /**
     * How long an event is held back while there is too much to do, in milliseconds. Checkpoints are behind events and
     * have to get on, also where functions send more than they take for good.
     */
    private static final long HOLD = 10;

    private final MailboxExecutor mailbox;
    private final FunctionSettings settings;
    private final TaskInfo task;
    private final KeyGroupRange range;

    /** For each subtask, the key of what goes there. */
    private final int[] keys;

    private final LoopChannel channel;
    private final SpillSpace space;
    private final WaitingMessages waiting;
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isTurnArranged = new AtomicBoolean();
    private final AtomicBoolean isAskedArranged = new AtomicBoolean();
    private final StreamRecord<Outbound> reused = new StreamRecord<>(null);
    private final StreamRecord<LoopItem> reusedItem = new StreamRecord<>(null);
    private final Census census;
    private final Set<String> postponed = new HashSet<>();

    private @Nullable KeyedRows rows;
    private @Nullable FunctionRuntime runtime;
    private @Nullable FunctionMetrics metrics;
    private @Nullable AutoCloseable catalog;
    private CatalogFactory.Companion companion = CatalogFactory.Companion.NONE;
    private @Nullable KeptForms forms;
    private @Nullable ListState<byte[]> counted;

    /** The log of the checkpoint whose state is about to be taken. */
    private @Nullable LoopLog begun;

    private long replayed;
    private long sentAway;
    private int eventsSinceTurn;
    private boolean isBusy;
    private boolean isDraining;
    private boolean isTickArranged;

    FunctionOperator(StreamOperatorParameters<Outbound> parameters, String loop, FunctionSettings settings) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.settings = settings;
        Environment environment = parameters.getContainingTask().getEnvironment();
        this.task = environment.getTaskInfo();
        this.range = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                task.getMaxNumberOfParallelSubtasks(),
                task.getNumberOfParallelSubtasks(),
                task.getIndexOfThisSubtask());
        this.keys = keys(task);
        int subtasks = task.getNumberOfParallelSubtasks();
        this.census = new Census(
                task.getIndexOfThisSubtask(), keys[(task.getIndexOfThisSubtask() + 1) % subtasks], subtasks == 1);
        Path temporary = Path.of(environment.getTaskManagerInfo().getTmpDirectories()[0]);
        this.space = new SpillSpace(temporary, settings.backlogBytes());
        this.channel = LoopChannel.join(new LoopChannel.Name(
                environment.getJobID(), loop, task.getIndexOfThisSubtask(), task.getAttemptNumber()));
        channel.begin(new SpillingQueue(settings.queueBytes(), space));
        this.waiting = new WaitingMessages(new SpillingQueue(settings.queueBytes(), space), channel);
    }

    private static int[] keys(TaskInfo task) {
        int subtasks = task.getNumberOfParallelSubtasks();
        int[] keys = new int[subtasks];
        Arrays.fill(keys, -1);
        int found = 0;
        for (int key = 0; found < subtasks; key++) {
            int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    key, task.getMaxNumberOfParallelSubtasks(), subtasks);
            if (keys[subtask] < 0) {
                keys[subtask] = key;
                found++;
            }
        }
        return keys;
    }

    /** The log of messages is in the raw part of the state. */
    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        for (KeyGroupStatePartitionStreamProvider group : context.getRawKeyedStateInputs()) {
            replayed += LoopLog.read(group.getStream(), waiting::replay);
        }
        forms = new KeptForms(context.getOperatorStateStore(), task);
        counted = context.getOperatorStateStore().getListState(COUNTED);
    }

    @Override
    public void open() throws Exception {
        super.open();
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        if (backend instanceof AbstractKeyedStateBackend<?> known
                && known.requiresLegacySynchronousTimerSnapshots(CheckpointType.CHECKPOINT)) {
            throw new IllegalStateException("found timers of RocksDB on the heap, expected " + TIMERS_IN_ROCKSDB.key()
                    + ": ROCKSDB, as " + WHY_NO_HEAP_TIMERS);
        }
        FunctionMetrics counts = new FunctionMetrics(getMetricGroup());
        metrics = counts;
        KeyedRows kept = new KeyedRows(
                getRuntimeContext(),
                backend,
                getInternalTimerService(TIMERS, StringSerializer.INSTANCE, this),
                settings);
        rows = kept;
        CatalogFactory.Opened functions = settings.functions()
                .open(new CatalogFactory.Opening(
                        getUserCodeClassloader(),
                        requireNonNull(forms).restored(),
                        KeptForms.in(requireNonNull(counted)),
                        getMetricGroup(),
                        this::now,
                        SystemClock.getInstance()::relativeTimeNanos));
        catalog = functions.closing();
        companion = functions.companion();
        runtime = new FunctionRuntime(functions.catalog(), kept, new Host(), counts, settings.waitingBytes());
        counts.replayed.inc(replayed);
        counts.show("rowsInMemory", kept::inMemory);
        counts.show("rowBytes", kept::bytesInMemory);
        counts.show("queuedMessages", waiting::size);
        counts.show("queuedBytes", waiting::bytes);
        counts.show("queuedBytesOnDisk", waiting::bytesOnDisk);
        counts.show("openLogBytes", channel::openLogBytes);
        channel.attach(this::arrangeTurn);
        companion.atStart().stream().filter(this::isHere).forEach(this::queue);
        arrangeTurnIfAnyWait();
    }

    private boolean isHere(Message message) {
        return range.contains(
                KeyGroupRangeAssignment.assignToKeyGroup(message.target().id(), task.getMaxNumberOfParallelSubtasks()));
    }

    /** The key is set where state is used, which is seldom. */
    @Override
    public void setKeyContextElement(StreamRecord<Message> element) {
        // left to the rows
    }

    @Override
    public void processElement(StreamRecord<Message> element) throws Exception {
        requireNonNull(metrics).ingress.inc();
        eventsSinceTurn++;
        if (hasTooMuch()) {
            hold();
        }
        FunctionRuntime functions = requireNonNull(runtime);
        Message message = element.getValue();
        if (waiting.isNoEventAhead() && !functions.isFull()) {
            isBusy = true;
            functions.take(message);
            isBusy = false;
        } else {
            queue(message);
        }
        arrangeTurnIfAnyWait();
    }

    private boolean hasTooMuch() {
        return waiting.isLong() || requireNonNull(runtime).isFull();
    }

    private void hold() throws InterruptedException {
        long until = now() + HOLD;
        arrangeTurnIfAnyWait();
        while (hasTooMuch() && now() < until) {
            arrangeTick(until);
            mailbox.yield();
        }
    }

    /** Has a mail sent by then, so that waiting for one ends. */
    private void arrangeTick(long time) {
        if (!isTickArranged) {
            isTickArranged = true;
            getProcessingTimeService().registerTimer(time, unused -> isTickArranged = false);
        }
    }

    private void queue(Message message) {
        try {
            if (!waiting.add(message)) {
                bury(message, Reason.FUNCTION_BACKLOG_FULL, NO_ROOM);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void arrangeTurnIfAnyWait() {
        if (!requireNonNull(runtime).isFull() && !waiting.isEmpty()) {
            arrangeTurn();
        }
    }

    /** Called by whatever thread. */
    private void arrangeTurn() {
        if (!isTurnArranged.get() && isTurnArranged.compareAndSet(false, true)) {
            mail(this::takeTurn, "take messages to functions");
        }
    }

    private void mail(ThrowingRunnable<? extends Exception> task, String what) {
        try {
            mailbox.execute(task, what);
        } catch (RejectedExecutionException e) {
            LOG.debug("It is too late to {}: the task has ended", what, e);
        }
    }

    private void takeTurn() throws Exception {
        isTurnArranged.set(false);
        writeWholeLogs();
        FunctionRuntime functions = requireNonNull(runtime);
        int most = eventsSinceTurn > 0 ? SHORT_TURN : LONG_TURN;
        eventsSinceTurn = 0;
        isBusy = true;
        Message next = null;
        for (int i = 0; i < most && !functions.isFull(); i++) {
            next = waiting.next();
            if (next == null) {
                break;
            }
            functions.take(next);
        }
        isBusy = false;
        if (next != null && !functions.isFull()) {
            arrangeTurn();
        }
        for (Round round = channel.takeRound(); round != null; round = channel.takeRound()) {
            census.take(round);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, String> timer) {
        Address address = KeyedRows.address(timer.getKey(), timer.getNamespace());
        KeyedRows kept = requireNonNull(rows);
        FunctionRuntime functions = requireNonNull(runtime);
        if (address != null) {
            functions.wake(address);
            kept.woken(address);
        } else if (isDraining) {
            postponed.add(timer.getKey());
        } else {
            isBusy = true;
            functions.wakeDelays(timer.getKey());
            isBusy = false;
            kept.delaysWoken(timer.getKey());
            arrangeTurnIfAnyWait();
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, String> timer) {
        throw new IllegalStateException("there are timers of processing time only");
    }

    /**
     * Ends only when no message is on its way anywhere, as nobody takes any later. What is to be sent later stays in
     * the state.
     */
    @Override
    public void endInput() throws Exception {
        isDraining = true;
        companion.drained();
        census.begin();
        passCensus();
        while (!census.isOver()) {
            mailbox.yield();
            passCensus();
        }
    }

    private void passCensus() {
        boolean isIdle = waiting.isEmpty() && requireNonNull(runtime).isIdle();
        Round round = isIdle ? census.pass(sentAway, channel.arrived()) : null;
        if (round != null) {
            output.collect(LOOP, reusedItem.replace(round));
        }
    }

    /** Before the state is taken, as timers may be taken first, and before any tail can see the checkpoint. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        super.prepareSnapshotPreBarrier(checkpoint);
        KeyedRows kept = requireNonNull(rows);
        postponed.forEach(kept::delaysWoken);
        postponed.clear();
        kept.write();
        LoopLog log = new LoopLog(range, task.getMaxNumberOfParallelSubtasks(), settings.logBytes(), space);
        requireNonNull(runtime).unfinished(message -> add(message, log));
        waiting.write(log);
        channel.open(checkpoint, log);
        begun = log;
        companion.checkpointBegun(checkpoint);
        requireNonNull(forms).keep(companion.kept());
        requireNonNull(counted).update(companion.counted());
    }

    private static void add(Message message, LoopLog log) {
        try {
            log.add(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        channel.goesTo(context.getRawKeyedOperatorStateOutput(), requireNonNull(begun));
        begun = null;
        writeWholeLogs();
    }

    private void writeWholeLogs() throws IOException {
        for (LoopLog log : channel.takeWhole()) {
            try (log) {
                log.write();
            }
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        companion.checkpointCompleted(checkpoint);
        super.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        channel.abort(checkpoint);
        super.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void close() throws Exception {
        channel.close();
        channel.leave();
        if (catalog != null) {
            catalog.close();
            catalog = null;
        }
        space.close();
        super.close();
    }

    private void bury(Message message, Reason reason, String detail) {
        requireNonNull(metrics).deadLetters.count(reason);
        output.collect(reused.replace(settings.edge().deadLetter(message, reason, detail, now())));
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    /** What the runtime sees of the operator. */
    private final class Host implements FunctionHost {

        private final int maxParallelism = task.getMaxNumberOfParallelSubtasks();

        @Override
        public void send(Message message) {
            int group =
                    KeyGroupRangeAssignment.assignToKeyGroup(message.target().id(), maxParallelism);
            if (range.contains(group)) {
                requireNonNull(metrics).sentHere.inc();
                queue(message);
                if (!isBusy) {
                    arrangeTurn();
                }
            } else {
                int subtask = KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
                        maxParallelism, task.getNumberOfParallelSubtasks(), group);
                requireNonNull(metrics).sentAway.inc();
                sentAway++;
                output.collect(LOOP, reusedItem.replace(new Sent(keys[subtask], message)));
            }
        }

        @Override
        public void egress(Address from, Effects.Egress egress, Message cause) {
            FunctionEdge.Said said = settings.edge().said(from, egress, cause, now());
            Reason refused = said.refused();
            if (refused == null) {
                requireNonNull(metrics).egress.inc();
            } else {
                requireNonNull(metrics).deadLetters.count(refused);
            }
            output.collect(reused.replace(said.outbound()));
        }

        @Override
        public void deadLetter(Message message, Reason reason, String detail) {
            bury(message, reason, detail);
        }

        @Override
        public long now() {
            return FunctionOperator.this.now();
        }

        @Override
        public long nanoTime() {
            return SystemClock.getInstance().relativeTimeNanos();
        }

        @Override
        public void later(long millis, Runnable task) {
            getProcessingTimeService().registerTimer(now() + millis, unused -> {
                task.run();
                arrangeTurnIfAnyWait();
            });
        }

        @Override
        public void soon(Runnable task) {
            asked.add(task);
            if (isAskedArranged.compareAndSet(false, true)) {
                mail(FunctionOperator.this::runAsked, "take what functions answered");
            }
        }
    }

    private void runAsked() {
        isAskedArranged.set(false);
        for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
            task.run();
        }
        arrangeTurnIfAnyWait();
    }
}
