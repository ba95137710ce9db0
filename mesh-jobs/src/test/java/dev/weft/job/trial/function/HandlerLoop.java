package dev.weft.job.trial.function;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.StatefulFunctions;
import org.apache.flink.statefun.sdk.java.handler.RequestReplyHandler;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.apache.flink.statefun.sdk.reqreply.generated.Address;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction.DelayedInvocation;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction.EgressMessage;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction.InvocationResponse;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction.PersistedValueMutation;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction.Invocation;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;

/**
 * The least that functions need to run: messages one after another through the SDK's handler, in memory. Delayed
 * messages come when there is nothing else to do.
 */
public final class HandlerLoop {

    private final RequestReplyHandler handler;
    private final Map<String, Map<String, TypedValue>> values = new TreeMap<>();
    private final Queue<Sent> queue = new ArrayDeque<>();
    private final Map<String, Sent> delayed = new LinkedHashMap<>();
    private final List<EgressMessage> egresses = new ArrayList<>();
    private int unnamed;

    public HandlerLoop(List<StatefulFunctionSpec> functions) {
        StatefulFunctions served = new StatefulFunctions();
        functions.forEach(served::withStatefulFunction);
        handler = served.requestReplyHandler();
    }

    private record Sent(Address target, Invocation invocation) {}

    /** Sends a message from outside. */
    public void send(String type, String id, TypedValue argument) {
        int slash = type.lastIndexOf('/');
        Address target = Address.newBuilder()
                .setNamespace(type.substring(0, slash))
                .setType(type.substring(slash + 1))
                .setId(id)
                .build();
        queue.add(new Sent(target, Invocation.newBuilder().setArgument(argument).build()));
    }

    /** Runs until nothing is left, and returns everything that was said to the world outside so far. */
    public List<EgressMessage> run() throws Exception {
        while (true) {
            if (queue.isEmpty()) {
                if (delayed.isEmpty()) {
                    return egresses;
                }
                queue.addAll(delayed.values());
                delayed.clear();
            }
            take(queue.remove());
        }
    }

    private void take(Sent sent) throws Exception {
        FromFunction reply = call(sent);
        if (reply.hasIncompleteInvocationContext()) {
            reply.getIncompleteInvocationContext()
                    .getMissingValuesList()
                    .forEach(missing ->
                            valuesOf(sent.target()).put(missing.getStateName(), TypedValue.getDefaultInstance()));
            reply = call(sent);
        }
        apply(sent.target(), reply.getInvocationResult());
    }

    private FromFunction call(Sent sent) throws Exception {
        ToFunction.InvocationBatchRequest.Builder batch = ToFunction.InvocationBatchRequest.newBuilder()
                .setTarget(sent.target())
                .addInvocations(sent.invocation());
        valuesOf(sent.target()).forEach((name, value) -> {
            ToFunction.PersistedValue.Builder kept =
                    ToFunction.PersistedValue.newBuilder().setStateName(name);
            if (value.getHasValue()) {
                kept.setStateValue(value);
            }
            batch.addState(kept);
        });
        byte[] request = ToFunction.newBuilder().setInvocation(batch).build().toByteArray();
        return FromFunction.parseFrom(handler.handle(Slices.wrap(request)).get().toByteArray());
    }

    private void apply(Address self, InvocationResponse response) {
        response.getOutgoingMessagesList()
                .forEach(message -> queue.add(sent(self, message.getTarget(), message.getArgument())));
        for (DelayedInvocation later : response.getDelayedInvocationsList()) {
            if (later.getIsCancellationRequest()) {
                delayed.remove(later.getCancellationToken());
            } else {
                String token = later.getCancellationToken();
                String name = token.isEmpty() ? "unnamed " + unnamed++ : token;
                delayed.put(name, sent(self, later.getTarget(), later.getArgument()));
            }
        }
        egresses.addAll(response.getOutgoingEgressesList());
        for (PersistedValueMutation mutation : response.getStateMutationsList()) {
            boolean isRemoved = mutation.getMutationType() == PersistedValueMutation.MutationType.DELETE;
            valuesOf(self)
                    .put(
                            mutation.getStateName(),
                            isRemoved ? TypedValue.getDefaultInstance() : mutation.getStateValue());
        }
    }

    private static Sent sent(Address from, Address target, TypedValue argument) {
        return new Sent(
                target,
                Invocation.newBuilder().setCaller(from).setArgument(argument).build());
    }

    private Map<String, TypedValue> valuesOf(Address address) {
        return values.computeIfAbsent(
                address.getNamespace() + "/" + address.getType() + "/" + address.getId(), unused -> new TreeMap<>());
    }
}
