package dev.weft.function.remote;

import com.google.protobuf.UnsafeByteOperations;
import dev.weft.function.Address;
import dev.weft.function.Invocation;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.protocol.AddressMessage;
import dev.weft.function.protocol.ToFunction;
import dev.weft.function.protocol.TypedValueMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function is asked, as it goes over the wire. */
final class BatchRequest {

    private BatchRequest() {}

    /** Returns the bytes of a {@code ToFunction}. A value that is known and not there goes without a typed value. */
    static byte[] bytes(Invocation invocation) {
        ToFunction.InvocationBatchRequest.Builder batch =
                ToFunction.InvocationBatchRequest.newBuilder().setTarget(address(invocation.target()));
        for (Map.Entry<String, @Nullable TypedValue> value : invocation.values().entrySet()) {
            ToFunction.PersistedValue.Builder known =
                    ToFunction.PersistedValue.newBuilder().setStateName(value.getKey());
            TypedValue kept = value.getValue();
            if (kept != null) {
                known.setStateValue(typed(kept));
            }
            batch.addState(known);
        }
        for (Message message : invocation.messages()) {
            ToFunction.Invocation.Builder one =
                    ToFunction.Invocation.newBuilder().setArgument(typed(message.argument()));
            Address caller = message.caller();
            if (caller != null) {
                one.setCaller(address(caller));
            }
            batch.addInvocations(one);
        }
        return ToFunction.newBuilder().setInvocation(batch).build().toByteArray();
    }

    private static AddressMessage address(Address address) {
        return AddressMessage.newBuilder()
                .setNamespace(address.type().namespace())
                .setType(address.type().name())
                .setId(address.id())
                .build();
    }

    private static TypedValueMessage typed(TypedValue value) {
        return TypedValueMessage.newBuilder()
                .setTypename(value.typename())
                .setHasValue(true)
                .setValue(UnsafeByteOperations.unsafeWrap(value.bytes())) // nobody writes to them
                .build();
    }
}
