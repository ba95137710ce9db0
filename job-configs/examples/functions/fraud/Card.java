package com.bank;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.types.Type;

/** One card: counts its payments of the last minutes, and scores those that come too quickly. */
public final class Card implements StatefulFunction {

    private static final TypeName TYPE = TypeName.typeNameFromString("bank/card");

    /** From the world: the account that the card belongs to. */
    private static final Type<String> PAYMENT = Texts.named("bank/payment");

    /** From a card to itself, later: a payment is long ago now. */
    private static final Type<String> FORGET = Texts.named("bank/forget");

    private static final Duration WINDOW = Duration.ofMinutes(10);

    /** As many payments within the time are usual; each more scores. */
    private static final int USUAL = 3;

    private static final ValueSpec<Integer> RECENT = ValueSpec.named("recent").withIntType();

    /** By this field the runtime finds the function. */
    public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(TYPE)
            .withValueSpec(RECENT)
            .withSupplier(Card::new)
            .build();

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        int recent = context.storage().get(RECENT).orElse(0);
        if (message.is(PAYMENT)) {
            context.storage().set(RECENT, recent + 1);
            context.sendAfter(
                    WINDOW,
                    MessageBuilder.forAddress(context.self())
                            .withCustomType(FORGET, "")
                            .build());
            if (recent >= USUAL) {
                context.send(MessageBuilder.forAddress(Account.TYPE, message.as(PAYMENT))
                        .withValue(recent + 1 - USUAL)
                        .build());
            }
        } else if (message.is(FORGET)) {
            if (recent > 1) {
                context.storage().set(RECENT, recent - 1);
            } else {
                context.storage().remove(RECENT);
            }
        }
        return context.done();
    }
}
