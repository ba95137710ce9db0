package dev.weft.scale.grpc;

import dev.weft.config.Checked;
import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Answers;
import dev.weft.scale.control.Trigger;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import dev.weft.scale.grpc.protocol.GetMetricSpecResponse;
import dev.weft.scale.grpc.protocol.GetMetricsRequest;
import dev.weft.scale.grpc.protocol.GetMetricsResponse;
import dev.weft.scale.grpc.protocol.IsActiveResponse;
import dev.weft.scale.grpc.protocol.MetricSpec;
import dev.weft.scale.grpc.protocol.MetricValue;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;

/**
 * What KEDA is answered. There is one metric, the replicas that are wanted, and its target is 1, so that who divides
 * the one by the other has our number.
 *
 * <p>What the metric is says {@code GetMetricSpec} of the metadata alone, even while nothing is known: KEDA falls back
 * only if that call works. {@code IsActive} and {@code GetMetrics} are UNAVAILABLE with the reason then; there is no
 * {@code false} and no 0 that is not known to be right. Metadata with mistakes are an INVALID_ARGUMENT that names all
 * of them, a ScaledObject that may not ask is NOT_FOUND.
 *
 * @see <a href="https://keda.sh/docs/2.20/concepts/external-scalers/">KEDA: external scalers</a>
 */
final class ScalerService extends ExternalScalerGrpc.ExternalScalerImplBase {

    /** The name of the metric. */
    static final String METRIC = "desired-replicas";

    /** KEDA reads the float, and the integer where the float is 0: both say the same. */
    @SuppressWarnings("deprecation")
    private static final GetMetricSpecResponse SPEC = GetMetricSpecResponse.newBuilder()
            .addMetricSpecs(MetricSpec.newBuilder()
                    .setMetricName(METRIC)
                    .setTargetSize(1)
                    .setTargetSizeFloat(1))
            .build();

    private final TriggerReader reader;
    private final AllowList allowed;
    private final Answers answers;
    private final CallGuard guard;
    private final OpenStreams streams;

    ScalerService(TriggerReader reader, AllowList allowed, Answers answers, CallGuard guard, OpenStreams streams) {
        this.reader = reader;
        this.allowed = allowed;
        this.answers = answers;
        this.guard = guard;
        this.streams = streams;
    }

    @Override
    public void getMetricSpec(ScaledObjectRef request, StreamObserver<GetMetricSpecResponse> observer) {
        guard.answer(observer, () -> {
            trigger(request);
            return SPEC;
        });
    }

    @Override
    public void isActive(ScaledObjectRef request, StreamObserver<IsActiveResponse> observer) {
        guard.answer(observer, () -> active(wanted(trigger(request))));
    }

    @Override
    public void getMetrics(GetMetricsRequest request, StreamObserver<GetMetricsResponse> observer) {
        guard.answer(observer, () -> {
            Trigger trigger = trigger(request.getScaledObjectRef());
            if (!request.getMetricName().equals(METRIC)) {
                throw new StatusException(Status.INVALID_ARGUMENT.withDescription(
                        "metricName: found \"%s\", expected %s".formatted(request.getMetricName(), METRIC)));
            }
            return metrics(wanted(trigger));
        });
    }

    @Override
    public void streamIsActive(ScaledObjectRef request, StreamObserver<IsActiveResponse> observer) {
        PushStream<IsActiveResponse> stream = streams.open(observer);
        begin(stream, () -> {
            Trigger trigger = trigger(request);
            stream.from(answers.watch(trigger, answer -> {
                if (answer instanceof Answer.Wanted wanted) {
                    stream.offer(active(wanted));
                }
            }));
        });
    }

    @Override
    public void streamMetricSpec(ScaledObjectRef request, StreamObserver<GetMetricSpecResponse> observer) {
        PushStream<GetMetricSpecResponse> stream = streams.open(observer);
        begin(stream, () -> {
            trigger(request);
            stream.offer(SPEC);
        });
    }

    /** How a stream begins. */
    private interface Beginning {
        void run() throws StatusException;
    }

    private void begin(PushStream<?> stream, Beginning beginning) {
        guard.begin(
                () -> {
                    try {
                        beginning.run();
                    } catch (StatusException | RuntimeException e) {
                        stream.fail(CallGuard.status(e));
                    }
                },
                stream::fail);
    }

    private Trigger trigger(ScaledObjectRef request) throws StatusException {
        ScaledObjectKey key = new ScaledObjectKey(request.getNamespace(), request.getName());
        if (key.namespace().isBlank() || key.name().isBlank()) {
            throw new StatusException(Status.INVALID_ARGUMENT.withDescription(
                    "found a ScaledObject \"" + key + "\", expected a namespace and a name"));
        }
        if (!allowed.allows(key)) {
            throw new StatusException(Status.NOT_FOUND.withDescription(
                    "ScaledObject " + key + ": this scaler's configuration leaves it out (scaledObjects)"));
        }
        Checked<Trigger> trigger = reader.read(key, request.getScalerMetadataMap());
        return trigger.value()
                .orElseThrow(() -> new StatusException(
                        Status.INVALID_ARGUMENT.withDescription(TriggerReader.described(key, trigger.problems()))));
    }

    private Answer.Wanted wanted(Trigger trigger) throws StatusException {
        Answer answer = answers.of(trigger);
        if (answer instanceof Answer.Wanted wanted) {
            return wanted;
        }
        String reason = answer instanceof Answer.Unknown unknown ? unknown.reason() : "nothing is known";
        throw new StatusException(
                Status.UNAVAILABLE.withDescription("ScaledObject " + trigger.scaledObject() + ": " + reason));
    }

    private static IsActiveResponse active(Answer.Wanted wanted) {
        return IsActiveResponse.newBuilder().setResult(wanted.active()).build();
    }

    @SuppressWarnings("deprecation")
    private static GetMetricsResponse metrics(Answer.Wanted wanted) {
        return GetMetricsResponse.newBuilder()
                .addMetricValues(MetricValue.newBuilder()
                        .setMetricName(METRIC)
                        .setMetricValue(wanted.metric())
                        .setMetricValueFloat(wanted.metric()))
                .build();
    }
}
