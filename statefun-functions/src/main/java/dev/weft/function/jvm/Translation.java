package dev.weft.function.jvm;

import dev.weft.function.Address;
import dev.weft.function.FunctionType;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import java.time.Duration;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.EgressMessage;
import org.apache.flink.statefun.sdk.java.message.EgressMessageWrapper;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageWrapper;
import org.apache.flink.statefun.sdk.shaded.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** What the SDK says, in our words, and back. */
final class Translation {

    /** Names of types that were met of late. Threads may lose what others put here. */
    private static final @Nullable Typename[] OF_LATE = new Typename[256];

    private record Typename(ByteString bytes, String text) {}

    private Translation() {}

    static FunctionType type(TypeName name) {
        return FunctionType.of(name.namespace(), name.name());
    }

    static Address address(org.apache.flink.statefun.sdk.java.Address address) {
        return new Address(type(address.type()), address.id());
    }

    static org.apache.flink.statefun.sdk.java.Address address(Address address) {
        FunctionType type = address.type();
        return new org.apache.flink.statefun.sdk.java.Address(
                TypeName.typeNameOf(type.namespace(), type.name()), address.id());
    }

    /** Returns what a message carries; bytes of others are copied, as they may be written to. */
    static TypedValue value(Message message) {
        if (message instanceof ReceivedMessage received) {
            return received.value();
        }
        if (message instanceof MessageWrapper wrapper) { // as the SDK's builder makes them, whose type has no text yet
            return value(wrapper.typedValue());
        }
        return new TypedValue(
                message.valueTypeName().asTypeNameString(), message.rawValue().toByteArray());
    }

    static TypedValue value(EgressMessage message) {
        if (message instanceof EgressMessageWrapper wrapper) {
            return value(wrapper.typedValue());
        }
        return new TypedValue(
                message.egressMessageValueType().asTypeNameString(),
                message.egressMessageValueBytes().toByteArray());
    }

    private static TypedValue value(org.apache.flink.statefun.sdk.reqreply.generated.TypedValue value) {
        return new TypedValue(
                typename(value.getTypenameBytes()), value.getValue().toByteArray());
    }

    /** The bytes of a name would else be decoded, and checked to be text, with each message. */
    private static String typename(ByteString bytes) {
        int slot = bytes.hashCode() & OF_LATE.length - 1;
        Typename known = OF_LATE[slot];
        if (known == null || !known.bytes.equals(bytes)) {
            known = new Typename(bytes, bytes.toStringUtf8());
            OF_LATE[slot] = known;
        }
        return known.text;
    }

    static ValueDeclaration declaration(ValueSpec<?> spec) {
        Expiration expiration = switch (spec.expiration().mode()) {
            case NONE -> Expiration.NEVER;
            case AFTER_WRITE -> Expiration.AFTER_WRITE;
            case AFTER_CALL -> Expiration.AFTER_CALL;
        };
        Duration after = expiration == Expiration.NEVER
                ? Duration.ZERO
                : spec.expiration().duration();
        return new ValueDeclaration(spec.name(), spec.typeName().asTypeNameString(), expiration, after);
    }
}
