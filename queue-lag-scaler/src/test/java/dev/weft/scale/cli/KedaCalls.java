package dev.weft.scale.cli;

import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc.ExternalScalerBlockingStub;
import dev.weft.scale.grpc.protocol.GetMetricsRequest;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** KEDA's calls to a scaler, and how long they took. */
final class KedaCalls implements AutoCloseable {

    private final ManagedChannel channel;
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    KedaCalls(int port) {
        this.channel =
                NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    }

    static ScaledObjectRef ref(String name, Map<String, String> metadata) {
        return ScaledObjectRef.newBuilder()
                .setNamespace("shop")
                .setName(name)
                .putAllScalerMetadata(metadata)
                .build();
    }

    /** One round of KEDA's poll loop; returns the replicas it reads, or the status of the call that failed. */
    String round(ScaledObjectRef ref) {
        ExternalScalerBlockingStub stub = ExternalScalerGrpc.newBlockingStub(channel);
        try {
            String metric =
                    timed(() -> stub.getMetricSpec(ref)).getMetricSpecs(0).getMetricName();
            double replicas = timed(() -> stub.getMetrics(GetMetricsRequest.newBuilder()
                            .setScaledObjectRef(ref)
                            .setMetricName(metric)
                            .build()))
                    .getMetricValues(0)
                    .getMetricValueFloat();
            boolean active = timed(() -> stub.isActive(ref)).getResult();
            return active + " " + (int) replicas;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() + ": " + e.getStatus().getDescription();
        }
    }

    boolean isSpecified(ScaledObjectRef ref) {
        return timed(() -> ExternalScalerGrpc.newBlockingStub(channel).getMetricSpec(ref))
                        .getMetricSpecsCount()
                == 1;
    }

    boolean isUnavailable(ScaledObjectRef ref) {
        try {
            return timed(() -> ExternalScalerGrpc.newBlockingStub(channel).isActive(ref)) == null;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.UNAVAILABLE;
        }
    }

    void forgetTimes() {
        nanos.clear();
    }

    /** Returns the time that so many of a hundred calls did not exceed. */
    Duration percentile(int percent) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)));
    }

    int count() {
        return nanos.size();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private interface Call<T> {
        T made();
    }

    private <T> T timed(Call<T> call) {
        long begun = System.nanoTime();
        try {
            return call.made();
        } finally {
            nanos.add(System.nanoTime() - begun);
        }
    }
}
