package dev.weft.benchmarks.function;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;

/**
 * Two functions that play balls between their addresses for ever, and count them in their state; the same game as
 * {@code statefun-oracle} plays.
 */
public final class PingPong {

    public static final StatefulFunctionSpec PING = spec("ping", "pong");
    public static final StatefulFunctionSpec PONG = spec("pong", "ping");

    static final String NAMESPACE = "bench";

    /** Far enough between two balls that they never follow each other's path. */
    static final long STRIDE = 1L << 40;

    /** How many addresses each of them has: a system property. */
    static final String ADDRESSES = "bench.addresses";

    private static final LongAdder MESSAGES = new LongAdder();

    private PingPong() {}

    /** Returns how many messages this process has taken. */
    static long messages() {
        return MESSAGES.sum();
    }

    private static StatefulFunctionSpec spec(String name, String other) {
        ValueSpec<Long> count = ValueSpec.named("count").withLongType();
        TypeName opponent = TypeName.typeNameOf(NAMESPACE, other);
        return StatefulFunctionSpec.builder(TypeName.typeNameOf(NAMESPACE, name))
                .withValueSpec(count)
                .withSupplier(() -> new Player(opponent, count, Integer.getInteger(ADDRESSES, 1)))
                .build();
    }

    private record Player(TypeName other, ValueSpec<Long> count, int addresses) implements StatefulFunction {

        @Override
        public CompletableFuture<Void> apply(Context context, Message ball) {
            MESSAGES.increment();
            context.storage().set(count, context.storage().get(count).orElse(0L) + 1);
            long hits = ball.asLong() + 1;
            context.send(MessageBuilder.forAddress(other, Integer.toString(opponent(hits)))
                    .withValue(hits)
                    .build());
            return context.done();
        }

        /** Anybody, so that of all balls one half goes to another subtask of two; the same for every contender. */
        private int opponent(long hits) {
            long mixed = hits * 0x9E3779B97F4A7C15L;
            return (int) ((mixed >>> 33) % addresses);
        }
    }
}
