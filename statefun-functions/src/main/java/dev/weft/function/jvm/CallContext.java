package dev.weft.function.jvm;

import dev.weft.function.Effects;
import dev.weft.function.Effects.Cancel;
import dev.weft.function.Effects.Delay;
import dev.weft.function.Effects.Egress;
import dev.weft.function.Effects.Later;
import dev.weft.function.Effects.Send;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.statefun.sdk.java.Address;
import org.apache.flink.statefun.sdk.java.AddressScopedStorage;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.message.EgressMessage;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * What a function is given during one call of it, all its messages: collects what the function asks for. Safe for use
 * by several threads, as a function may go on in others until its future is complete.
 */
final class CallContext implements Context {

    private final Address self;
    private final ValueView storage;
    private final List<Send> sends = new ArrayList<>(2);
    private @Nullable List<Delay> delays;
    private @Nullable List<Egress> egresses;
    private dev.weft.function.@Nullable Address caller;
    private boolean isOver;

    CallContext(Address self, ValueView storage) {
        this.self = self;
        this.storage = storage;
    }

    /** Begins the next message. */
    synchronized void from(dev.weft.function.@Nullable Address next) {
        caller = next;
    }

    /** Ends the call, after which the function cannot ask for more. Throws what types of values throw. */
    synchronized Effects end() {
        isOver = true;
        return new Effects(
                sends, delays == null ? List.of() : delays, egresses == null ? List.of() : egresses, storage.changes());
    }

    @Override
    public Address self() {
        return self;
    }

    @Override
    public synchronized Optional<Address> caller() {
        return Optional.ofNullable(caller).map(Translation::address);
    }

    @Override
    public void send(Message message) {
        Objects.requireNonNull(message);
        Send send = new Send(Translation.address(message.targetAddress()), Translation.value(message));
        synchronized (this) {
            checkNotOver();
            sends.add(send);
        }
    }

    @Override
    public void sendAfter(Duration delay, Message message) {
        later(delay, null, message);
    }

    @Override
    public void sendAfter(Duration delay, String token, Message message) {
        Objects.requireNonNull(delay);
        later(delay, checked(token), message);
    }

    private void later(Duration delay, @Nullable String token, Message message) {
        Objects.requireNonNull(delay);
        Objects.requireNonNull(message);
        add(new Later(
                delay.toMillis(), Translation.address(message.targetAddress()), Translation.value(message), token));
    }

    @Override
    public void cancelDelayedMessage(String token) {
        add(new Cancel(checked(token)));
    }

    private synchronized void add(Delay delay) {
        checkNotOver();
        delays = delays == null ? new ArrayList<>(2) : delays;
        delays.add(delay);
    }

    @Override
    public void send(EgressMessage message) {
        Objects.requireNonNull(message);
        Egress egress = new Egress(Translation.type(message.targetEgressId()), Translation.value(message));
        synchronized (this) {
            checkNotOver();
            egresses = egresses == null ? new ArrayList<>(2) : egresses;
            egresses.add(egress);
        }
    }

    @Override
    public AddressScopedStorage storage() {
        return storage;
    }

    private static String checked(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            throw new IllegalArgumentException("found no cancellation token, expected one that is not empty");
        }
        return token;
    }

    private void checkNotOver() {
        if (isOver) {
            throw new IllegalStateException("the call of " + self + " is over, whose context this was");
        }
    }
}
