package dev.weft.function;

import dev.weft.event.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where a runtime runs in tests: a clock that stands still, a queue of messages, and rows that are kept as bytes, so
 * that a row which was changed and not told of is as it was.
 */
public final class FunctionsInMemory implements FunctionHost, Rows, FunctionCatalog {

    /** What went to the dead letter. */
    public record Dead(Message message, Reason reason, String detail) {}

    /** What went to an egress. */
    public record Said(Address from, Effects.Egress egress, Message cause) {}

    /** All that a checkpoint holds. */
    public record Snapshot(
            long now,
            Map<Address, byte[]> values,
            Map<String, byte[]> delays,
            List<Message> onTheirWay,
            List<Said> said,
            List<Dead> dead) {}

    private final Map<FunctionType, Entry> functions = new HashMap<>();
    private final Map<Address, byte[]> values = new LinkedHashMap<>();
    private final Map<String, byte[]> delays = new LinkedHashMap<>();
    private final Deque<Message> queue = new ArrayDeque<>();
    private final Queue<Runnable> soon = new ConcurrentLinkedQueue<>();
    private final TreeMap<Long, List<Runnable>> later = new TreeMap<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Dead> dead = new ArrayList<>();
    private final FunctionRuntime runtime;
    private long now;

    public FunctionsInMemory(FunctionObserver observer, long memoryBytes) {
        runtime = new FunctionRuntime(this, this, this, observer, memoryBytes);
    }

    /** Has functions of that type be called by that invoker. */
    public FunctionsInMemory with(FunctionType type, Invoker invoker, FunctionTerms terms) {
        functions.put(type, new Entry(invoker, terms));
        return this;
    }

    /** Goes on from a snapshot, of which a new runtime knows nothing else. */
    public FunctionsInMemory from(Snapshot snapshot) {
        now = snapshot.now();
        values.putAll(snapshot.values());
        delays.putAll(snapshot.delays());
        queue.addAll(snapshot.onTheirWay());
        said.addAll(snapshot.said());
        dead.addAll(snapshot.dead());
        return this;
    }

    /** Returns what a checkpoint would hold now. */
    public Snapshot snapshot() {
        List<Message> onTheirWay = new ArrayList<>();
        runtime.unfinished(onTheirWay::add);
        onTheirWay.addAll(queue);
        return new Snapshot(
                now, Map.copyOf(values), Map.copyOf(delays), onTheirWay, List.copyOf(said), List.copyOf(dead));
    }

    public FunctionRuntime runtime() {
        return runtime;
    }

    public List<Said> said() {
        return said;
    }

    public List<Dead> dead() {
        return dead;
    }

    /** Gives messages to the runtime, and lets all go on that needs no time. */
    public void give(Message... messages) {
        queue.addAll(List.of(messages));
        run();
    }

    /** Puts a message behind those on their way. */
    public void enqueue(Message message) {
        queue.add(message);
    }

    /** Does one thing that can be done without time passing. Returns whether there was one. */
    public boolean step() {
        Runnable task = soon.poll();
        if (task != null) {
            task.run();
            return true;
        }
        Message message = queue.poll();
        if (message != null) {
            runtime.take(message);
            return true;
        }
        return wake();
    }

    public void run() {
        while (step()) {}
    }

    private boolean wake() {
        for (Map.Entry<String, byte[]> entry : delays.entrySet()) {
            if (delaysOf(entry.getKey()).due() <= now) {
                runtime.wakeDelays(entry.getKey());
                return true;
            }
        }
        for (Address address : values.keySet()) {
            if (of(address).due() <= now) {
                runtime.wake(address);
                return true;
            }
        }
        if (!later.isEmpty() && later.firstKey() <= now) {
            later.pollFirstEntry().getValue().forEach(Runnable::run);
            return true;
        }
        return false;
    }

    /** Lets time pass, and at each moment all happen that is due. */
    public void pass(Duration time) {
        long end = now + time.toMillis();
        run();
        for (long next = due(); next <= end; next = due()) {
            now = Math.max(now, next);
            run();
        }
        now = end;
    }

    /** Lets time pass without anything being done about it. */
    public void stall(Duration time) {
        now += time.toMillis();
    }

    /** Returns when something is to be done next; the last of all times for never. */
    public long due() {
        long due = later.isEmpty() ? Long.MAX_VALUE : later.firstKey();
        for (String id : delays.keySet()) {
            due = Math.min(due, delaysOf(id).due());
        }
        for (Address address : values.keySet()) {
            due = Math.min(due, of(address).due());
        }
        return due;
    }

    @Override
    public Optional<Entry> of(FunctionType type) {
        return Optional.ofNullable(functions.get(type));
    }

    @Override
    public AddressRow of(Address address) {
        byte[] bytes = values.get(address);
        try {
            return bytes == null ? new AddressRow() : AddressRow.read(in(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DelayRow delaysOf(String id) {
        byte[] bytes = delays.get(id);
        try {
            return bytes == null ? new DelayRow() : DelayRow.read(in(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void changed(Address address, AddressRow row) {
        if (row.isEmpty()) {
            values.remove(address);
        } else {
            values.put(address, bytes(row::write));
        }
    }

    @Override
    public void changed(String id, DelayRow row) {
        if (row.isEmpty()) {
            delays.remove(id);
        } else {
            delays.put(id, bytes(row::write));
        }
    }

    @Override
    public void send(Message message) {
        queue.add(message);
    }

    @Override
    public void egress(Address from, Effects.Egress egress, Message cause) {
        said.add(new Said(from, egress, cause));
    }

    @Override
    public void deadLetter(Message message, Reason reason, String detail) {
        dead.add(new Dead(message, reason, detail));
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return now * 1_000_000;
    }

    @Override
    public void later(long millis, Runnable task) {
        later.computeIfAbsent(now + millis, at -> new ArrayList<>()).add(task);
    }

    @Override
    public void soon(Runnable task) {
        soon.add(task);
    }

    /** Writes something. */
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
