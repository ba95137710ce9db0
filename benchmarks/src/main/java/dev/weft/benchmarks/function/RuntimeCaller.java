package dev.weft.benchmarks.function;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.AddressRow;
import dev.weft.function.DelayRow;
import dev.weft.function.Effects;
import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionHost;
import dev.weft.function.FunctionObserver;
import dev.weft.function.FunctionRuntime;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.Rows;
import dev.weft.function.TypePattern;
import dev.weft.function.TypedValue;
import dev.weft.function.remote.RemoteEndpoint;
import dev.weft.function.remote.RemoteFunctions;
import dev.weft.http.AddressPolicy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The runtime of functions on one thread, with rows in a map, whose functions are called over HTTP. */
final class RuntimeCaller implements RemoteCost.Caller, FunctionHost, Rows, FunctionObserver {

    static final String NUMBER = "bench/number";

    private static final FunctionType ECHO = new FunctionType("bench", "echo");
    private static final TypedValue ARGUMENT = new TypedValue(NUMBER, new byte[16]);

    private final RemoteFunctions functions;
    private final FunctionRuntime runtime;
    private final Map<Address, AddressRow> rows = new HashMap<>();
    private final LinkedBlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
    private final int calls;
    private final int batch;
    private long answered;
    private boolean isOver;

    RuntimeCaller(URI url, int calls, int batch) {
        FunctionTerms terms = FunctionTerms.USUAL;
        RemoteEndpoint endpoint = new RemoteEndpoint(
                TypePattern.parse("bench/*"), url.toString(), BareCaller.settings(url, calls), terms);
        this.functions = new RemoteFunctions(endpoint, AddressPolicy.open(), Map.of());
        FunctionCatalog.Entry entry = new FunctionCatalog.Entry(functions, terms);
        this.runtime = new FunctionRuntime(type -> Optional.of(entry), this, this, this, 64 << 20);
        this.calls = calls;
        this.batch = batch;
    }

    @Override
    public long call(long millis) throws InterruptedException {
        answered = 0;
        isOver = false;
        for (int i = 0; i < calls; i++) {
            send(new Address(ECHO, "id-" + i));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!runtime.isIdle()) {
            asked.take().run();
            isOver = isOver || System.nanoTime() > end;
        }
        return answered;
    }

    private void send(Address address) {
        for (int i = 0; i < batch; i++) {
            runtime.take(new Message(address, null, ARGUMENT, null));
        }
    }

    @Override
    public void egress(Address from, Effects.Egress egress, Message cause) {
        if (!isOver) {
            send(from);
        }
    }

    @Override
    public void called(FunctionType type, int messages, long nanos, Outcome outcome) {
        if (outcome == Outcome.DONE) {
            answered += messages;
        } else if (outcome != Outcome.UNDECLARED) {
            throw new IllegalStateException("a call failed");
        }
    }

    @Override
    public AddressRow of(Address address) {
        return rows.computeIfAbsent(address, unused -> new AddressRow());
    }

    @Override
    public DelayRow delaysOf(String id) {
        return new DelayRow();
    }

    @Override
    public void changed(Address address, AddressRow row) {}

    @Override
    public void changed(String id, DelayRow row) {}

    @Override
    public void send(Message message) {
        throw new IllegalStateException("nobody sends messages here");
    }

    @Override
    public void deadLetter(Message message, Reason reason, String detail) {
        throw new IllegalStateException(detail);
    }

    @Override
    public long now() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void later(long millis, Runnable task) {
        // only calls that take too long are looked for, and there are none
    }

    @Override
    public void soon(Runnable task) {
        asked.add(task);
    }

    @Override
    public void close() {
        functions.close();
    }
}
