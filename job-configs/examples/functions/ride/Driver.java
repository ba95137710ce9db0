package com.ride;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.types.Type;

/** Accepts the first passenger who asks, and then no other until that ride is over. */
public final class Driver implements StatefulFunction {

    static final TypeName TYPE = TypeName.typeNameFromString("ride/driver");

    private static final ValueSpec<String> PASSENGER =
            ValueSpec.named("passenger").withUtf8StringType();

    /** By this field the runtime finds the function. */
    public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(TYPE)
            .withValueSpec(PASSENGER)
            .withSupplier(Driver::new)
            .build();

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        Optional<String> passenger = context.storage().get(PASSENGER);
        if (message.is(Words.ASK) && passenger.isEmpty()) {
            String asking = message.as(Words.ASK);
            context.storage().set(PASSENGER, asking);
            say(context, Words.ACCEPT, asking);
        } else if (message.is(Words.RELEASE) && passenger.equals(Optional.of(message.as(Words.RELEASE)))) {
            context.storage().remove(PASSENGER);
        } else if (message.is(Words.START)) {
            passenger.ifPresent(with -> say(context, Words.START, with));
        } else if (message.is(Words.END)) {
            passenger.ifPresent(with -> say(context, Words.END, with));
            context.storage().remove(PASSENGER);
        }
        return context.done();
    }

    private static void say(Context context, Type<String> word, String passenger) {
        context.send(MessageBuilder.forAddress(Passenger.TYPE, passenger)
                .withCustomType(word, context.self().id())
                .build());
    }
}
