package dev.weft.benchmarks.scaler;

import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.local.BrokerMain;
import dev.weft.local.LoopbackPort;
import dev.weft.scale.cli.ScalerMain;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc.ExternalScalerBlockingStub;
import dev.weft.scale.grpc.protocol.GetMetricsRequest;
import dev.weft.scale.grpc.protocol.IsActiveResponse;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What does asking the scaler cost? A scaler in a process of its own, with a heap of 512 MB, looks after 1,000
 * ScaledObjects of 100 partitions each, on a real broker; KEDA's calls come as they do for so many: the poll loop every
 * 10 s, the metrics adapter every 15 s, a stream for each.
 *
 * <p>{@code ScalerCost [--objects 1000] [--seconds 60] [--work-dir DIR]}
 */
public final class ScalerCost {

    private static final int TOPICS = 10;
    private static final int PARTITIONS = 100;
    private static final int CALLERS = 4;
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration ADAPTER = Duration.ofSeconds(15);
    private static final Duration WARM = Duration.ofSeconds(30);

    private final ManagedChannel channel;
    private final List<ScaledObjectRef> objects;
    private final AtomicLong refused = new AtomicLong();

    private ScalerCost(ManagedChannel channel, List<ScaledObjectRef> objects) {
        this.channel = channel;
        this.objects = objects;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        int count = Integer.parseInt(options.getOrDefault("--objects", "1000"));
        Duration measured = Duration.ofSeconds(Long.parseLong(options.getOrDefault("--seconds", "60")));
        Path folder = Files.createDirectories(Path.of(options.getOrDefault("--work-dir", ".weft/benchmark")));
        Jvm broker = Jvm.startBroker(folder);
        String bootstrap = broker.awaitLine(BrokerMain.READY);
        prepare(bootstrap, count);
        int port = LoopbackPort.claim("gRPC", LoopbackPort.ANY);
        int http = LoopbackPort.claim("HTTP", LoopbackPort.ANY);
        Path config = Files.writeString(folder.resolve("scaler.yaml"), """
                apiVersion: weft.dev/v1
                kind: Scaler
                spec:
                  listen: { grpc: "127.0.0.1:%d", http: "127.0.0.1:%d" }
                  kafka: { main: { bootstrapServers: "%s" } }
                """.formatted(port, http, bootstrap));
        Jvm scaler =
                Jvm.start(folder.resolve("scaler.log"), "-Xmx512m", ScalerMain.class, "--config", config.toString());
        awaitReady(http);
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        var cost = new ScalerCost(channel, objects(count));
        try {
            cost.measure(measured, scaler, broker);
        } finally {
            channel.shutdownNow();
            scaler.stop();
            broker.kill();
        }
        System.exit(0);
    }

    private void measure(Duration measured, Jvm scaler, Jvm broker) throws Exception {
        objects.forEach(ref -> ExternalScalerGrpc.newStub(channel).streamIsActive(ref, new Ignored()));
        calls(WARM);
        refused.set(0);
        double cpu = scaler.cpuMicros();
        double brokersCpu = broker.cpuMicros();
        long[] nanos = calls(measured);
        double seconds = measured.toMillis() / 1e3;
        System.out.printf(
                Locale.ROOT,
                "%d ScaledObjects of %d partitions: %d calls, %.0f/s; p50 %.2f ms, p99 %.2f ms, longest %.2f ms;"
                        + " unavailable %d%n",
                objects.size(),
                PARTITIONS,
                nanos.length,
                nanos.length / seconds,
                at(nanos, 0.5),
                at(nanos, 0.99),
                nanos[nanos.length - 1] / 1e6,
                refused.get());
        System.out.printf(
                Locale.ROOT,
                "scaler: %.0f %% of a core, %d MB of live objects under -Xmx512m; broker: %.0f %% of a core%n",
                (scaler.cpuMicros() - cpu) / seconds / 1e4,
                scaler.heapBytes() >> 20,
                (broker.cpuMicros() - brokersCpu) / seconds / 1e4);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }

    /** Makes KEDA's calls for so long; returns how long each took, shortest first. */
    private long[] calls(Duration during) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(2 * CALLERS);
        long end = System.nanoTime() + during.toNanos();
        List<Future<List<Long>>> all = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int first = i;
            all.add(callers.submit(() -> walk(first, POLL, end)));
            all.add(callers.submit(() -> walk(first, ADAPTER, end)));
        }
        List<Long> nanos = new ArrayList<>();
        for (Future<List<Long>> each : all) {
            nanos.addAll(each.get());
        }
        callers.shutdown();
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Asks about every {@link #CALLERS}th ScaledObject in turn, so that each is asked about once in {@code every}. */
    private List<Long> walk(int first, Duration every, long end) {
        ExternalScalerBlockingStub stub = ExternalScalerGrpc.newBlockingStub(channel);
        List<Long> nanos = new ArrayList<>();
        long pause = every.toNanos() * CALLERS / objects.size();
        long next = System.nanoTime();
        for (int i = first; next < end; i = (i + CALLERS) % objects.size()) {
            LockSupport.parkNanos(next - System.nanoTime());
            ScaledObjectRef ref = objects.get(i);
            timed(nanos, () -> stub.getMetricSpec(ref));
            timed(
                    nanos,
                    () -> stub.getMetrics(GetMetricsRequest.newBuilder()
                            .setScaledObjectRef(ref)
                            .setMetricName("desired-replicas")
                            .build()));
            timed(nanos, () -> stub.isActive(ref));
            next += pause;
        }
        return nanos;
    }

    private void timed(List<Long> nanos, Runnable call) {
        long begun = System.nanoTime();
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            refused.incrementAndGet();
        }
        nanos.add(System.nanoTime() - begun);
    }

    private static List<ScaledObjectRef> objects(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ScaledObjectRef.newBuilder()
                        .setNamespace("bench")
                        .setName("object-" + i)
                        .putScalerMetadata("consumerGroup", "group-" + i)
                        .putScalerMetadata("topics", "topic-" + i % TOPICS)
                        .build())
                .toList();
    }

    /** Makes the topics, and groups that have committed in each partition; nothing waits for most of them. */
    private static void prepare(String bootstrap, int groups) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(IntStream.range(0, TOPICS)
                            .mapToObj(i -> new NewTopic("topic-" + i, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
            for (int group = 0; group < groups; group++) {
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    offsets.put(new TopicPartition("topic-" + group % TOPICS, partition), new OffsetAndMetadata(0));
                }
                admin.alterConsumerGroupOffsets("group-" + group, offsets).all().get();
            }
        }
    }

    private static void awaitReady(int http) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/readyz"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (java.io.IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** What is pushed has no part in the measurement; that the streams are open has. */
    private static final class Ignored implements StreamObserver<IsActiveResponse> {

        @Override
        public void onNext(IsActiveResponse value) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
