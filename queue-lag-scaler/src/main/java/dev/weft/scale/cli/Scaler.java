package dev.weft.scale.cli;

import dev.weft.scale.control.Collector;
import dev.weft.scale.control.DaemonThreads;
import dev.weft.scale.control.Memories;
import dev.weft.scale.grpc.ScalerServer;
import dev.weft.scale.grpc.TriggerReader;
import dev.weft.scale.http.CollectorMetrics;
import dev.weft.scale.http.DecisionMetrics;
import dev.weft.scale.http.StatusServer;
import dev.weft.scale.lag.JobControl;
import dev.weft.scale.lag.PodControl;
import dev.weft.scale.lag.QueueReader;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A whole scaler: reads in the background, answers KEDA, shows what it decided. It is ready once what it remembers was
 * loaded, and answers that nothing is known before.
 */
public final class Scaler implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Outside outside;
    private final Collector collector;
    private final ScalerServer keda;
    private final StatusServer status;
    private final ScheduledExecutorService waiting =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("ready"));
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * What a scaler reads of, and is told by.
     *
     * @param closing what is closed after the scaler, in order
     */
    public record Outside(
            QueueReader queues, JobControl jobs, PodControl pods, Memories memories, List<AutoCloseable> closing) {}

    private Scaler(Outside outside, Collector collector, ScalerServer keda, StatusServer status) {
        this.outside = outside;
        this.collector = collector;
        this.keda = keda;
        this.status = status;
    }

    /**
     * Starts a scaler on the clusters of its configuration. Nobody need be reachable.
     *
     * @param environment where secrets of the configuration are looked up
     * @throws IOException if an address cannot be had or a file of TLS cannot be used
     * @throws dev.weft.config.SecretUnavailable if a secret cannot be resolved
     */
    public static Scaler start(ScalerConfig config, Map<String, String> environment) throws IOException {
        Outside outside = new Connections(config, environment).made();
        try {
            return start(config, outside);
        } catch (IOException e) {
            outside.closing().forEach(Closing::quietly);
            throw e;
        }
    }

    /**
     * Starts a scaler on what is given, which it closes with itself.
     *
     * @throws IOException if an address cannot be had or a file of TLS cannot be used
     */
    public static Scaler start(ScalerConfig config, Outside outside) throws IOException {
        PrometheusRegistry metrics = new PrometheusRegistry();
        JvmMetrics.builder().register(metrics);
        Collector collector = new Collector(
                outside.queues(),
                outside.jobs(),
                outside.pods(),
                outside.memories(),
                Clock.systemUTC(),
                new CollectorMetrics(metrics, outside.memories()));
        DecisionMetrics.register(collector, metrics);
        ScalerServer keda = keda(config, collector, metrics);
        try {
            StatusServer status = StatusServer.start(config.http(), collector, metrics, collector::isReady);
            Scaler scaler = new Scaler(outside, collector, keda, status);
            collector.start();
            scaler.waiting.scheduleWithFixedDelay(
                    scaler::serveIfReady, 0, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            return scaler;
        } catch (IOException e) {
            keda.close();
            throw new IOException("cannot listen on %s: %s".formatted(config.http(), e.getMessage()), e);
        }
    }

    private static ScalerServer keda(ScalerConfig config, Collector collector, PrometheusRegistry metrics)
            throws IOException {
        TriggerReader reader =
                new TriggerReader(config.kafka().keySet(), config.flink().keySet());
        try {
            return ScalerServer.start(
                    ScalerServer.Settings.usual(config.grpc(), config.tls(), config.allowed()),
                    reader,
                    collector,
                    metrics);
        } catch (IOException e) {
            throw new IOException("cannot listen on %s: %s".formatted(config.grpc(), e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("tls: " + e.getMessage(), e);
        }
    }

    /** Returns the port KEDA is answered on. */
    public int port() {
        return keda.port();
    }

    /** Returns the port decisions and metrics are served on. */
    public int httpPort() {
        return status.port();
    }

    /** Returns whether it can answer: what it remembers was loaded. */
    public boolean isReady() {
        return collector.isReady();
    }

    private void serveIfReady() {
        if (collector.isReady()) {
            keda.serve();
            waiting.shutdown();
        }
    }

    /** Ends streams and calls cleanly and keeps what is remembered; within ten seconds. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        waiting.shutdownNow();
        keda.close();
        collector.close();
        status.close();
        for (AutoCloseable each : outside.closing()) {
            Closing.quietly(each);
        }
    }
}
