package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Message;
import dev.weft.job.Workflows;
import dev.weft.job.flink.NamedMetrics;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.workflow.host.Outside;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The operator of functions with workflows and nothing else: the only subtask, so that no message leaves it. */
final class StagedFunctions implements AutoCloseable {

    private static final String LOOP = "staged";
    private static final String OF_WORKFLOW = "weft.workflow.";
    private static final String ACTIVE = ".active";
    private static final long ROOM = 1 << 24;

    private final KeyedOneInputStreamOperatorTestHarness<String, Message, Outbound> harness;
    private final LoopChannel channel;
    private final NamedMetrics metrics = NamedMetrics.root();

    /**
     * Opens it at that time, in milliseconds since 1970. Nothing has run then.
     *
     * @param state what an earlier one left; null for none
     */
    StagedFunctions(
            StagedPlans plans, Outside outside, StateBackend backend, long now, @Nullable OperatorSubtaskState state)
            throws Exception {
        FunctionSettings settings = new FunctionSettings(
                opening -> opened(plans.workflows(), outside, counting(opening)),
                new PlannedEdge(plans.functions()),
                ROOM,
                ROOM);
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new FunctionFactory(LOOP, settings), message -> message.target().id(), Types.STRING, 128, 1, 0);
        harness.setStateBackend(backend);
        harness.setProcessingTime(now);
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        channel = LoopChannel.join(new LoopChannel.Name(harness.getEnvironment().getJobID(), LOOP, 0, 0));
    }

    private CatalogFactory.Opening counting(CatalogFactory.Opening opening) {
        return new CatalogFactory.Opening(
                opening.userCode(), opening.kept(), opening.counted(), metrics, opening.clock(), opening.nanoTime());
    }

    private static CatalogFactory.Opened opened(Workflows workflows, Outside outside, CatalogFactory.Opening opening)
            throws Exception {
        HostedWorkflows hosted = new HostedWorkflows(workflows, outside, opening);
        return new CatalogFactory.Opened(
                type -> Optional.ofNullable(hosted.entries().get(type)),
                () -> hosted.entries().values().forEach(entry -> entry.invoker().close()),
                hosted);
    }

    /** Takes messages. What comes of them may not have run yet. */
    void take(List<Message> messages) throws Exception {
        for (Message message : messages) {
            harness.processElement(new StreamRecord<>(message));
        }
    }

    /** Does all that needs no time. */
    void run() throws Exception {
        runMails();
        while (nextTimer() <= now()) {
            harness.setProcessingTime(now());
            runMails();
        }
    }

    /** Lets the clock show that time, and has what is due begin. */
    void clockShows(long time) throws Exception {
        harness.setProcessingTime(time);
    }

    private void runMails() throws Exception {
        for (Optional<Mail> mail = harness.getTaskMailbox().tryTake(-1);
                mail.isPresent();
                mail = harness.getTaskMailbox().tryTake(-1)) {
            mail.get().run();
        }
    }

    /** Returns when something is due next, in milliseconds since 1970; {@link Long#MAX_VALUE} for never. */
    long nextTimer() {
        return harness.getProcessingTimeService().getActiveTimerTimestamps().stream()
                .mapToLong(time -> time)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long now() {
        return harness.getProcessingTime();
    }

    /** Returns what the gauges say of how many instances there are, by {@code name:version}; without those of none. */
    Map<String, Long> active() {
        Map<String, Long> active = new TreeMap<>();
        metrics.shown().forEach((name, shown) -> {
            if (name.startsWith(OF_WORKFLOW) && name.endsWith(ACTIVE) && !shown.equals(0L)) {
                String definition = name.substring(name.indexOf('/') + 1, name.length() - ACTIVE.length());
                active.merge(definition, (Long) shown, Long::sum);
            }
        });
        return active;
    }

    /** Returns what was written and not returned before. */
    List<Outbound> written() {
        assertThat(harness.getSideOutput(FunctionOperator.LOOP)).isNullOrEmpty();
        List<Outbound> written = List.copyOf(harness.extractOutputValues());
        harness.getOutput().clear();
        return written;
    }

    /** Has a checkpoint complete, and returns what it leaves for the next one. */
    OperatorSubtaskState checkpoint(long checkpoint) throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoint);
        channel.sentinel(checkpoint);
        OperatorSubtaskState state = harness.snapshot(checkpoint, 0);
        harness.notifyOfCompletedCheckpoint(checkpoint);
        return state;
    }

    @Override
    public void close() throws Exception {
        channel.leave();
        harness.close();
    }
}
