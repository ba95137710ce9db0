package dev.weft.function.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import dev.weft.function.protocol.KafkaProducerRecordMessage;
import dev.weft.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls functions that the StateFun SDK for Node serves. */
class NodeFunctionsTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static NodeServer node;
    private static RemoteFunctions functions;

    @BeforeAll
    static void serve() throws Exception {
        node = NodeServer.start(Path.of("src", "test", "node"));
        functions = Endpoints.patient(node.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        if (functions != null) {
            functions.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void runsOnlyOnceItHasWhatItKeeps() throws Exception {
        Instance counter = new Instance(functions, "shop/counter", "a");

        assertThat(counter.call(Instance.number(5))).isInstanceOf(Answer.Undeclared.class);
        assertThat(counter.effects(Instance.number(5)).changes()).hasSize(1);
        assertThat(counter.declared().values())
                .containsExactly(ValueDeclaration.kept("count", "io.statefun.types/int"));
        assertThat(Instance.number(counter.value("count"))).isEqualTo(5);
    }

    @Test
    void takesABatchInItsOrder() throws Exception {
        Instance basket = new Instance(functions, "shop/basket", "anna");

        Effects effects = basket.effects(Instance.text("tea"), Instance.text("milk"));

        assertThat(effects.sends())
                .containsExactly(
                        new Effects.Send(new Address(new FunctionType("shop", "stock"), "tea"), Instance.text("anna")),
                        new Effects.Send(
                                new Address(new FunctionType("shop", "stock"), "milk"), Instance.text("anna")));
        assertThat(basket.value("order"))
                .isEqualTo(new TypedValue("shop/Order", "{\"items\":[\"tea\",\"milk\"]}".getBytes(UTF_8)));
    }

    @Test
    void everyEffectArrives() throws Exception {
        Instance basket = new Instance(functions, "shop/basket", "ben");

        Effects effects = basket.effects(Instance.text("tea"));

        assertThat(basket.declared().values())
                .containsExactly(
                        new ValueDeclaration("order", "shop/Order", Expiration.AFTER_CALL, Duration.ofMinutes(30)),
                        new ValueDeclaration(
                                "last", "io.statefun.types/string", Expiration.AFTER_WRITE, Duration.ofMinutes(1)));
        assertThat(Instance.text(basket.value("last")))
                .as("a value of no bytes")
                .isEmpty();
        TypedValue order = new TypedValue("shop/Order", "{\"items\":[\"tea\"]}".getBytes(UTF_8));
        assertThat(effects.delays())
                .containsExactly(
                        new Effects.Later(
                                Duration.ofMinutes(30).toMillis(), shop("basket"), Instance.text("clear"), null),
                        new Effects.Later(Duration.ofMinutes(1).toMillis(), shop("mail"), order, "remind-ben"),
                        new Effects.Cancel("remind-others"));
        Effects.Egress egress = effects.egresses().get(0);
        assertThat(egress.egress()).isEqualTo(new FunctionType("shop", "baskets"));
        assertThat(KafkaProducerRecordMessage.parseFrom(egress.value().bytes())).satisfies(written -> {
            assertThat(written.getTopic()).isEqualTo("baskets");
            assertThat(written.getKey()).isEqualTo("ben");
            assertThat(written.getValueBytes().toStringUtf8()).isEqualTo("tea");
        });
    }

    @Test
    void removesAValue() throws Exception {
        Instance basket = new Instance(functions, "shop/basket", "carl");
        var unused = basket.effects(Instance.text("tea"));

        assertThat(basket.effects(Instance.text("clear")).changes()).containsExactly(new Effects.Change("order", null));
    }

    @Test
    void mayHaveNoEffects() throws Exception {
        assertThat(new Instance(functions, "shop/idle", "a").call(Instance.text("x")))
                .isEqualTo(new Answer.Done(Effects.NONE));
    }

    @Test
    void aFunctionThatThrowsOrIsUnknownFails() throws Exception {
        Answer.Failed failed = new Answer.Failed(node.uri() + " answers 500", true);

        assertThat(new Instance(functions, "shop/thrower", "a").call(Instance.text("x")))
                .isEqualTo(failed);
        assertThat(new Instance(functions, "shop/unknown", "a").call(Instance.text("x")))
                .isEqualTo(failed);
    }

    @Test
    void everyCallEndsWellThoughTheServerIsKilledAmidThem() throws Exception {
        Instance counter = new Instance(functions, "shop/counter", "long");

        for (int i = 1; i <= 100; i++) {
            if (i == 30) {
                node.kill();
                assertThat(counter.call(Instance.number(1))).isInstanceOf(Answer.Failed.class);
                node.serve();
            } else if (i == 60) {
                var underWay = counter.begin(Instance.number(1));
                node.kill();
                assertThat(Instance.await(underWay)).isNotNull();
                node.serve();
            }
            tellUntilDone(counter);
        }

        assertThat(Instance.number(counter.value("count"))).isEqualTo(100);
    }

    private static void tellUntilDone(Instance counter) throws Exception {
        Await.value("an answer", BOUND, () -> {
            Answer answer = counter.tell(Instance.number(1));
            if (answer instanceof Answer.Failed failed) {
                assertThat(failed.isWorthRetrying()).isTrue();
            }
            return Optional.of(answer).filter(Answer.Done.class::isInstance);
        });
    }

    private static Address shop(String name) {
        return new Address(new FunctionType("shop", name), "ben");
    }
}
