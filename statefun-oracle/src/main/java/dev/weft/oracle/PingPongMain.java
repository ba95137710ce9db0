package dev.weft.oracle;

import com.google.protobuf.Int64Value;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.statefun.flink.harness.Harness;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.io.IngressIdentifier;
import org.apache.flink.statefun.sdk.spi.StatefulFunctionModule;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.apache.flink.streaming.api.functions.source.RichParallelSourceFunction;

/**
 * Balls that are played between addresses for ever, on Apache StateFun: {@code PingPongMain ADDRESSES PARALLELISM
 * BACKEND CHECKPOINT_MILLIS FOLDER}, the backend being {@code hashmap} or {@code rocksdb}. Each address counts what it
 * gets, in its state. Prints {@code measured MESSAGES CPU_NANOS} each second, both since the process began.
 */
public final class PingPongMain {

    private static final LongAdder MESSAGES = new LongAdder();
    private static final String ADDRESSES = "ping-pong.addresses";
    private static final FunctionType PING = new FunctionType("bench", "ping");
    private static final FunctionType PONG = new FunctionType("bench", "pong");

    /** Far enough between two balls that they never follow each other's path. */
    private static final long STRIDE = 1L << 40;

    private static final IngressIdentifier<Int64Value> SERVES =
            new IngressIdentifier<>(Int64Value.class, "bench", "serves");

    private PingPongMain() {}

    public static void main(String[] args) throws Exception {
        Harness harness = new Harness();
        OracleSettings.of(Long.parseLong(args[3]), args[4]).toMap().forEach(harness::withConfiguration);
        harness.withConfiguration("state.backend", args[2])
                .withConfiguration("state.backend.incremental", "true")
                .withParallelism(Integer.parseInt(args[1]))
                .withGlobalConfiguration(ADDRESSES, args[0])
                .withFlinkSourceFunction(SERVES, new Serves(Integer.parseInt(args[0])));
        Thread meter = new Thread(PingPongMain::measure, "meter");
        meter.setDaemon(true);
        meter.start();
        harness.start();
    }

    private static void measure() {
        var system = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        try {
            while (true) {
                Thread.sleep(1_000);
                System.out.println("measured " + MESSAGES.sum() + " " + system.getProcessCpuTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The functions and who is served first; does nothing in a process that runs something else. */
    public static final class PingPong implements StatefulFunctionModule {

        @Override
        public void configure(Map<String, String> configuration, Binder binder) {
            if (!configuration.containsKey(ADDRESSES)) {
                return;
            }
            int addresses = Integer.parseInt(configuration.get(ADDRESSES));
            binder.bindFunctionProvider(PING, type -> new Player(PONG, addresses));
            binder.bindFunctionProvider(PONG, type -> new Player(PING, addresses));
            binder.bindIngressRouter(
                    SERVES, (ball, to) -> to.forward(new Address(PING, Long.toString(ball.getValue() / STRIDE)), ball));
        }
    }

    private static final class Player implements StatefulFunction {

        private final FunctionType other;
        private final int addresses;

        @Persisted
        private final PersistedValue<Long> count = PersistedValue.of("count", Long.class);

        Player(FunctionType other, int addresses) {
            this.other = other;
            this.addresses = addresses;
        }

        @Override
        public void invoke(Context context, Object ball) {
            MESSAGES.increment();
            count.set(count.getOrDefault(0L) + 1);
            long hits = ((Int64Value) ball).getValue() + 1;
            context.send(new Address(other, Integer.toString(opponent(hits))), Int64Value.of(hits));
        }

        /** Anybody, so that of all balls one half goes to another subtask of two; the same for every contender. */
        private int opponent(long hits) {
            long mixed = hits * 0x9E3779B97F4A7C15L;
            return (int) ((mixed >>> 33) % addresses);
        }
    }

    private static final class Serves extends RichParallelSourceFunction<Int64Value> {

        private static final long serialVersionUID = 1L;

        private final int addresses;
        private transient volatile boolean ended;

        Serves(int addresses) {
            this.addresses = addresses;
        }

        @Override
        public void run(SourceContext<Int64Value> context) throws Exception {
            int subtasks = getRuntimeContext().getNumberOfParallelSubtasks();
            for (int i = getRuntimeContext().getIndexOfThisSubtask(); i < addresses; i += subtasks) {
                context.collect(Int64Value.of(i * STRIDE));
            }
            while (!ended) {
                Thread.sleep(100);
            }
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }
}
