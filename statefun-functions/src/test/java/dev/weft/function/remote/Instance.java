package dev.weft.function.remote;

import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.apache.flink.statefun.sdk.java.types.Type;
import org.apache.flink.statefun.sdk.java.types.Types;
import org.jspecify.annotations.Nullable;

/** One instance of a function, and what is remembered at its address: as much of a runtime as a test of calls needs. */
final class Instance {

    private static final long BOUND_SECONDS = 60;

    private final Invoker invoker;
    private final Address address;
    private final Map<String, ValueDeclaration> declared = new LinkedHashMap<>();
    private final Map<String, @Nullable TypedValue> values = new LinkedHashMap<>();

    Instance(Invoker invoker, String type, String id) {
        this.invoker = invoker;
        this.address = new Address(FunctionType.parse(type), id);
    }

    /** Calls the function once. Applies nothing. */
    Answer call(TypedValue... arguments) throws Exception {
        return await(begin(arguments));
    }

    CompletableFuture<Answer> begin(TypedValue... arguments) {
        List<Message> messages = Stream.of(arguments)
                .map(argument -> new Message(address, null, argument, null))
                .toList();
        return begin(invoker, new Invocation(address, messages, new LinkedHashMap<>(values)));
    }

    static CompletableFuture<Answer> begin(Invoker invoker, Invocation invocation) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        invoker.call(invocation, given -> {
            if (!answer.complete(given)) {
                throw new AssertionError("a second answer");
            }
        });
        return answer;
    }

    static Answer await(CompletableFuture<Answer> answer) throws Exception {
        return answer.get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Calls the function, again with the values it lacks, and applies the changes. Returns nothing but what was done.
     */
    Answer tell(TypedValue... arguments) throws Exception {
        Answer answer = call(arguments);
        if (answer instanceof Answer.Undeclared undeclared) {
            for (ValueDeclaration declaration : undeclared.missing()) {
                declared.put(declaration.name(), declaration);
                values.put(declaration.name(), null);
            }
            answer = call(arguments);
        }
        if (answer instanceof Answer.Done done) {
            for (Effects.Change change : done.effects().changes()) {
                values.put(change.name(), change.value());
            }
        }
        return answer;
    }

    Effects effects(TypedValue... arguments) throws Exception {
        Answer answer = tell(arguments);
        if (answer instanceof Answer.Done done) {
            return done.effects();
        }
        throw new AssertionError(answer);
    }

    Map<String, ValueDeclaration> declared() {
        return declared;
    }

    @Nullable
    TypedValue value(String name) {
        return values.get(name);
    }

    static TypedValue text(String text) {
        return typed(Types.stringType(), text);
    }

    static TypedValue number(int number) {
        return typed(Types.integerType(), number);
    }

    private static <T> TypedValue typed(Type<T> type, T value) {
        return new TypedValue(
                type.typeName().asTypeNameString(),
                type.typeSerializer().serialize(value).toByteArray());
    }

    static String text(@Nullable TypedValue value) {
        return Types.stringType().typeSerializer().deserialize(Slices.wrap(bytes(value)));
    }

    static int number(@Nullable TypedValue value) {
        return Types.integerType().typeSerializer().deserialize(Slices.wrap(bytes(value)));
    }

    private static byte[] bytes(@Nullable TypedValue value) {
        if (value == null) {
            throw new AssertionError("no value");
        }
        return value.bytes();
    }
}
