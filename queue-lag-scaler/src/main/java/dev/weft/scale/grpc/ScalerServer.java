package dev.weft.scale.grpc;

import dev.weft.scale.control.Answers;
import dev.weft.scale.control.DaemonThreads;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The server KEDA calls. Every call is completed within {@link Settings#bound()}; connections and streams are ended at
 * an age, because KEDA does not notice a link that is half open; and a server that is closed ends its streams cleanly.
 * It calls itself serving, by the health protocol of gRPC, once {@link #serve} was called.
 */
public final class ScalerServer implements AutoCloseable {

    private static final int WORKERS = 4;
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_CALLS = 20_000;
    private static final int LARGEST_MESSAGE = 256 * 1024;
    private static final Duration CLOSING = Duration.ofSeconds(6);
    private static final Duration RELOAD = Duration.ofMinutes(1);

    private final HealthStatusManager health = new HealthStatusManager();
    private final ScheduledThreadPoolExecutor timers;
    private final ExecutorService workers;
    private final OpenStreams streams;
    private final Server server;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * How the server is set up.
     *
     * @param listen where it is reached
     * @param tls empty if calls come in the clear
     * @param allowed who may ask
     * @param bound so long may a call of one answer take
     * @param oldest the age at which a connection, and a stream, is ended cleanly; KEDA opens another one
     * @param reload how often the files of {@code tls} are looked at
     */
    public record Settings(
            InetSocketAddress listen,
            Optional<TlsFiles> tls,
            AllowList allowed,
            Duration bound,
            Duration oldest,
            Duration reload) {

        /** Returns the usual ones: answers within a second, connections of half an hour at most. */
        public static Settings usual(InetSocketAddress listen, Optional<TlsFiles> tls, AllowList allowed) {
            return new Settings(listen, tls, allowed, Duration.ofSeconds(1), Duration.ofMinutes(30), RELOAD);
        }
    }

    private ScalerServer(Settings settings, TriggerReader reader, Answers answers, PrometheusRegistry metrics)
            throws IOException, GeneralSecurityException {
        timers = new ScheduledThreadPoolExecutor(1, new DaemonThreads("timer"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new DaemonThreads("call"),
                new ThreadPoolExecutor.AbortPolicy());
        streams = new OpenStreams(timers, settings.oldest());
        try {
            server = server(settings, reader, answers, metrics).start();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            timers.shutdownNow();
            workers.shutdownNow();
            throw e;
        }
        GaugeWithCallback.builder()
                .name("weft_scaler_open_streams")
                .help("Streams to KEDA that are open")
                .callback(gauge -> gauge.call(streams.count()))
                .register(metrics);
    }

    /**
     * Starts a server that answers from {@code answers} and is not yet serving.
     *
     * @throws IOException if the address cannot be had, or a file of TLS cannot be read
     * @throws GeneralSecurityException if a file of TLS is not what it should be
     */
    public static ScalerServer start(
            Settings settings, TriggerReader reader, Answers answers, PrometheusRegistry metrics)
            throws IOException, GeneralSecurityException {
        ScalerServer started = new ScalerServer(settings, reader, answers, metrics);
        started.tell(ServingStatus.NOT_SERVING);
        return started;
    }

    /** Returns the port it listens on, which is another than was asked for if that was 0. */
    public int port() {
        return server.getPort();
    }

    /** Calls itself serving from now on. */
    public void serve() {
        tell(ServingStatus.SERVING);
    }

    /** Ends streams cleanly, lets calls finish, and stops within some seconds whatever they do. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        health.enterTerminalState();
        server.shutdown();
        streams.close();
        try {
            if (!server.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        timers.shutdownNow();
    }

    /**
     * Calls run on the threads of the network and hand their work on at once: then the bound holds for those too that
     * wait for a worker.
     */
    private Server server(Settings settings, TriggerReader reader, Answers answers, PrometheusRegistry metrics)
            throws IOException, GeneralSecurityException {
        ServerCredentials credentials = settings.tls().isPresent()
                ? TlsCredentials.reloading(settings.tls().get(), settings.reload(), timers)
                : InsecureServerCredentials.create();
        CallGuard guard = new CallGuard(workers, timers, settings.bound());
        return NettyServerBuilder.forAddress(settings.listen(), credentials)
                .directExecutor()
                .addService(new ScalerService(reader, settings.allowed(), answers, guard, streams))
                .addService(health.getHealthService())
                .intercept(new CallMeter(metrics))
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .maxConcurrentCallsPerConnection(MOST_CALLS)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConnectionAge(settings.oldest().toMillis(), TimeUnit.MILLISECONDS)
                // A stream opened just before its connection came of age still ends by itself.
                .maxConnectionAgeGrace(settings.oldest().plusSeconds(10).toMillis(), TimeUnit.MILLISECONDS)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .build();
    }

    private void tell(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(ExternalScalerGrpc.SERVICE_NAME, status);
    }
}
