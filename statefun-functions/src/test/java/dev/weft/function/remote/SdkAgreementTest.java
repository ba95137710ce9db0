package dev.weft.function.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.jvm.JvmFunctions;
import dev.weft.function.jvm.ScriptedFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.statefun.sdk.java.StatefulFunctions;
import org.apache.flink.statefun.sdk.java.handler.RequestReplyHandler;
import org.apache.flink.statefun.sdk.java.slice.Slice;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.apache.flink.statefun.sdk.java.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function asks for the same through our context as through the SDK's own handler and the protocol. */
class SdkAgreementTest {

    private static final int CASES = 2000;
    private static final FunctionType TYPE = FunctionType.parse("script/function");
    private static final List<String> COMMANDS = List.of(
            "set a",
            "set b",
            "setNull",
            "setLike c",
            "setWrong",
            "getUnknown",
            "removeUnknown",
            "label d",
            "add",
            "add",
            "buffer e",
            "append f",
            "appendAfter g",
            "remove",
            "removeAll",
            "get",
            "get",
            "get",
            "who",
            "kind",
            "asLong",
            "send 1",
            "send 2",
            "sendLong 3",
            "sendCustom 4",
            "sendOn",
            "sendBack",
            "sendNull",
            "after 5",
            "afterToken t",
            "cancel t",
            "cancel u",
            "egress h",
            "kafka i",
            "none");
    private static final List<String> RARE = List.of("async", "async", "fail", "null", "throw", "label unwritable");

    private final JvmFunctions ours = new JvmFunctions(
            Map.of(TYPE, ScriptedFunction.SPEC), SdkAgreementTest.class.getClassLoader(), Duration.ofMinutes(1));
    private final RequestReplyHandler sdk =
            new StatefulFunctions().withStatefulFunction(ScriptedFunction.SPEC).requestReplyHandler();

    @AfterEach
    void close() {
        ours.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void functionsAskForTheSame(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, @Nullable TypedValue> values = declaredValues();
        int failures = 0;
        for (int i = 0; i < CASES; i++) {
            Invocation invocation = new Invocation(new Address(TYPE, "id"), messages(random), new HashMap<>(values));
            Answer mine = ours(invocation);
            Answer theirs = theirs(invocation);
            if (mine instanceof Answer.Done done) {
                assertThat(theirs).as(scripts(invocation)).isEqualTo(mine);
                done.effects().changes().forEach(change -> values.put(change.name(), change.value()));
            } else {
                failures++;
                assertThat(mine).as(scripts(invocation)).isInstanceOf(Answer.Failed.class);
                assertThat(theirs).as(scripts(invocation)).isInstanceOf(Answer.Failed.class);
            }
        }
        assertThat(failures).isBetween(CASES / 20, CASES / 2);
    }

    @Test
    void declarationsAreTheSame() throws Exception {
        Invocation unknown = new Invocation(new Address(TYPE, "id"), List.of(message("get")), Map.of());
        assertThat(theirs(unknown))
                .isInstanceOfSatisfying(
                        Answer.Undeclared.class,
                        undeclared -> assertThat(undeclared.missing())
                                .containsExactlyInAnyOrderElementsOf(ours.declared(TYPE)));
    }

    private Answer ours(Invocation invocation) throws Exception {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        ours.call(invocation, answer::complete);
        return answer.get(30, TimeUnit.SECONDS);
    }

    private Answer theirs(Invocation invocation) throws Exception {
        return sdk.handle(Slices.wrap(BatchRequest.bytes(invocation)))
                .handle(SdkAgreementTest::read)
                .get(30, TimeUnit.SECONDS);
    }

    private static Answer read(@Nullable Slice answer, @Nullable Throwable failure) {
        return answer == null
                ? new Answer.Failed(String.valueOf(failure), true)
                : BatchAnswer.read(answer.toByteArray());
    }

    private Map<String, @Nullable TypedValue> declaredValues() {
        Map<String, @Nullable TypedValue> values = new HashMap<>();
        for (ValueDeclaration declaration : ours.declared(TYPE)) {
            values.put(declaration.name(), null);
        }
        return values;
    }

    private static List<Message> messages(Random random) {
        List<Message> messages = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<String> script = new ArrayList<>();
            for (int left = random.nextInt(6); left >= 0; left--) {
                List<String> from = random.nextInt(40) == 0 ? RARE : COMMANDS;
                script.add(from.get(random.nextInt(from.size())));
            }
            messages.add(message(String.join("\n", script)));
        }
        return messages;
    }

    private static Message message(String script) {
        TypedValue argument = new TypedValue(
                Types.stringType().typeName().asTypeNameString(),
                Types.stringType().typeSerializer().serialize(script).toByteArray());
        Address caller = script.hashCode() % 2 == 0 ? null : new Address(FunctionType.parse("some/caller"), "c");
        return new Message(new Address(TYPE, "id"), caller, argument, null);
    }

    private static String scripts(Invocation invocation) {
        return invocation.messages().stream()
                .map(message -> Types.stringType()
                        .typeSerializer()
                        .deserialize(Slices.wrap(message.argument().bytes())))
                .toList()
                .toString();
    }
}
