package com.shop;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.EgressMessageBuilder;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/** One shopping cart: counts what is added, and says at the checkout how much it was. */
public final class Cart implements StatefulFunction {

    private static final TypeName TYPE = TypeName.typeNameFromString("shop/cart");
    private static final TypeName RECEIPTS = TypeName.typeNameFromString("shop/receipts");

    /** The payloads of events, as text; the names are those of the job's ingresses. */
    private static final Type<String> ITEM = text("shop/item");

    private static final Type<String> CHECKOUT = text("shop/checkout");

    /** A whole event, in JSON. */
    private static final Type<String> EVENT = text("io.cloudevents/event");

    private static final ValueSpec<Integer> ITEMS =
            ValueSpec.named("items").thatExpireAfterWrite(Duration.ofDays(30)).withIntType();

    /** By this field the runtime finds the function. */
    public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(TYPE)
            .withValueSpec(ITEMS)
            .withSupplier(Cart::new)
            .build();

    private static Type<String> text(String name) {
        return SimpleType.simpleImmutableTypeFrom(
                TypeName.typeNameFromString(name),
                text -> text.getBytes(StandardCharsets.UTF_8),
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        int items = context.storage().get(ITEMS).orElse(0);
        if (message.is(ITEM)) {
            context.storage().set(ITEMS, items + 1);
        } else if (message.is(CHECKOUT)) {
            context.storage().remove(ITEMS);
            context.send(EgressMessageBuilder.forEgress(RECEIPTS)
                    .withCustomType(EVENT, receipt(context.self().id(), items))
                    .build());
        }
        return context.done();
    }

    private static String receipt(String cart, int items) {
        return """
                {"specversion": "1.0", "id": "receipt-%1$s", "source": "/shop/cart", "type": "shop.receipt",
                 "subject": "%1$s", "datacontenttype": "application/json", "data": {"items": %2$d}}
                """.formatted(cart, items);
    }
}
