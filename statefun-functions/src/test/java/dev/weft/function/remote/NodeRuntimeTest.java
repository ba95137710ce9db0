package dev.weft.function.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.FunctionObserver;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.FunctionsInMemory;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.protocol.KafkaProducerRecordMessage;
import dev.weft.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A runtime takes messages to functions that the StateFun SDK for Node serves. */
class NodeRuntimeTest {

    private static final Duration BOUND = Duration.ofSeconds(120);
    private static final FunctionTerms TERMS =
            new FunctionTerms(10, 8, BOUND, 1000, Duration.ofMillis(20), Duration.ofMillis(100), 1 << 20, 1 << 20);

    private final FunctionsInMemory memory = new FunctionsInMemory(FunctionObserver.NOBODY, 1 << 20);
    private NodeServer node;
    private RemoteFunctions functions;

    @BeforeEach
    void serve() throws Exception {
        node = NodeServer.start(Path.of("src", "test", "node"));
        functions = Endpoints.patient(node.uri());
        for (String type : List.of("shop/counter", "shop/basket", "shop/stock", "shop/mail")) {
            var unused = memory.with(FunctionType.parse(type), functions, TERMS);
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (functions != null) {
            functions.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void eachMessageCountsOnceThoughTheServerIsKilledAmidThem() throws Exception {
        for (int round = 1; round <= 6; round++) {
            for (int i = 0; i < 200; i++) {
                memory.enqueue(message("shop/counter", "c" + i % 20, Instance.number(1)));
            }
            memory.run();
            if (round % 2 == 0) {
                node.kill();
                memory.pass(Duration.ofMillis(50));
                node.serve();
            }
        }
        awaitIdle();

        assertThat(memory.dead()).isEmpty();
        for (int i = 0; i < 20; i++) {
            Address counter = address("shop/counter", "c" + i);
            assertThat(Instance.number(memory.of(counter).get("count", 0))).isEqualTo(60);
        }
    }

    @Test
    void whatAFunctionSendsLaterArrivesLater() throws Exception {
        memory.give(message("shop/basket", "anna", Instance.text("tea")));
        awaitIdle();
        assertThat(memory.said()).extracting(said -> said.egress().egress()).containsExactly(type("shop/baskets"));

        memory.pass(Duration.ofMinutes(1));
        awaitIdle();

        assertThat(memory.dead()).isEmpty();
        assertThat(memory.said()).hasSize(2);
        FunctionsInMemory.Said mail = memory.said().get(1);
        assertThat(mail.from()).isEqualTo(address("shop/mail", "anna"));
        assertThat(KafkaProducerRecordMessage.parseFrom(mail.egress().value().bytes())
                        .getValueBytes()
                        .toStringUtf8())
                .isEqualTo("do not forget: tea");
    }

    @Test
    void aMessageThatAFunctionThrowsAtIsGivenUpAlone() throws Exception {
        FunctionTerms few =
                new FunctionTerms(10, 8, BOUND, 3, Duration.ofMillis(20), Duration.ofMillis(100), 1 << 20, 1 << 20);
        memory.with(type("shop/counter"), functions, few)
                .give(
                        message("shop/counter", "a", Instance.number(1)),
                        message("shop/counter", "a", Instance.text("no number")),
                        message("shop/counter", "a", Instance.number(2)));
        awaitIdle();

        assertThat(memory.dead())
                .containsExactly(new FunctionsInMemory.Dead(
                        message("shop/counter", "a", Instance.text("no number")),
                        Reason.FUNCTION_FAILED,
                        "call of shop/counter/a failed 3 times, lastly: " + node.uri() + " answers 500"));
        assertThat(Instance.number(memory.of(address("shop/counter", "a")).get("count", 0)))
                .isEqualTo(3);
    }

    /** Time passes for the runtime as it is looked at. */
    private void awaitIdle() throws Exception {
        Await.until("all calls to end", BOUND, () -> {
            memory.pass(Duration.ofMillis(20));
            return memory.runtime().isIdle();
        });
    }

    private static Message message(String type, String id, TypedValue argument) {
        return new Message(address(type, id), null, argument, null);
    }

    private static Address address(String type, String id) {
        return new Address(type(type), id);
    }

    private static FunctionType type(String type) {
        return FunctionType.parse(type);
    }
}
