package dev.weft.scale.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Counts calls by method and status, and measures how long those of one answer take. */
final class CallMeter implements ServerInterceptor {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Counter calls;
    private final Histogram seconds;

    CallMeter(PrometheusRegistry metrics) {
        calls = Counter.builder()
                .name("weft_scaler_rpc_calls_total")
                .help("Calls of KEDA that are over, by method and gRPC status")
                .labelNames("method", "code")
                .register(metrics);
        seconds = Histogram.builder()
                .name("weft_scaler_rpc_seconds")
                .help("Time from a call's beginning to its answer, calls of one answer only")
                .labelNames("method")
                .classicUpperBounds(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)
                .classicOnly()
                .register(metrics);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String name = call.getMethodDescriptor().getBareMethodName();
        String method = name == null ? "" : name;
        boolean unary = call.getMethodDescriptor().getType() == MethodType.UNARY;
        long begun = System.nanoTime();
        ServerCall<Q, A> measured = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                calls.labelValues(method, status.getCode().name()).inc();
                if (unary) {
                    seconds.labelValues(method).observe((System.nanoTime() - begun) / SECOND);
                }
                super.close(status, trailers);
            }
        };
        return next.startCall(measured, headers);
    }
}
