package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;

import dev.weft.function.Message;
import dev.weft.job.flink.function.LoopItem.Round;
import dev.weft.job.flink.function.LoopItem.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the tail of a loop leaves what has come around for the head of the same subtask, which is in the same JVM. One
 * thread of each uses it at a time.
 *
 * <p>It also keeps the logs of checkpoints that are under way. The head {@linkplain #open opens} a log before it lets a
 * checkpoint go on to any tail: the log begins with what is here. What comes later, up to where the tail has seen the
 * checkpoint from every head, was sent before the checkpoint, and is added; then the log is whole. The tail cannot see
 * a checkpoint before its own head has opened the log.
 */
final class LoopChannel {

    /**
     * Tells channels apart.
     *
     * @param loop which one of the job's
     * @param attempt so that a subtask that is about to die leaves nothing to the one that replaces it
     */
    record Name(JobID job, String loop, int subtask, int attempt) {}

    /** Is told what is here for the head. Called by whatever thread. */
    interface Head {
        void wake();
    }

    /** Those that a head or a tail has joined and not left. */
    private static final Map<Name, LoopChannel> JOINED = new HashMap<>();

    private final Name name;
    private final CountDownLatch begun = new CountDownLatch(1);

    /** How many have joined; guarded by {@link #JOINED}. */
    private int members;

    private final TreeMap<Long, LoopLog> openLogs = new TreeMap<>();
    private final TreeMap<Long, LoopLog> wholeLogs = new TreeMap<>();
    private final ArrayDeque<Round> rounds = new ArrayDeque<>();
    private @Nullable SpillingQueue queue;
    private @Nullable Head head;
    private long arrived;
    private boolean isClosed;

    private LoopChannel(Name name) {
        this.name = name;
    }

    /** Returns the channel of that name, which is new if nobody has joined it. Whoever joins leaves it some day. */
    static LoopChannel join(Name name) {
        synchronized (JOINED) {
            LoopChannel channel = JOINED.computeIfAbsent(name, LoopChannel::new);
            channel.members++;
            return channel;
        }
    }

    /** Leaves it. */
    void leave() {
        synchronized (JOINED) {
            members--;
            if (members == 0) {
                JOINED.remove(name);
            }
        }
    }

    /** The head says where messages are to be put. */
    synchronized void begin(SpillingQueue empty) {
        queue = empty;
        begun.countDown();
    }

    /** The head says that it can be woken. */
    synchronized void attach(Head awake) {
        head = awake;
        awake.wake();
    }

    /** Waits for the head to begin. Returns false if it has not after that time. */
    boolean awaitHead(Duration patience) throws InterruptedException {
        return begun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Leaves something for the head. Returns false if there is no room for it; what is left for nobody is forgotten.
     */
    boolean put(LoopItem item) throws IOException {
        synchronized (this) {
            if (isClosed) {
                return true;
            }
            if (item instanceof Sent sent) {
                arrived++;
                if (!requireNonNull(queue).add(sent.message())) {
                    return false;
                }
                for (LoopLog log : openLogs.values()) {
                    log.add(sent.message());
                }
            } else if (item instanceof Round round) {
                rounds.add(round);
            }
        }
        wake();
        return true;
    }

    /**
     * The tail says that it has all that was sent before that checkpoint. A log of an earlier checkpoint that is not
     * whole will never be: the tail has not seen that checkpoint.
     */
    void sentinel(long checkpoint) throws IOException {
        synchronized (this) {
            LoopLog whole = openLogs.remove(checkpoint);
            closeAll(openLogs.headMap(checkpoint));
            if (whole != null) {
                wholeLogs.put(checkpoint, whole);
            }
        }
        wake();
    }

    private void wake() {
        Head awake;
        synchronized (this) {
            awake = head;
        }
        if (awake != null) {
            awake.wake();
        }
    }

    /** Opens the log of a checkpoint, adding what is here. */
    synchronized void open(long checkpoint, LoopLog log) throws IOException {
        requireNonNull(queue).forEach(log::add);
        openLogs.put(checkpoint, log);
    }

    /** Says where a log is to be written once it is whole, which it may be already. */
    synchronized void goesTo(KeyedStateCheckpointOutputStream stream, LoopLog log) throws IOException {
        log.goesTo(stream);
    }

    /** Forgets a checkpoint: it has failed, and what its log would be written to may be closed. */
    synchronized void abort(long checkpoint) throws IOException {
        for (Map<Long, LoopLog> logs : List.of(openLogs, wholeLogs)) {
            LoopLog log = logs.remove(checkpoint);
            if (log != null) {
                log.close();
            }
        }
    }

    /** Gives the logs that have become whole. */
    synchronized List<LoopLog> takeWhole() {
        List<LoopLog> whole = List.copyOf(wholeLogs.values());
        wholeLogs.clear();
        return whole;
    }

    /** Moves up to that many messages to {@code taken}. */
    synchronized void take(Queue<Message> taken, int most) throws IOException {
        SpillingQueue from = requireNonNull(queue);
        for (int i = 0; i < most && !from.isEmpty(); i++) {
            taken.add(requireNonNull(from.poll()));
        }
    }

    /** Takes out a round of the count that has come by; null if there is none. */
    @Nullable
    synchronized Round takeRound() {
        return rounds.poll();
    }

    /** Returns how many messages the tail was ever given, those without room too. */
    synchronized long arrived() {
        return arrived;
    }

    synchronized boolean isEmpty() {
        return requireNonNull(queue).isEmpty();
    }

    synchronized boolean isLong() {
        return requireNonNull(queue).isLong();
    }

    synchronized long size() {
        return requireNonNull(queue).size();
    }

    synchronized long bytes() {
        return requireNonNull(queue).bytes();
    }

    synchronized long bytesOnDisk() {
        return requireNonNull(queue).bytesOnDisk();
    }

    synchronized long openLogBytes() {
        return openLogs.values().stream().mapToLong(LoopLog::bytes).sum();
    }

    /** The head is gone. */
    synchronized void close() throws IOException {
        isClosed = true;
        head = null;
        closeAll(openLogs);
        for (LoopLog log : takeWhole()) {
            log.close();
        }
    }

    private static void closeAll(Map<Long, LoopLog> logs) throws IOException {
        Iterator<LoopLog> each = logs.values().iterator();
        while (each.hasNext()) {
            each.next().close();
            each.remove();
        }
    }
}
