package dev.weft.job.trial;

import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import dev.weft.scale.grpc.protocol.GetMetricsRequest;
import dev.weft.scale.grpc.protocol.IsActiveResponse;
import dev.weft.scale.grpc.protocol.MetricSpec;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import dev.weft.testkit.Await;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Plays KEDA 2.20 and a HorizontalPodAutoscaler for one ScaledObject of the kind external-push, with the calls and the
 * arithmetic of both, but faster: the poll loop (GetMetricSpec, GetMetrics, IsActive), which alone goes to none and
 * from none; the push stream, which is opened again whenever it ends; and the autoscaler's own path (the same calls,
 * while there are replicas), with a tolerance of 0, one step for any change and no stabilization, as our ScaledObjects
 * have it. An error changes nothing.
 */
final class KedaPlayer implements AutoCloseable {

    /** The workload that is scaled. Not called twice at once. */
    interface ScaleTarget {
        int replicas();

        void scaleTo(int replicas) throws Exception;
    }

    /** What happened once. */
    record Happening(Instant at, Kind kind, int number) {

        /** What. */
        enum Kind {
            /** The stream said 1 for true or 0 for false. */
            PUSHED,
            /** The target was given that many replicas. */
            SCALED,
            /** So many replicas were asked for; the calls that said the same before are left out. */
            WANTED,
            /** A call ended in an error, of that status. */
            FAILED
        }
    }

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration HPA_SYNC = Duration.ofSeconds(3);
    private static final Duration COOLDOWN = Duration.ofSeconds(1);
    private static final Duration STREAM_AGAIN = Duration.ofMillis(500);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private final ScaledObjectRef scaledObject;
    private final ScaleTarget target;
    private final int maxReplicas;
    private final ManagedChannel channel;
    private final ScheduledExecutorService loops = Executors.newScheduledThreadPool(3, task -> {
        Thread thread = new Thread(task, "keda-player");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Happening> happenings = new CopyOnWriteArrayList<>();
    private Instant lastActive = Instant.EPOCH;

    private KedaPlayer(int port, ScaledObjectRef scaledObject, ScaleTarget target, int maxReplicas) {
        this.scaledObject = scaledObject;
        this.target = target;
        this.maxReplicas = maxReplicas;
        this.channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    /** Starts to play against the scaler at a port of this machine. */
    static KedaPlayer start(int port, ScaledObjectRef scaledObject, ScaleTarget target, int maxReplicas) {
        KedaPlayer player = new KedaPlayer(port, scaledObject, target, maxReplicas);
        player.every(POLL, player::poll);
        player.every(HPA_SYNC, player::sync);
        player.watch();
        return player;
    }

    /** Returns what happened so far, in order. */
    List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    /** Returns when the stream first said true after a moment. */
    Instant awaitPush(Instant after, Duration bound) throws Exception {
        return Await.value(
                "true on the push stream",
                bound,
                () -> happenings.stream()
                        .filter(each -> each.kind() == Happening.Kind.PUSHED && each.number() == 1)
                        .map(Happening::at)
                        .filter(at -> at.isAfter(after))
                        .findFirst());
    }

    private void every(Duration pause, Runnable call) {
        loops.scheduleWithFixedDelay(
                () -> {
                    try {
                        call.run();
                    } catch (StatusRuntimeException e) {
                        happened(Happening.Kind.FAILED, e.getStatus().getCode().value());
                    }
                },
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The lock is KEDA's, one for each ScaledObject, and is held while the scaler is asked. */
    private synchronized void poll() {
        wanted();
        var unused = isActive();
    }

    private void sync() {
        if (target.replicas() == 0) {
            return;
        }
        OptionalInt wanted = wanted();
        boolean isActive = call().isActive(scaledObject).getResult();
        if (wanted.isPresent() && isActive) {
            scale(Math.max(1, Math.min(maxReplicas, wanted.getAsInt())), false);
        }
    }

    private OptionalInt wanted() {
        OptionalInt wanted = OptionalInt.empty();
        for (MetricSpec metric : call().getMetricSpec(scaledObject).getMetricSpecsList()) {
            double value = call()
                    .getMetrics(GetMetricsRequest.newBuilder()
                            .setScaledObjectRef(scaledObject)
                            .setMetricName(metric.getMetricName())
                            .build())
                    .getMetricValuesList()
                    .stream()
                    .mapToDouble(
                            each -> each.getMetricValueFloat() > 0 ? each.getMetricValueFloat() : each.getMetricValue())
                    .sum();
            double size = metric.getTargetSizeFloat() > 0 ? metric.getTargetSizeFloat() : metric.getTargetSize();
            wanted = OptionalInt.of((int) Math.ceil(value / size));
        }
        wanted.ifPresent(this::wanted);
        return wanted;
    }

    private void wanted(int replicas) {
        int before = happenings.stream()
                .filter(each -> each.kind() == Happening.Kind.WANTED)
                .reduce((first, second) -> second)
                .map(Happening::number)
                .orElse(-1);
        if (before != replicas) {
            happened(Happening.Kind.WANTED, replicas);
        }
    }

    private boolean isActive() {
        boolean isActive = call().isActive(scaledObject).getResult();
        activate(isActive);
        return isActive;
    }

    private synchronized void pushed(boolean isActive) {
        happened(Happening.Kind.PUSHED, isActive ? 1 : 0);
        activate(isActive);
    }

    private synchronized void activate(boolean isActive) {
        Instant now = Instant.now();
        if (isActive) {
            lastActive = now;
            if (target.replicas() == 0) {
                scale(1, true);
            }
        } else if (target.replicas() > 0 && now.isAfter(lastActive.plus(COOLDOWN))) {
            scale(0, true);
        }
    }

    /**
     * Gives the target its size.
     *
     * @param isKeda whether KEDA does it, who alone goes to none and from none
     */
    private void scale(int replicas, boolean isKeda) {
        synchronized (target) {
            int before = target.replicas();
            if (before == replicas || (before == 0 && !isKeda)) {
                return;
            }
            happened(Happening.Kind.SCALED, replicas);
            try {
                target.scaleTo(replicas);
            } catch (Exception e) {
                throw new IllegalStateException("cannot scale to " + replicas, e);
            }
        }
    }

    private void watch() {
        ExternalScalerGrpc.newStub(channel).streamIsActive(scaledObject, new StreamObserver<>() {
            @Override
            public void onNext(IsActiveResponse said) {
                pushed(said.getResult());
            }

            @Override
            public void onError(Throwable ended) {
                again();
            }

            @Override
            public void onCompleted() {
                again();
            }
        });
    }

    private void again() {
        if (!loops.isShutdown()) {
            loops.schedule(this::watch, STREAM_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private ExternalScalerGrpc.ExternalScalerBlockingStub call() {
        return ExternalScalerGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void happened(Happening.Kind kind, int number) {
        happenings.add(new Happening(Instant.now(), kind, number));
    }

    @Override
    public void close() throws InterruptedException {
        loops.shutdownNow();
        channel.shutdownNow();
        loops.awaitTermination(10, TimeUnit.SECONDS);
    }
}
