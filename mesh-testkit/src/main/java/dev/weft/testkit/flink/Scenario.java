package dev.weft.testkit.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What scenarios have in common, whatever the inputs of their operator: time, what is emitted, and dying.
 *
 * <p>State lies in RocksDB, as in a job, so every value goes through its serializer. Not for use by several threads.
 *
 * @param <H> Flink's harness for operators with these inputs
 * @param <OUT> what the operator emits
 */
public abstract class Scenario<H extends AbstractStreamOperatorTestHarness<OUT>, OUT> implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    private final Recovery recovery;
    private final Harnessed<H> harnessed;
    private final List<OUT> emitted = new ArrayList<>();
    private final Map<OutputTag<?>, List<Object>> aside = new HashMap<>();
    private final List<OutputTag<?>> tags = new ArrayList<>();
    private final List<Happening<H>> atBirth = new ArrayList<>();
    private H harness;
    private long checkpoint;
    private long watermark = Long.MIN_VALUE;
    private long clock;

    /** Puts an operator that has processed nothing yet into a harness. */
    interface Harnessed<H> {
        H make(int maxParallelism) throws Exception;
    }

    /** Something that happens to the operator. */
    interface Happening<H> {
        void happenTo(H harness) throws Exception;
    }

    Scenario(Recovery recovery, Harnessed<H> harnessed) throws Exception {
        this.recovery = recovery;
        this.harnessed = harnessed;
        this.harness = started(null);
    }

    private H started(@Nullable OperatorSubtaskState state) throws Exception {
        H fresh = harnessed.make(MAX_PARALLELISM);
        fresh.setStateBackend(new EmbeddedRocksDBStateBackend());
        fresh.setup();
        if (state == null) {
            fresh.initializeEmptyState();
        } else {
            fresh.initializeState(state);
        }
        fresh.open();
        showClock(fresh);
        return fresh;
    }

    /** Lets something happen, and the operator die after it if this is such a story. */
    final void step(Happening<H> happening) throws Exception {
        happening.happenTo(harness);
        if (recovery == Recovery.AFTER_EVERY_STEP) {
            recovers();
        }
    }

    /** Lets something happen now, and at the beginning of each life that follows; it is no step. */
    final void inEachLife(Happening<H> happening) throws Exception {
        atBirth.add(happening);
        happening.happenTo(harness);
    }

    abstract void sendWatermark(H harness, long time) throws Exception;

    /** Event time is at {@code time} now, on every input: timers up to then fire. */
    public final void timeReaches(long time) throws Exception {
        watermark = time;
        step(it -> sendWatermark(it, time));
    }

    /**
     * The clock on the wall shows {@code time} now: timers of processing time up to then fire, and state whose time to
     * live is over is not seen any more.
     */
    public final void clockReaches(long time) throws Exception {
        clock = time;
        step(this::showClock);
    }

    private void showClock(H it) throws Exception {
        it.setStateTtlProcessingTime(clock);
        it.setProcessingTime(clock);
    }

    /** A checkpoint is taken, and the operator goes on. */
    public final void isCheckpointed() throws Exception {
        step(it -> {
            OperatorSubtaskState unused = snapshot(it);
            it.notifyOfCompletedCheckpoint(checkpoint);
        });
    }

    /**
     * A snapshot is taken, the operator dies, and another goes on from the snapshot. It hears at once how late it is:
     * the sources of a job say so again too.
     */
    public final void recovers() throws Exception {
        goOn(snapshot(harness));
    }

    private void goOn(OperatorSubtaskState state) throws Exception {
        collect();
        harness.close();
        harness = started(state);
        if (watermark != Long.MIN_VALUE) {
            sendWatermark(harness, watermark);
        }
        for (Happening<H> happening : atBirth) {
            happening.happenTo(harness);
        }
    }

    /** A savepoint is written into a file, for builds to come to {@linkplain #goesOnFrom go on} from. */
    public final void savesTo(Path file) throws Exception {
        OperatorSnapshotUtil.writeStateHandle(snapshot(harness), file.toString());
    }

    /** The operator dies, and another goes on from a savepoint that perhaps an older build has written. */
    public final void goesOnFrom(Path file) throws Exception {
        goOn(OperatorSnapshotUtil.readStateHandle(file.toString()));
    }

    private OperatorSubtaskState snapshot(H it) throws Exception {
        checkpoint++;
        it.prepareSnapshotPreBarrier(checkpoint);
        return it.snapshot(checkpoint, clock);
    }

    /** Asserts that the operator has emitted exactly this, in this order, since the scenario was last asked. */
    @SafeVarargs
    public final void emits(OUT... expected) {
        assertThat(emitted()).containsExactly(expected);
    }

    /** Returns what the operator has emitted since the scenario was last asked. */
    public final List<OUT> emitted() {
        collect();
        List<OUT> since = List.copyOf(emitted);
        emitted.clear();
        return since;
    }

    /**
     * Says which side outputs {@link #emittedAside} will ask for: what went there would die with an operator otherwise.
     */
    public final void watchesAside(OutputTag<?> tag) {
        tags.add(tag);
    }

    /** Returns what the operator has put into that side output, which is watched, since the scenario was last asked. */
    @SuppressWarnings("unchecked") // each list holds what came out of the side output of its tag
    public final <X> List<X> emittedAside(OutputTag<X> tag) {
        if (!tags.contains(tag)) {
            throw new IllegalStateException(tag + " was not watched from the beginning");
        }
        collect();
        List<Object> since = aside.remove(tag);
        return since == null ? List.of() : (List<X>) List.copyOf(since);
    }

    /** Returns how many timers of event time are set. */
    public final int eventTimeTimers() {
        return harness.numEventTimeTimers();
    }

    /** Returns how many keys have a value in the keyed state of that name, which has no namespaces. */
    public final long keysIn(String state) {
        try (Stream<?> keys = harness.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    private void collect() {
        emitted.addAll(harness.extractOutputValues());
        harness.getOutput().clear();
        for (OutputTag<?> tag : tags) {
            collectAside(tag);
        }
    }

    private <X> void collectAside(OutputTag<X> tag) {
        var output = harness.getSideOutput(tag);
        if (output != null) {
            List<Object> values = aside.computeIfAbsent(tag, none -> new ArrayList<>());
            output.stream().map(StreamRecord::getValue).forEach(values::add);
            output.clear();
        }
    }

    @Override
    public final void close() throws Exception {
        harness.close();
    }
}
