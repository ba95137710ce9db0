package dev.weft.function.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.io.KafkaEgressMessage;
import org.apache.flink.statefun.sdk.java.message.EgressMessageBuilder;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/**
 * Does what its messages say: commands, each on its own line, with arguments behind spaces. What a command finds out
 * goes to an egress.
 */
public final class ScriptedFunction implements StatefulFunction {

    public static final TypeName NAME = TypeName.typeNameFromString("script/function");
    public static final TypeName FOUND = TypeName.typeNameFromString("script/found");
    public static final TypeName KAFKA = TypeName.typeNameFromString("script/kafka");

    /** A text that can be written to, so that it matters when it is encoded. */
    public static final Type<StringBuilder> MUTABLE = SimpleType.simpleTypeFrom(
            TypeName.typeNameFromString("script/mutable"),
            builder -> builder.toString().getBytes(StandardCharsets.UTF_8),
            bytes -> new StringBuilder(new String(bytes, StandardCharsets.UTF_8)));

    /** A text that cannot be written if it is {@code unwritable}. */
    public static final Type<String> PICKY = SimpleType.simpleImmutableTypeFrom(
            TypeName.typeNameFromString("script/picky"),
            text -> {
                if (text.equals("unwritable")) {
                    throw new IllegalStateException("cannot be written");
                }
                return text.getBytes(StandardCharsets.UTF_8);
            },
            bytes -> new String(bytes, StandardCharsets.UTF_8));

    public static final ValueSpec<String> TEXT =
            ValueSpec.named("text").thatExpireAfterWrite(Duration.ofMinutes(1)).withUtf8StringType();
    public static final ValueSpec<Long> COUNT =
            ValueSpec.named("count").thatExpiresAfterCall(Duration.ofMinutes(2)).withLongType();
    public static final ValueSpec<StringBuilder> BUFFER =
            ValueSpec.named("buffer").withCustomType(MUTABLE);
    public static final ValueSpec<String> LABEL = ValueSpec.named("label").withCustomType(PICKY);

    public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(NAME)
            .withValueSpecs(TEXT, COUNT, BUFFER, LABEL)
            .withSupplier(ScriptedFunction::new)
            .build();

    private int seen;

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) throws Throwable {
        seen++;
        return run(context, message, List.of(message.asUtf8String().split("\n")));
    }

    private CompletableFuture<Void> run(Context context, Message message, List<String> commands) throws Throwable {
        for (int i = 0; i < commands.size(); i++) {
            String[] words = commands.get(i).split(" ");
            List<String> rest = commands.subList(i + 1, commands.size());
            switch (words[0]) {
                case "async" -> {
                    return CompletableFuture.runAsync(() -> runFurther(context, message, rest));
                }
                case "fail" -> {
                    return CompletableFuture.failedFuture(new IllegalArgumentException("failed"));
                }
                case "null" -> {
                    return nothing();
                }
                case "throw" -> throw new IOException("thrown");
                default -> tell(context, words, run(context, message, words));
            }
        }
        return context.done();
    }

    @SuppressWarnings("NullAway") // what a function must not do
    private static CompletableFuture<Void> nothing() {
        return null;
    }

    private void runFurther(Context context, Message message, List<String> commands) {
        try {
            run(context, message, commands).join();
        } catch (Throwable e) {
            throw new IllegalStateException("further on", e);
        }
    }

    private static void tell(Context context, String[] words, Optional<String> found) {
        found.ifPresent(text -> context.send(EgressMessageBuilder.forEgress(FOUND)
                .withValue(Arrays.toString(words) + " " + text)
                .build()));
    }

    private Optional<String> run(Context context, Message message, String[] words) {
        try {
            return plain(context, message, words);
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private Optional<String> plain(Context context, Message message, String[] words) {
        String word = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "set" -> context.storage().set(TEXT, word);
            case "setNull" -> context.storage().set(TEXT, null);
            case "setLike" -> context.storage().set(ValueSpec.named("text").withUtf8StringType(), word);
            case "setWrong" -> context.storage().set(ValueSpec.named("text").withIntType(), 1);
            case "getUnknown" ->
                context.storage().get(ValueSpec.named("unknown").withIntType());
            case "removeUnknown" ->
                context.storage().remove(ValueSpec.named("unknown").withIntType());
            case "label" -> context.storage().set(LABEL, word);
            case "add" ->
                context.storage().set(COUNT, context.storage().get(COUNT).orElse(0L) + 1);
            case "buffer" -> context.storage().set(BUFFER, new StringBuilder(word));
            case "append" -> context.storage().get(BUFFER).ifPresent(buffer -> buffer.append(word));
            case "appendAfter" -> {
                StringBuilder buffer = new StringBuilder("x");
                context.storage().set(BUFFER, buffer);
                buffer.append(word);
            }
            case "remove" -> context.storage().remove(TEXT);
            case "removeAll" -> {
                context.storage().remove(TEXT);
                context.storage().remove(COUNT);
                context.storage().remove(BUFFER);
                context.storage().remove(LABEL);
            }
            case "get" -> {
                return Optional.of(
                        context.storage().get(TEXT) + " " + context.storage().get(COUNT) + " "
                                + context.storage().get(BUFFER).map(StringBuilder::toString) + " "
                                + context.storage().get(LABEL));
            }
            case "who" -> {
                return Optional.of(context.self() + " " + context.caller() + " " + message.targetAddress() + " "
                        + message.valueTypeName() + " " + seen);
            }
            case "kind" -> {
                return Optional.of(message.isUtf8String() + " " + message.isLong() + " " + message.isInt() + " "
                        + message.isBoolean() + " " + message.isFloat() + " " + message.isDouble() + " "
                        + message.is(MUTABLE) + " " + message.as(MUTABLE) + " "
                        + Arrays.toString(message.rawValue().toByteArray()));
            }
            case "asLong" -> {
                return Optional.of(String.valueOf(message.asLong()));
            }
            case "send" -> context.send(to(word).withValue(word).build());
            case "sendLong" -> context.send(to(word).withValue(0L).build());
            case "sendCustom" ->
                context.send(to(word).withCustomType(MUTABLE, new StringBuilder(word))
                        .build());
            case "sendOn" ->
                context.send(MessageBuilder.fromMessage(message)
                        .withTargetAddress(NAME, "on")
                        .build());
            case "sendBack" -> context.send(message);
            case "sendNull" -> context.send((Message) null);
            case "after" ->
                context.sendAfter(Duration.ofMillis(5), to(word).withValue(1.5f).build());
            case "afterToken" ->
                context.sendAfter(
                        Duration.ofSeconds(5), word, to(word).withValue(true).build());
            case "cancel" -> context.cancelDelayedMessage(word);
            case "egress" ->
                context.send(EgressMessageBuilder.forEgress(FOUND)
                        .withCustomType(MUTABLE, new StringBuilder(word))
                        .build());
            case "kafka" ->
                context.send(KafkaEgressMessage.forEgress(KAFKA)
                        .withTopic("topic")
                        .withUtf8Key(word)
                        .withUtf8Value("value of " + word)
                        .build());
            default -> throw new IllegalArgumentException("no command " + words[0]);
        }
        return Optional.empty();
    }

    private static MessageBuilder to(String id) {
        return MessageBuilder.forAddress(TypeName.typeNameFromString("other/function"), id);
    }
}
