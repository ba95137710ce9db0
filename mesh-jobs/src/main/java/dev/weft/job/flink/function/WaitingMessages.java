package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;

import dev.weft.function.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for functions of one subtask, and in which order it is taken. Used by the task's thread; only the numbers
 * that are shown may be asked for by others.
 *
 * <p>Messages that were on their way at the checkpoint the job goes on from are taken before anything else: their
 * senders may have sent more since, which comes another way. Then the local queue and what has come around the loop
 * take turns.
 */
final class WaitingMessages {

    /** How many are taken out of the channel at once. */
    private static final int GULP = 100;

    private final SpillingQueue local;
    private final LoopChannel channel;
    private final Queue<Message> taken = new ArrayDeque<>();
    private long replaying;
    private boolean isLocalNext;

    /**
     * Makes one.
     *
     * @param local empty
     * @param channel what comes around the loop
     */
    WaitingMessages(SpillingQueue local, LoopChannel channel) {
        this.local = local;
        this.channel = channel;
    }

    /** Adds a message of the checkpoint the job goes on from, before any other. There is always room for it. */
    void replay(Message message) throws IOException {
        local.addAnyway(message);
        replaying++;
    }

    /** Adds a message to the local queue. Returns false if there is no room for it. */
    boolean add(Message message) throws IOException {
        return local.add(message);
    }

    /** Whether an event that comes now may be taken at once: those before it wait in the local queue. */
    boolean isNoEventAhead() {
        return local.isEmpty();
    }

    boolean isEmpty() {
        return local.isEmpty() && taken.isEmpty() && channel.isEmpty();
    }

    /** Whether there are more than fit into memory, or nearly. */
    boolean isLong() {
        return local.isLong() || channel.isLong();
    }

    /** Takes out the message whose turn it is; null if none waits. */
    @Nullable
    Message next() throws IOException {
        if (replaying > 0) {
            replaying--;
            return requireNonNull(local.poll());
        }
        isLocalNext = !isLocalNext;
        Message next = isLocalNext ? local.poll() : comeAround();
        if (next == null) {
            next = isLocalNext ? comeAround() : local.poll();
        }
        return next;
    }

    private @Nullable Message comeAround() throws IOException {
        if (taken.isEmpty()) {
            channel.take(taken, GULP);
        }
        return taken.poll();
    }

    /** Adds to a log what is not in the channel, which does that itself, in the order in which it is taken up again. */
    void write(LoopLog log) throws IOException {
        local.forEach(log::add);
        for (Message message : taken) {
            log.add(message);
        }
    }

    /** Returns how many wait in queues. */
    long size() {
        return local.size() + channel.size();
    }

    /** Returns about how many bytes of memory they take. */
    long bytes() {
        return local.bytes() + channel.bytes();
    }

    long bytesOnDisk() {
        return local.bytesOnDisk() + channel.bytesOnDisk();
    }
}
