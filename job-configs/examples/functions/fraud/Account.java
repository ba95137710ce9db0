package com.bank;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.EgressMessageBuilder;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.types.Type;

/** One account: adds up the scores of its cards, and raises one alert when they are too many. */
public final class Account implements StatefulFunction {

    static final TypeName TYPE = TypeName.typeNameFromString("bank/account");

    private static final TypeName ALERTS = TypeName.typeNameFromString("bank/alerts");

    private static final Type<String> EVENT = Texts.named("io.cloudevents/event");

    private static final int LIMIT = 5;

    /** Forgotten when a day went by without another score; then there may be another alert. */
    private static final ValueSpec<Integer> SCORE =
            ValueSpec.named("score").thatExpireAfterWrite(Duration.ofDays(1)).withIntType();

    /** Never forgotten: no two alerts have one id. */
    private static final ValueSpec<Integer> ALERTED = ValueSpec.named("alerted").withIntType();

    /** By this field the runtime finds the function. */
    public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(TYPE)
            .withValueSpecs(SCORE, ALERTED)
            .withSupplier(Account::new)
            .build();

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        int before = context.storage().get(SCORE).orElse(0);
        int score = before + message.asInt();
        context.storage().set(SCORE, score);
        if (before < LIMIT && score >= LIMIT) {
            int alerts = context.storage().get(ALERTED).orElse(0) + 1;
            context.storage().set(ALERTED, alerts);
            context.send(EgressMessageBuilder.forEgress(ALERTS)
                    .withCustomType(EVENT, alert(context.self().id(), alerts, score))
                    .build());
        }
        return context.done();
    }

    private static String alert(String account, int number, int score) {
        return """
                {"specversion": "1.0", "id": "%1$s-%2$d", "source": "/bank/account", "type": "bank.fraud.suspected",
                 "subject": "%1$s", "datacontenttype": "application/json", "data": {"score": %3$d}}
                """.formatted(account, number, score);
    }
}
