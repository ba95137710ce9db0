package dev.weft.benchmarks.function;

import com.google.protobuf.ByteString;
import com.sun.management.OperatingSystemMXBean;
import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.benchmarks.process.Rounds;
import dev.weft.function.protocol.AddressMessage;
import dev.weft.function.protocol.ToFunction;
import dev.weft.function.protocol.TypedValueMessage;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CPU time per message of a function that is served over HTTP: the runtime with its protocol, beside the bare client
 * that posts the same bytes and reads no answer. Both keep as many calls under way, each of as many messages; the
 * server is a process of its own and does not count.
 *
 * <p>{@code RemoteCost [--rounds 5] [--seconds 5] [--calls 64] [--batches 1,10,100] [--work-dir DIR]}.
 */
public final class RemoteCost {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private RemoteCost() {}

    /** Who calls. */
    interface Caller extends AutoCloseable {

        /** Calls for so long, and returns how many messages were answered. */
        long call(long millis) throws InterruptedException;

        @Override
        void close();
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        Path folder = Files.createDirectories(Path.of(options.getOrDefault("--work-dir", ".weft/benchmark")));
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "5"));
        long millis = 1000 * Long.parseLong(options.getOrDefault("--seconds", "5"));
        int calls = Integer.parseInt(options.getOrDefault("--calls", "64"));
        Jvm server = Jvm.start(folder.resolve("server.log"), "-Xmx256m", AnswerMain.class);
        try {
            URI url = URI.create(server.awaitLine(AnswerMain.READY));
            for (String batch : options.getOrDefault("--batches", "1,10,100").split(",", -1)) {
                compare(url, calls, Integer.parseInt(batch), rounds, millis);
            }
        } finally {
            server.kill();
        }
        System.exit(0); // threads of the client are there for the whole process
    }

    private static void compare(URI url, int calls, int batch, int rounds, long millis) throws Exception {
        try (Caller bare = new BareCaller(url, calls, batch);
                Caller runtime = new RuntimeCaller(url, calls, batch)) {
            bare.call(millis);
            runtime.call(millis);
            Rounds<Caller, Double> run = Rounds.run(rounds, List.of(bare, runtime), (who, round) -> {
                long before = SYSTEM.getProcessCpuTime();
                long messages = who.call(millis);
                return messages * 1e9 / (SYSTEM.getProcessCpuTime() - before);
            });
            double bareMedian = run.median(bare, each -> each);
            double median = run.median(runtime, each -> each);
            System.out.printf(
                    Locale.ROOT,
                    "batches of %3d  bare client %,10.0f  runtime %,10.0f messages per CPU second, medians of %d;"
                            + " ratio %.2f, %.2f at worst%n",
                    batch,
                    bareMedian,
                    median,
                    rounds,
                    median / bareMedian,
                    run.min(runtime, each -> each) / run.max(bare, each -> each));
        }
    }

    /** Returns the bytes of a call of so many messages. */
    static byte[] request(String id, int batch) {
        TypedValueMessage value = TypedValueMessage.newBuilder()
                .setTypename(RuntimeCaller.NUMBER)
                .setHasValue(true)
                .setValue(ByteString.copyFrom(new byte[16]))
                .build();
        ToFunction.InvocationBatchRequest.Builder request = ToFunction.InvocationBatchRequest.newBuilder()
                .setTarget(AddressMessage.newBuilder()
                        .setNamespace("bench")
                        .setType("echo")
                        .setId(id))
                .addState(ToFunction.PersistedValue.newBuilder()
                        .setStateName("count")
                        .setStateValue(value));
        for (int i = 0; i < batch; i++) {
            request.addInvocations(ToFunction.Invocation.newBuilder().setArgument(value));
        }
        return ToFunction.newBuilder().setInvocation(request).build().toByteArray();
    }
}
