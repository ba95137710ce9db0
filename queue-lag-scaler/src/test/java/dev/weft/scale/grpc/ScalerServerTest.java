package dev.weft.scale.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc.ExternalScalerBlockingStub;
import dev.weft.scale.grpc.protocol.GetMetricsRequest;
import dev.weft.scale.grpc.protocol.IsActiveResponse;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import dev.weft.testkit.Await;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScalerServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGE = Duration.ofMinutes(30);
    private static final ScaledObjectKey ORDERS = new ScaledObjectKey("shop", "orders");
    private static final ScaledObjectRef REF = ref("orders");
    private static final ExecutorService CALLERS = Executors.newCachedThreadPool();

    private final FakeAnswers answers = new FakeAnswers();
    private final List<ScalerServer> servers = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        servers.forEach(ScalerServer::close);
    }

    @AfterAll
    static void stopCallers() {
        CALLERS.shutdownNow();
    }

    @Test
    void aRoundOfKedaReadsReplicasWithTheTargetOne() {
        answers.say(ORDERS, new Answer.Wanted(true, 7));
        ExternalScalerBlockingStub keda = keda(started());

        assertThat(keda.getMetricSpec(REF)).hasToString("""
                        metricSpecs {
                          metricName: "desired-replicas"
                          targetSize: 1
                          targetSizeFloat: 1.0
                        }
                        """);
        assertThat(keda.getMetrics(metric("desired-replicas"))).hasToString("""
                        metricValues {
                          metricName: "desired-replicas"
                          metricValue: 7
                          metricValueFloat: 7.0
                        }
                        """);
        assertThat(keda.isActive(REF)).hasToString("result: true\n");
    }

    @Test
    void noReplicasAreZeroInBothFieldsAndNotActive() {
        answers.say(ORDERS, new Answer.Wanted(false, 0));
        ExternalScalerBlockingStub keda = keda(started());

        var value = keda.getMetrics(metric("desired-replicas")).getMetricValues(0);

        assertThat(value.getMetricValueFloat()).isZero();
        assertThat(value.getMetricValue()).isZero();
        assertThat(keda.isActive(REF).getResult()).isFalse();
    }

    @Test
    void whatIsUnknownIsAnErrorAndTheMetricIsStillDescribed() {
        answers.say(ORDERS, new Answer.Unknown("broker main: no answer for 12 s"));
        ExternalScalerBlockingStub keda = keda(started());

        assertThat(keda.getMetricSpec(REF).getMetricSpecsCount()).isOne();
        assertThat(refused(() -> keda.isActive(REF)))
                .isEqualTo("UNAVAILABLE: ScaledObject shop/orders: broker main: no answer for 12 s");
        assertThat(refused(() -> keda.getMetrics(metric("desired-replicas"))))
                .isEqualTo("UNAVAILABLE: ScaledObject shop/orders: broker main: no answer for 12 s");
    }

    @Test
    void aMetricOfAnotherNameIsRefused() {
        ExternalScalerBlockingStub keda = keda(started());

        assertThat(refused(() -> keda.getMetrics(metric("lag"))))
                .isEqualTo("INVALID_ARGUMENT: metricName: found \"lag\", expected desired-replicas");
        assertThat(refused(() -> keda.getMetrics(metric(""))))
                .isEqualTo("INVALID_ARGUMENT: metricName: found \"\", expected desired-replicas");
    }

    @Test
    void metadataWithMistakesAreRefusedWithAllOfThem() {
        ExternalScalerBlockingStub keda = keda(started());
        ScaledObjectRef wrong = REF.toBuilder()
                .putScalerMetadata("topic", "orders")
                .putScalerMetadata("kafkaCluster", "mian")
                .removeScalerMetadata("topics")
                .build();

        String expected = "INVALID_ARGUMENT: trigger of ScaledObject shop/orders: metadata.kafkaCluster: found unknown"
                + " Kafka cluster \"mian\", expected main. Did you mean \"main\"?; metadata.topic: found unknown key"
                + " \"topic\"";
        assertThat(refused(() -> keda.getMetricSpec(wrong)))
                .startsWith(expected)
                .endsWith("Did you mean \"topics\"?");
        assertThat(refused(() -> keda.isActive(wrong))).startsWith(expected);
        assertThat(refusedStream(keda.streamIsActive(wrong))).startsWith(expected);
        assertThat(refusedStream(keda.streamMetricSpec(wrong))).startsWith(expected);
    }

    @Test
    void aScaledObjectWithoutANameIsRefused() {
        ExternalScalerBlockingStub keda = keda(started());

        assertThat(refused(() -> keda.isActive(REF.toBuilder().clearName().build())))
                .isEqualTo("INVALID_ARGUMENT: found a ScaledObject \"shop/\", expected a namespace and a name");
    }

    @Test
    void whomTheConfigurationLeavesOutIsNotFound() {
        AllowList pay = new AllowList(List.of(new AllowList.Names("pay", "*")));
        ExternalScalerBlockingStub keda = keda(started(settings(pay, PATIENCE, AGE), answers));

        assertThat(refused(() -> keda.getMetricSpec(REF)))
                .isEqualTo("NOT_FOUND: ScaledObject shop/orders: this scaler's configuration leaves it out"
                        + " (scaledObjects)");
    }

    @Test
    void aStreamTellsTheStateAtOnceAndThenEachChange() {
        answers.say(ORDERS, new Answer.Wanted(false, 0));
        Iterator<IsActiveResponse> told = keda(started()).streamIsActive(REF);

        assertThat(told.next().getResult()).isFalse();
        answers.say(ORDERS, new Answer.Wanted(true, 3));
        assertThat(told.next().getResult()).isTrue();
        answers.say(ORDERS, new Answer.Wanted(true, 4));
        answers.say(ORDERS, new Answer.Unknown("broker main: gone"));
        answers.say(ORDERS, new Answer.Wanted(false, 0));
        assertThat(told.next().getResult()).isFalse();
    }

    @Test
    void aStreamOfWhatIsUnknownStaysOpenAndSilentUntilItIsKnown() throws Exception {
        Iterator<IsActiveResponse> told = keda(started()).streamIsActive(REF);
        Await.until("the stream to be open", PATIENCE, () -> answers.watchers() == 1);

        answers.say(ORDERS, new Answer.Wanted(true, 1));

        assertThat(told.next().getResult()).isTrue();
    }

    @Test
    void aStreamOfMetricsTellsThemOnOpening() {
        assertThat(keda(started())
                        .streamMetricSpec(REF)
                        .next()
                        .getMetricSpecs(0)
                        .getMetricName())
                .isEqualTo("desired-replicas");
    }

    @Test
    void aStreamEndsCleanlyAtItsAgeAndCanBeOpenedAgain() throws Exception {
        answers.say(ORDERS, new Answer.Wanted(true, 2));
        ExternalScalerBlockingStub keda =
                keda(started(settings(everybody(), PATIENCE, Duration.ofSeconds(1)), answers));
        var unused = keda.getMetricSpec(REF); // classes are loaded

        for (int opened = 0; opened < 2; opened++) {
            // On a machine that is busy a stream may be of age before it was told anything.
            Await.until("a stream that was told", PATIENCE, () -> {
                Iterator<IsActiveResponse> told = keda.streamIsActive(REF);
                boolean wasTold = told.hasNext() && told.next().getResult();
                assertThat(told.hasNext()).isFalse();
                return wasTold;
            });
        }
        Await.until("nobody to listen", PATIENCE, () -> answers.watchers() == 0);
    }

    @Test
    void aClientThatGoesIsForgotten() throws Exception {
        ScalerServer server = started();
        var unused = keda(server).streamIsActive(REF);
        Await.until("the stream to be open", PATIENCE, () -> answers.watchers() == 1);

        channels.get(0).shutdownNow();

        Await.until("the stream to be forgotten", PATIENCE, () -> answers.watchers() == 0);
    }

    @Test
    void aCallIsCompletedThoughNobodyAnswersIt() {
        CountDownLatch never = new CountDownLatch(1);
        answers.delayedBy(() -> await(never));
        ExternalScalerBlockingStub keda = keda(started(settings(everybody(), Duration.ofSeconds(1), AGE), answers));
        long begun = System.nanoTime();

        var calls = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> refused(() -> keda.isActive(REF)), CALLERS))
                .toList();

        assertThat(calls.stream().map(CompletableFuture::join)).containsOnly("UNAVAILABLE: no answer within 1000 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
    }

    @Test
    void aServerThatIsClosedEndsItsStreamsCleanly() throws Exception {
        answers.say(ORDERS, new Answer.Wanted(true, 2));
        ScalerServer server = started();
        Iterator<IsActiveResponse> told = keda(server).streamIsActive(REF);
        assertThat(told.next().getResult()).isTrue();
        long begun = System.nanoTime();

        server.close();

        assertThat(told.hasNext()).isFalse();
        Await.until("nobody to listen", PATIENCE, () -> answers.watchers() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
    }

    @Test
    void itIsServingOnceItWasToldSo() {
        ScalerServer server = started();
        var health = HealthGrpc.newBlockingStub(channel(server));
        var request = HealthCheckRequest.newBuilder()
                .setService("externalscaler.ExternalScaler")
                .build();

        assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        server.serve();
        assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void twoServersThatKnowTheSameAnswerTheSame() {
        FakeAnswers other = new FakeAnswers();
        answers.say(ORDERS, new Answer.Wanted(true, 5));
        other.say(ORDERS, new Answer.Wanted(true, 5));
        ExternalScalerBlockingStub one = keda(started());
        ExternalScalerBlockingStub two = keda(started(settings(everybody(), PATIENCE, AGE), other));

        assertThat(one.getMetricSpec(REF)).isEqualTo(two.getMetricSpec(REF));
        assertThat(one.getMetrics(metric("desired-replicas"))).isEqualTo(two.getMetrics(metric("desired-replicas")));
        assertThat(one.isActive(REF)).isEqualTo(two.isActive(REF));
    }

    private ScalerServer started() {
        return started(settings(everybody(), PATIENCE, AGE), answers);
    }

    private ScalerServer started(ScalerServer.Settings settings, FakeAnswers known) {
        try {
            ScalerServer server = ScalerServer.start(
                    settings, new TriggerReader(Set.of("main"), Set.of("flink")), known, new PrometheusRegistry());
            servers.add(server);
            return server;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static AllowList everybody() {
        return new AllowList(List.of());
    }

    private static ScalerServer.Settings settings(AllowList allowed, Duration bound, Duration oldest) {
        return new ScalerServer.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                allowed,
                bound,
                oldest,
                Duration.ofMinutes(1));
    }

    private ManagedChannel channel(ScalerServer server) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.port())
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }

    private ExternalScalerBlockingStub keda(ScalerServer server) {
        return ExternalScalerGrpc.newBlockingStub(channel(server));
    }

    private static ScaledObjectRef ref(String name) {
        return ScaledObjectRef.newBuilder()
                .setNamespace("shop")
                .setName(name)
                .putAllScalerMetadata(Map.of("consumerGroup", "g", "topics", name, "scalerAddress", "weft:8088"))
                .build();
    }

    private static GetMetricsRequest metric(String name) {
        return GetMetricsRequest.newBuilder()
                .setScaledObjectRef(REF)
                .setMetricName(name)
                .build();
    }

    private static String refused(Runnable call) {
        Status status =
                catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus();
        return status.getCode() + ": " + status.getDescription();
    }

    private static String refusedStream(Iterator<?> stream) {
        return refused(stream::next);
    }

    private static void await(CountDownLatch latch) {
        try {
            var unused = latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
