package dev.weft.function;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The messages of one address for which no call has been applied. There is one only as long as there are such messages;
 * then it has a call under way, or is in its room's queue, or will be put there when a retry is due.
 */
final class Line {

    /** The most bytes of one call of several messages, as a request has to fit into memory and networks. */
    private static final long MOST_BYTES = 16L << 20;

    final Kind kind;
    final Address address;

    /** The messages of the call that is under way, or that is made next; empty where the next takes what waits. */
    private List<Message> taken = List.of();

    private final Deque<Message> waiting = new ArrayDeque<>(4);

    /** How many messages are to be called one by one, as they have failed together. */
    private int alone;

    /** How often the call of what is taken has failed. */
    private int failures;

    Line(Kind kind, Address address) {
        this.kind = kind;
        this.address = address;
    }

    void add(Message message) {
        waiting.add(message);
    }

    /** Has it that a call was begun before there was a line. */
    void begun(List<Message> messages) {
        taken = messages;
    }

    /** Returns the messages of the next call. */
    List<Message> take() {
        if (!taken.isEmpty()) {
            return taken;
        }
        int most = alone > 0 ? 1 : Math.min(kind.terms.maxBatch(), waiting.size());
        if (most <= 1) {
            taken = List.of(waiting.remove());
            return taken;
        }
        List<Message> batch = new ArrayList<>(most);
        long bytes = 0;
        for (Message next = waiting.peek(); next != null && batch.size() < most; next = waiting.peek()) {
            bytes += next.argument().bytes().length;
            if (bytes > MOST_BYTES && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.remove());
        }
        taken = batch;
        return taken;
    }

    int waiting() {
        return waiting.size();
    }

    /** Notes that what was taken is done with. */
    void done() {
        alone = Math.max(0, alone - taken.size());
        taken = List.of();
        failures = 0;
    }

    /** Notes that the call of what was taken failed, and returns how often it has. */
    int failed() {
        return ++failures;
    }

    /** Has what was taken, and has failed together, taken again one by one. */
    void split() {
        for (int i = taken.size() - 1; i >= 0; i--) {
            waiting.addFirst(taken.get(i));
        }
        alone = taken.size();
        taken = List.of();
        failures = 0;
    }

    boolean isEmpty() {
        return taken.isEmpty() && waiting.isEmpty();
    }

    void unfinished(Consumer<Message> taker) {
        taken.forEach(taker);
        waiting.forEach(taker);
    }
}
