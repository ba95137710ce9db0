package dev.weft.job.trial.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.statefun.sdk.java.Address;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.io.KafkaEgressMessage;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/**
 * Functions whose records are the same on every runtime that means the same by a function: what they say depends on the
 * order of messages only where that order is promised.
 */
public final class AgreementFunctions {

    static final String NAMESPACE = "agree";
    static final String EGRESS = "agree/told";

    /** The type of all messages. */
    static final String TEXT_TYPE = "agree/text";

    /** Two seconds at least lie between a look at a value and the end of its time. */
    private static final List<Integer> GET_AFTER_SECONDS = List.of(2, 6, 10, 18);

    /** What the last look at a keeper's values says first. */
    public static final String LAST_LOOK = "get after 18:";

    private static final Type<String> TEXT = SimpleType.simpleImmutableTypeFrom(
            TypeName.typeNameFromString(TEXT_TYPE), text -> text.getBytes(UTF_8), bytes -> new String(bytes, UTF_8));

    private static final Executor SOON = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    private AgreementFunctions() {}

    /** Returns all of them, which say what they say to that topic. */
    public static List<StatefulFunctionSpec> all(String topic) {
        return List.of(
                spec("counter", new Counter(topic), Counter.COUNT),
                spec("fan", new Fan()),
                spec("sink", new Sink(topic)),
                spec("each", new Each(topic)),
                spec("hops", new Hops(topic), Hops.COUNT),
                spec("later", new Later()),
                spec("slow", new Slow(topic), Slow.BEFORE),
                spec("keeper", new Keeper(topic), Keeper.KEPT, Keeper.WRITTEN, Keeper.CALLED));
    }

    /** Returns what is sent from outside: each text with its function and id. */
    public static List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            inputs.add(new Input("counter", "c" + i % 20, "n"));
        }
        for (int i = 0; i < 40; i++) {
            inputs.add(new Input("fan", "f" + i % 8, "m" + i));
        }
        for (int i = 0; i < 20; i++) {
            inputs.add(new Input("hops", "h" + i, "60"));
        }
        for (int i = 0; i < 30; i++) {
            inputs.add(new Input("later", "l" + i % 10, "d" + i));
        }
        for (int i = 0; i < 60; i++) {
            inputs.add(new Input("slow", "s" + i % 6, "w" + i));
        }
        for (int i = 0; i < 6; i++) {
            for (String step : List.of("set", "get", "clear", "get", "set", "watch")) {
                inputs.add(new Input("keeper", "k" + i, step));
            }
        }
        return inputs;
    }

    /** Returns what is sent when all of that is done: questions for what is remembered. */
    public static List<Input> questions() {
        return IntStream.range(0, 20)
                .mapToObj(i -> new Input("hops", "h" + i, "count"))
                .toList();
    }

    /** A message from outside. */
    public record Input(String function, String id, String text) {}

    /** Says how many messages it has had. */
    private record Counter(String topic) implements StatefulFunction {

        static final ValueSpec<Long> COUNT = ValueSpec.named("count").withLongType();

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            long count = context.storage().get(COUNT).orElse(0L) + 1;
            context.storage().set(COUNT, count);
            tell(context, topic, text(context.self()), Long.toString(count));
            return context.done();
        }
    }

    /** Sends ten messages to each of five others. */
    private record Fan() implements StatefulFunction {

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            for (int i = 0; i < 50; i++) {
                send(context, "sink", "t" + i % 5, message.as(TEXT) + "." + i);
            }
            return context.done();
        }
    }

    /** Says what it gets and from whom, so that the order between the two can be seen. */
    private record Sink(String topic) implements StatefulFunction {

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            String pair = text(context.caller().orElseThrow()) + " " + text(context.self());
            tell(context, topic, pair, message.as(TEXT));
            return context.done();
        }
    }

    /** As above, where no order is promised. */
    private record Each(String topic) implements StatefulFunction {

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            String caller = text(context.caller().orElseThrow());
            tell(context, topic, caller + " " + message.as(TEXT), text(context.self()));
            return context.done();
        }
    }

    /** Sends a number on to others until it is 0, and says then where it has come to. */
    private record Hops(String topic) implements StatefulFunction {

        static final ValueSpec<Integer> COUNT = ValueSpec.named("count").withIntType();

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            if (message.as(TEXT).equals("count")) {
                int count = context.storage().get(COUNT).orElse(0);
                tell(context, topic, text(context.self()), "count " + count);
                return context.done();
            }
            int left = Integer.parseInt(message.as(TEXT));
            context.storage().set(COUNT, context.storage().get(COUNT).orElse(0) + 1);
            if (left == 0) {
                tell(context, topic, text(context.self()), "end");
            } else {
                int self = Integer.parseInt(context.self().id().substring(1));
                send(context, "hops", "h" + (self * 7 + left) % 20, Integer.toString(left - 1));
            }
            return context.done();
        }
    }

    /** Sends messages later and takes some of them back. */
    private record Later() implements StatefulFunction {

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            String text = message.as(TEXT);
            String self = context.self().id();
            if (text.startsWith("cancel ")) {
                context.cancelDelayedMessage(text.substring("cancel ".length()));
                return context.done();
            }
            context.sendAfter(Duration.ofMillis(300), message("each", self, text + " later"));
            context.sendAfter(Duration.ofSeconds(6), text + " a", message("each", self, text + " cancelled at once"));
            context.cancelDelayedMessage(text + " a");
            context.sendAfter(Duration.ofSeconds(6), text + " b", message("each", self, text + " cancelled soon"));
            send(context, "later", self, "cancel " + text + " b");
            context.sendAfter(Duration.ofMillis(100), text + " c", message("each", self, text + " not cancelled"));
            context.cancelDelayedMessage("unknown");
            return context.done();
        }
    }

    /** Does what it does a moment later, on another thread. */
    private record Slow(String topic) implements StatefulFunction {

        static final ValueSpec<String> BEFORE = ValueSpec.named("before").withUtf8StringType();

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            return CompletableFuture.runAsync(
                    () -> {
                        String before = context.storage().get(BEFORE).orElse("nothing");
                        context.storage().set(BEFORE, message.as(TEXT));
                        tell(context, topic, text(context.self()), message.as(TEXT) + " after " + before);
                        send(context, "sink", "slow", message.as(TEXT));
                    },
                    SOON);
        }
    }

    /** Keeps values for ever, for a while since they were set, and for a while since it was called. */
    private record Keeper(String topic) implements StatefulFunction {

        static final ValueSpec<String> KEPT = ValueSpec.named("kept").withUtf8StringType();
        static final ValueSpec<String> WRITTEN = ValueSpec.named("written")
                .thatExpireAfterWrite(Duration.ofSeconds(4))
                .withUtf8StringType();
        static final ValueSpec<String> CALLED = ValueSpec.named("called")
                .thatExpiresAfterCall(Duration.ofSeconds(6))
                .withUtf8StringType();

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            String text = message.as(TEXT);
            if (text.equals("set")) {
                List.of(KEPT, WRITTEN, CALLED)
                        .forEach(value -> context.storage().set(value, "v"));
            } else if (text.equals("clear")) {
                List.of(KEPT, WRITTEN, CALLED)
                        .forEach(value -> context.storage().remove(value));
            } else if (text.equals("watch")) {
                for (int seconds : GET_AFTER_SECONDS) {
                    Message get = message("keeper", context.self().id(), "get after " + seconds);
                    context.sendAfter(Duration.ofSeconds(seconds), get);
                }
            } else {
                String values =
                        "%s: %s %s %s".formatted(text, is(context, KEPT), is(context, WRITTEN), is(context, CALLED));
                tell(context, topic, text(context.self()), values);
            }
            return context.done();
        }

        private static String is(Context context, ValueSpec<String> value) {
            return context.storage().get(value).orElse("-");
        }
    }

    private static StatefulFunctionSpec spec(String name, StatefulFunction function, ValueSpec<?>... values) {
        return StatefulFunctionSpec.builder(TypeName.typeNameOf(NAMESPACE, name))
                .withValueSpecs(values)
                .withSupplier(() -> function)
                .build();
    }

    private static void send(Context context, String function, String id, String text) {
        context.send(message(function, id, text));
    }

    private static Message message(String function, String id, String text) {
        return MessageBuilder.forAddress(TypeName.typeNameOf(NAMESPACE, function), id)
                .withCustomType(TEXT, text)
                .build();
    }

    private static void tell(Context context, String topic, String key, String text) {
        context.send(KafkaEgressMessage.forEgress(TypeName.typeNameFromString(EGRESS))
                .withTopic(topic)
                .withUtf8Key(key)
                .withUtf8Value(text)
                .build());
    }

    private static String text(Address address) {
        return address.type().asTypeNameString() + "/" + address.id();
    }
}
