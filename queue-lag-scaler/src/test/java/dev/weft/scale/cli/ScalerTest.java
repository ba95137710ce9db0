package dev.weft.scale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.control.FakeJobs;
import dev.weft.scale.control.FakeQueues;
import dev.weft.scale.control.Memories;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import dev.weft.scale.lag.PodControl;
import dev.weft.testkit.Await;
import dev.weft.testkit.SilentServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 1_000;
    private static final int PARTITIONS = 100;

    /** More than are looked through for markers of transactions. */
    private static final long WAITING = 5_000;

    /** What a call may take on a machine that does other work; how long they take is printed. */
    private static final Duration SOON = Duration.ofMillis(500);

    @Test
    void kedaIsAnsweredAtOnceThoughKafkaAndFlinkNeverAnswer() throws Exception {
        try (SilentServer kafka = new SilentServer();
                SilentServer flink = new SilentServer();
                Scaler scaler = Scaler.start(config("""
                                kafka: { main: { bootstrapServers: "%s" } }
                                flink: { jobs: { url: "http://%s" } }
                                """.formatted(kafka.address(), flink.address())), Map.of());
                KedaCalls keda = new KedaCalls(scaler.port())) {
            List<ScaledObjectRef> refs = IntStream.range(0, 20)
                    .mapToObj(i -> KedaCalls.ref(
                            "orders-" + i, Map.of("consumerGroup", "g", "topics", "orders", "flinkCluster", "jobs")))
                    .toList();
            Await.until("it to be ready", PATIENCE, scaler::isReady);
            refs.forEach(keda::round); // classes are loaded
            keda.forgetTimes();

            for (int i = 0; i < 50; i++) {
                assertThat(refs).allMatch(keda::isSpecified);
                assertThat(refs).allMatch(keda::isUnavailable);
            }

            assertThat(keda.percentile(99)).isLessThanOrEqualTo(SOON);
            System.out.printf(
                    "black holes: %d calls, p99 %d us%n",
                    keda.count(), keda.percentile(99).toNanos() / 1000);
        }
    }

    @Test
    void manyScaledObjectsAreAnsweredSoonAndReadInBatches() throws Exception {
        FakeQueues queues = new FakeQueues(Clock.systemUTC(), PARTITIONS);
        IntStream.range(0, MANY).forEach(i -> queues.ends.put("g" + i, WAITING));
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (Scaler scaler = Scaler.start(
                        config("kafka: { main: { bootstrapServers: \"localhost:1\" } }"),
                        new Scaler.Outside(
                                queues,
                                new FakeJobs(Clock.systemUTC()),
                                PodControl.none(),
                                Memories.none(),
                                List.of()));
                KedaCalls keda = new KedaCalls(scaler.port())) {
            List<ScaledObjectRef> refs = IntStream.range(0, MANY)
                    .mapToObj(i -> KedaCalls.ref(
                            "q" + i, Map.of("consumerGroup", "g" + i, "topics", "t" + i, "pollInterval", "5s")))
                    .toList();
            refs.forEach(keda::round); // whoever is asked about is looked after from then on
            Await.until(
                    "all of them to be known",
                    PATIENCE,
                    () -> refs.stream().allMatch(ref -> keda.round(ref).startsWith("true ")));
            keda.forgetTimes();
            int before = queues.reads.size();
            long begun = System.nanoTime();

            assertThat(rounds(keda, refs, callers)).allMatch(told -> told.startsWith("true "));

            double seconds = (System.nanoTime() - begun) / 1e9;
            int read = queues.reads.size() - before;
            System.out.printf(
                    "%d calls in %.1f s: p50 %d us, p99 %d us; %d rounds of reading%n",
                    keda.count(),
                    seconds,
                    keda.percentile(50).toNanos() / 1000,
                    keda.percentile(99).toNanos() / 1000,
                    read);
            assertThat(keda.percentile(99)).isLessThanOrEqualTo(SOON);
            assertThat(read).isLessThanOrEqualTo((int) Math.ceil(seconds * 10) + 1);
        } finally {
            callers.shutdownNow();
        }
    }

    private static List<String> rounds(KedaCalls keda, List<ScaledObjectRef> refs, ExecutorService callers) {
        List<CompletableFuture<String>> rounds = refs.stream()
                .map(ref -> CompletableFuture.supplyAsync(() -> keda.round(ref), callers))
                .toList();
        return rounds.stream().map(CompletableFuture::join).toList();
    }

    private static ScalerConfig config(String spec) {
        String text = """
                apiVersion: weft.dev/v1
                kind: Scaler
                spec:
                  listen: { grpc: "localhost:0", http: "localhost:0" }
                %s
                """.formatted(spec.strip().indent(2));
        return ScalerConfigReader.read("scaler.yaml", text, Map.of()).orElseThrow();
    }
}
