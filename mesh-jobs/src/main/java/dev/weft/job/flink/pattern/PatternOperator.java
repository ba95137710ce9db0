package dev.weft.job.flink.pattern;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.engine.Bytes;
import dev.weft.cep.live.Crew;
import dev.weft.cep.live.KeyRow;
import dev.weft.cep.live.Roster;
import dev.weft.job.JobConfig;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.pattern.RowCache.Slot;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds the matches of all patterns of a job. Its inputs are the events that patterns look at, by their keys, and,
 * broadcast, the patterns.
 *
 * <p>All that is known of a key is one row. Rows of keys that were used of late are in memory: an event waits there,
 * and is looked at when the watermark has passed it, without any state being read or written. What has changed is
 * written with the next checkpoint, or when the row has to leave. A row that is not in memory has a timer at the time,
 * or before it, at which it has something to do next; one timer is enough for a key.
 *
 * <p>The watermark is in the state too: after a restart, an event is late that was late before.
 */
public final class PatternOperator extends AbstractStreamOperator<Outbound>
        implements TwoInputStreamOperator<SeenByKey, Roster, Outbound>, Triggerable<String, VoidNamespace> {

    /** The name by which savepoints know the rows. */
    static final String ROWS = "rows";

    /** The name by which savepoints know the timers. */
    static final String TIMERS = "due";

    /** The name by which savepoints know the watermark. */
    static final String WATERMARK = "watermark";

    private static final long serialVersionUID = 1;

    private final Finds.Topics topics;
    private final long cacheBytes;

    private transient @Nullable ValueState<byte[]> rows;
    private transient @Nullable InternalTimerService<VoidNamespace> timers;
    private transient @Nullable ListState<Long> keptWatermark;
    private transient @Nullable RowCache cache;
    private transient @Nullable PatternMetrics metrics;
    private transient @Nullable Finds finds;
    private transient @Nullable StreamRecord<Outbound> reused;
    private transient Crew crew = Crew.none();
    private transient int rosterNumber;
    private transient long watermark;
    private transient @Nullable Watermark held;

    /** Events that are here before their pattern is known, by its handle. */
    private transient Map<Long, List<SeenByKey>> early = Map.of();

    /** Makes the operator of a job. */
    public PatternOperator(JobConfig config) {
        Map<String, String> ofChannels = new HashMap<>();
        config.writable().forEach(channel -> ofChannels.put(channel.name(), channel.topic()));
        String deadLetter = config.channel(config.deadLetter()).topic();
        this.topics = new Finds.Topics(ofChannels, deadLetter, config.name());
        this.cacheBytes = config.limits().patternMemoryBytes();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        keptWatermark = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(WATERMARK, LongSerializer.INSTANCE));
        watermark = Long.MIN_VALUE;
        // Behind aligned barriers all subtasks are at the same watermark.
        for (long before : keptWatermark.get()) {
            watermark = Math.max(watermark, before);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        rows = getRuntimeContext().getState(new ValueStateDescriptor<>(ROWS, BytePrimitiveArraySerializer.INSTANCE));
        timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        cache = new RowCache(cacheBytes);
        metrics = new PatternMetrics(getMetricGroup(), cache);
        reused = new StreamRecord<>(null);
        finds = new Finds(
                topics,
                metrics,
                outbound -> output.collect(requireNonNull(reused).replace(outbound)),
                getProcessingTimeService()::getCurrentProcessingTime);
        crew = Crew.none();
        rosterNumber = -1;
        early = new HashMap<>();
    }

    /** The key is set where state is used, which is seldom. */
    @Override
    public void setKeyContextElement1(StreamRecord element) {
        // left to read, write and forget
    }

    @Override
    public void processElement1(StreamRecord<SeenByKey> element) throws Exception {
        take(element.getValue());
    }

    private void take(SeenByKey seen) throws Exception {
        if (seen.seen().time() <= watermark) {
            requireNonNull(metrics).late.inc();
            return;
        }
        if (crew.member(seen.seen().handle()) == null) {
            early.computeIfAbsent(seen.seen().handle(), handle -> new ArrayList<>())
                    .add(seen);
            return;
        }
        RowCache inMemory = requireNonNull(cache);
        Slot slot = inMemory.get(seen.key());
        if (slot == null) {
            slot = read(seen.key());
            inMemory.put(slot);
        }
        slot.row.add(seen.seen());
        slot.isDirty = true;
        inMemory.touch(slot);
        if (inMemory.isFull()) {
            inMemory.makeRoom(this::writeLeaving);
        }
    }

    /** Everyone who looks at events says the same of one number; the highest is the newest. */
    @Override
    public void processElement2(StreamRecord<Roster> element) throws Exception {
        Roster said = element.getValue();
        if (said.number() <= rosterNumber) {
            return;
        }
        rosterNumber = said.number();
        crew = crew.of(said.without(watermark));
        List<SeenByKey> waited = new ArrayList<>();
        early.forEach((handle, events) -> {
            if (crew.member(handle) != null) {
                waited.addAll(events);
            }
        });
        early.keySet().removeIf(handle -> crew.member(handle) != null);
        for (SeenByKey seen : waited) {
            take(seen);
        }
        if (held != null) {
            Watermark mark = held;
            held = null;
            processWatermark(mark);
        }
    }

    /** Until it is known what patterns there are, no time passes: what is remembered would have no meaning. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (rosterNumber < 0) {
            held = mark;
            return;
        }
        watermark = Math.max(watermark, mark.getTimestamp());
        RowCache inMemory = requireNonNull(cache);
        for (Slot slot = inMemory.nextDue(watermark); slot != null; slot = inMemory.nextDue(watermark)) {
            advance(slot);
        }
        super.processWatermark(mark);
    }

    /** Timers are for rows that are not in memory: the others have had their turn. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        RowCache inMemory = requireNonNull(cache);
        Slot slot = inMemory.get(timer.getKey());
        if (slot == null) {
            slot = read(timer.getKey());
            if (slot.row.isEmpty()) {
                return;
            }
            slot.timer = Long.MAX_VALUE;
            slot.isDirty = true; // it may have nothing to do yet, and then needs another timer
            inMemory.put(slot);
            if (slot.row.due() <= watermark) {
                advance(slot);
            }
            if (inMemory.isFull()) {
                inMemory.makeRoom(this::writeLeaving);
            }
        } else if (slot.timer <= timer.getTimestamp()) {
            slot.timer = Long.MAX_VALUE;
            slot.isDirty = true; // its next timer is to be set
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("there are timers of event time only");
    }

    private void advance(Slot slot) throws Exception {
        slot.row.advance(watermark, crew, requireNonNull(finds));
        slot.isDirty = true;
        if (slot.row.isEmpty()) {
            forget(slot);
        } else {
            requireNonNull(cache).touch(slot);
        }
    }

    /** A row whose key has no row in the state need not be taken out there. */
    private void forget(Slot slot) throws Exception {
        requireNonNull(cache).remove(slot);
        if (slot.isStored) {
            setCurrentKey(slot.key);
            requireNonNull(rows).clear();
        }
    }

    private Slot read(String key) throws Exception {
        setCurrentKey(key);
        byte[] bytes = requireNonNull(rows).value();
        if (bytes == null) {
            return new Slot(key, new KeyRow(SeenByKey.values(key)), Long.MAX_VALUE, false);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        long timer = in.readLong();
        return new Slot(key, KeyRow.read(SeenByKey.values(key), in), timer, true);
    }

    private void writeLeaving(Slot slot) {
        try {
            write(slot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a row that has changed, and sees to it that a timer goes off when it has something to do. */
    private void write(Slot slot) throws IOException {
        if (!slot.isDirty) {
            return;
        }
        setCurrentKey(slot.key);
        long due = slot.row.due();
        if (due < slot.timer) {
            slot.timer = due;
            requireNonNull(timers).registerEventTimeTimer(VoidNamespace.INSTANCE, due);
        }
        Bytes bytes = new Bytes();
        bytes.writeLong(slot.timer);
        slot.row.write(bytes);
        requireNonNull(rows).update(bytes.toArray());
        slot.isDirty = false;
        slot.isStored = true;
    }

    /** Before the state is taken, as timers may be taken first, where a cluster has them on the heap. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        super.prepareSnapshotPreBarrier(checkpoint);
        requireNonNull(cache).forEach(this::writeLeaving);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        requireNonNull(keptWatermark).update(List.of(watermark));
    }
}
