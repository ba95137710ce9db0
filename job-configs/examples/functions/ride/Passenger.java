package com.ride;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;

/** Asks all drivers who are near, goes with the first who accepts, and gives up when none does. */
public final class Passenger implements StatefulFunction {

    static final TypeName TYPE = TypeName.typeNameFromString("ride/passenger");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The driver of the ride; {@link #NOBODY} while one is looked for, absent without a ride. */
    private static final ValueSpec<String> DRIVER = ValueSpec.named("driver").withUtf8StringType();

    private static final ValueSpec<Integer> RIDES = ValueSpec.named("rides").withIntType();

    private static final String NOBODY = "";

    /** By this field the runtime finds the function. */
    public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(TYPE)
            .withValueSpecs(DRIVER, RIDES)
            .withSupplier(Passenger::new)
            .build();

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        Optional<String> driver = context.storage().get(DRIVER);
        boolean isLooking = driver.equals(Optional.of(NOBODY));
        if (message.is(Words.REQUEST) && driver.isEmpty()) {
            request(context, message.as(Words.REQUEST));
        } else if (message.is(Words.ACCEPT)) {
            String accepting = message.as(Words.ACCEPT);
            if (isLooking) {
                context.cancelDelayedMessage(giveUp(context));
                context.storage().set(DRIVER, accepting);
                tell(context, "accepted", accepting);
            } else {
                context.send(MessageBuilder.forAddress(Driver.TYPE, accepting)
                        .withCustomType(Words.RELEASE, context.self().id())
                        .build());
            }
        } else if (message.is(Words.START)) {
            driver.ifPresent(of -> tell(context, "started", of));
        } else if (message.is(Words.END)) {
            driver.ifPresent(of -> tell(context, "ended", of));
            context.storage().remove(DRIVER);
        } else if (message.is(Words.GIVE_UP) && isLooking) {
            tell(context, "given-up", NOBODY);
            context.storage().remove(DRIVER);
        }
        return context.done();
    }

    private static void request(Context context, String drivers) {
        context.storage().set(RIDES, rides(context) + 1);
        context.storage().set(DRIVER, NOBODY);
        String passenger = context.self().id();
        for (String driver : drivers.split(" ")) {
            context.send(MessageBuilder.forAddress(Driver.TYPE, driver)
                    .withCustomType(Words.ASK, passenger)
                    .build());
        }
        context.sendAfter(
                PATIENCE,
                giveUp(context),
                MessageBuilder.forAddress(context.self())
                        .withCustomType(Words.GIVE_UP, passenger)
                        .build());
    }

    /** The name by which a delayed message is cancelled: one for each ride. */
    private static String giveUp(Context context) {
        return "give-up-" + context.self().id() + "-" + rides(context);
    }

    private static void tell(Context context, String news, String driver) {
        context.send(Words.news(news, context.self().id(), rides(context), driver));
    }

    private static int rides(Context context) {
        return context.storage().get(RIDES).orElse(0);
    }
}
