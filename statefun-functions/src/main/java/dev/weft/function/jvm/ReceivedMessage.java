package dev.weft.function.jvm;

import dev.weft.function.TypedValue;
import org.apache.flink.statefun.sdk.java.Address;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.slice.Slice;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.apache.flink.statefun.sdk.java.types.Type;
import org.apache.flink.statefun.sdk.java.types.Types;

/** A message as a function is given it. Behaves as the SDK's own does, which takes a value of another type as asked. */
record ReceivedMessage(Address targetAddress, TypedValue value) implements Message {

    @Override
    public boolean isLong() {
        return is(Types.longType());
    }

    @Override
    public long asLong() {
        return as(Types.longType());
    }

    @Override
    public boolean isUtf8String() {
        return is(Types.stringType());
    }

    @Override
    public String asUtf8String() {
        return as(Types.stringType());
    }

    @Override
    public boolean isInt() {
        return is(Types.integerType());
    }

    @Override
    public int asInt() {
        return as(Types.integerType());
    }

    @Override
    public boolean isBoolean() {
        return is(Types.booleanType());
    }

    @Override
    public boolean asBoolean() {
        return as(Types.booleanType());
    }

    @Override
    public boolean isFloat() {
        return is(Types.floatType());
    }

    @Override
    public float asFloat() {
        return as(Types.floatType());
    }

    @Override
    public boolean isDouble() {
        return is(Types.doubleType());
    }

    @Override
    public double asDouble() {
        return as(Types.doubleType());
    }

    @Override
    public <T> boolean is(Type<T> type) {
        return value.typename().equals(type.typeName().asTypeNameString());
    }

    @Override
    public <T> T as(Type<T> type) {
        return type.typeSerializer().deserialize(rawValue());
    }

    @Override
    public TypeName valueTypeName() {
        return TypeName.typeNameFromString(value.typename());
    }

    @Override
    public Slice rawValue() {
        return Slices.wrap(value.bytes());
    }
}
