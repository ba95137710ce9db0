package dev.weft.workflow.host;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.AddressRow;
import dev.weft.function.DelayRow;
import dev.weft.function.Effects;
import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionHost;
import dev.weft.function.FunctionObserver;
import dev.weft.function.FunctionRuntime;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The functions' runtime in memory, with one queue of messages and a clock that goes on only when it is told. Not safe
 * for use by several threads.
 */
final class LocalFunctions implements FunctionHost, Rows, FunctionCatalog {

    private static final long NANOS = 1_000_000;
    /** Takes what leaves. */
    interface Exit {
        void said(Address from, Effects.Egress egress);

        void dead(Message message, String detail);
    }

    /** Something to be done at its time; of one time, in the order in which it was asked for. */
    private record Due(long time, long number, Runnable task) {}

    private final Map<FunctionType, Entry> functions;
    private final Exit exit;
    private final Map<Address, AddressRow> rows = new HashMap<>();
    private final Map<String, DelayRow> delays = new HashMap<>();
    private final Deque<Message> queue = new ArrayDeque<>();
    private final Queue<Runnable> soon = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>((one, other) ->
            one.time != other.time ? Long.compare(one.time, other.time) : Long.compare(one.number, other.number));
    private final FunctionRuntime runtime =
            new FunctionRuntime(this, this, this, FunctionObserver.NOBODY, Long.MAX_VALUE);
    private long now;
    private long asked;

    LocalFunctions(Map<FunctionType, Entry> functions, Exit exit, long now) {
        this.functions = functions;
        this.exit = exit;
        this.now = now;
    }

    /** Returns what a job would be that goes on from a savepoint of this one, which is over then. */
    LocalFunctions restarted(Map<FunctionType, Entry> others) {
        LocalFunctions next = new LocalFunctions(others, exit, now);
        runtime.unfinished(next.queue::add);
        next.queue.addAll(queue);
        rows.forEach((address, row) -> next.changed(address, copied(row::write, AddressRow::read)));
        delays.forEach((id, row) -> next.changed(id, copied(row::write, DelayRow::read)));
        return next;
    }

    /** Writes a row. */
    private interface Writing {
        void to(DataOutput out) throws IOException;
    }

    /** Reads a row. */
    private interface Reading<T> {
        T from(DataInput in) throws IOException;
    }

    private static <T> T copied(Writing writing, Reading<T> reading) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
            return reading.from(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a message, and lets all go on that needs no time. */
    void take(Message message) {
        queue(message);
        run();
    }

    /** Puts a message behind those that are on their way. */
    void queue(Message message) {
        queue.add(message);
    }

    /** Does all that needs no time. */
    void run() {
        while (step()) {}
    }

    private boolean step() {
        Runnable task = soon.poll();
        if (task == null && queue.isEmpty() && !due.isEmpty() && due.peek().time <= now) {
            task = due.remove().task;
        }
        if (task != null) {
            task.run();
            return true;
        }
        Message message = queue.poll();
        if (message != null) {
            runtime.take(message);
        }
        return message != null;
    }

    /** Lets time pass, and at each moment all happen that is due. */
    void advance(Duration time) {
        long end = now + time.toMillis();
        run();
        while (!due.isEmpty() && due.peek().time <= end) {
            now = Math.max(now, due.peek().time);
            run();
        }
        now = end;
    }

    /** Lets time pass in which nothing runs. */
    void stall(Duration time) {
        now += time.toMillis();
    }

    /** Returns the addresses at which something is kept. */
    Set<Address> addresses() {
        return Set.copyOf(rows.keySet());
    }

    private void at(long time, Runnable task) {
        due.add(new Due(time, asked++, task));
    }

    @Override
    public Optional<Entry> of(FunctionType type) {
        return Optional.ofNullable(functions.get(type));
    }

    @Override
    public AddressRow of(Address address) {
        AddressRow row = rows.get(address);
        return row == null ? new AddressRow() : row;
    }

    @Override
    public DelayRow delaysOf(String id) {
        DelayRow row = delays.get(id);
        return row == null ? new DelayRow() : row;
    }

    @Override
    public void changed(Address address, AddressRow row) {
        if (row.isEmpty()) {
            rows.remove(address);
            return;
        }
        rows.put(address, row);
        if (row.due() < Long.MAX_VALUE) {
            at(row.due(), () -> runtime.wake(address));
        }
    }

    @Override
    public void changed(String id, DelayRow row) {
        if (row.isEmpty()) {
            delays.remove(id);
            return;
        }
        delays.put(id, row);
        at(row.due(), () -> runtime.wakeDelays(id));
    }

    @Override
    public void send(Message message) {
        queue.add(message);
    }

    @Override
    public void egress(Address from, Effects.Egress egress, Message cause) {
        exit.said(from, egress);
    }

    @Override
    public void deadLetter(Message message, Reason reason, String detail) {
        exit.dead(message, detail);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return now * NANOS;
    }

    @Override
    public void later(long millis, Runnable task) {
        at(now + millis, task);
    }

    @Override
    public void soon(Runnable task) {
        soon.add(task);
    }
}
