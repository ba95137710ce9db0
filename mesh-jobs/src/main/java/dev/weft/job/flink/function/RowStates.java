package dev.weft.job.flink.function;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/** Where savepoints hold what functions remember, under the id of the function. The names never change. */
public final class RowStates {

    private RowStates() {}

    /** Returns the state of the values of an id, by the type of the function: {@code namespace/name}. */
    public static MapStateDescriptor<String, byte[]> addresses() {
        return new MapStateDescriptor<>("addresses", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
    }

    /** Returns the state of what functions of an id will send later. */
    public static ValueStateDescriptor<byte[]> delays() {
        return new ValueStateDescriptor<>("delays", BytePrimitiveArraySerializer.INSTANCE);
    }
}
