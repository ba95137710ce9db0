package dev.weft.scale.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.scale.control.DaemonThreads;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import dev.weft.testkit.Await;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ScaledObjectRef WITHOUT_TOPICS = ScaledObjectRef.newBuilder()
            .setNamespace("shop")
            .setName("orders")
            .putScalerMetadata("consumerGroup", "g")
            .build();

    private final ExecutorService workers = Executors.newFixedThreadPool(2, new DaemonThreads("call"));
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, new DaemonThreads("timer"));
    private final OpenStreams streams = new OpenStreams(timers, Duration.ofMinutes(30));
    private Server server;
    private ManagedChannel keda;

    @BeforeEach
    void start() throws Exception {
        timers.setRemoveOnCancelPolicy(true);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new ScalerService(
                        new TriggerReader(Set.of("main"), Set.of()),
                        new AllowList(List.of()),
                        new FakeAnswers(),
                        new CallGuard(workers, timers, PATIENCE),
                        streams))
                .build()
                .start();
        keda = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        keda.shutdownNow();
        server.shutdownNow();
        workers.shutdownNow();
        timers.shutdownNow();
    }

    @Test
    void aStreamThatIsRefusedLeavesNothingBehind() throws Exception {
        var refused = ExternalScalerGrpc.newBlockingStub(keda).streamIsActive(WITHOUT_TOPICS);

        assertThatThrownBy(refused::next).isInstanceOf(StatusRuntimeException.class);

        Await.until(
                "the timer of its age to be gone",
                PATIENCE,
                () -> timers.getQueue().isEmpty());
        assertThat(streams.count()).isZero();
    }

    @Test
    void aStreamThatIsOpenIsCountedUntilItsEnd() throws Exception {
        var unused = ExternalScalerGrpc.newBlockingStub(keda)
                .streamIsActive(WITHOUT_TOPICS.toBuilder()
                        .putScalerMetadata("topics", "orders")
                        .build());
        Await.until("the stream to be open", PATIENCE, () -> streams.count() == 1);

        streams.close();

        Await.until(
                "it to be gone",
                PATIENCE,
                () -> streams.count() == 0 && timers.getQueue().isEmpty());
    }
}
