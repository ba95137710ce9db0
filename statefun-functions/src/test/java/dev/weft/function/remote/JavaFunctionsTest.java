package dev.weft.function.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import dev.weft.function.protocol.KafkaProducerRecordMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.StatefulFunctions;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.handler.RequestReplyHandler;
import org.apache.flink.statefun.sdk.java.io.KafkaEgressMessage;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.slice.Slice;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls functions that the StateFun SDK for Java serves. */
class JavaFunctionsTest {

    private HttpServer server;
    private RemoteFunctions functions;

    @BeforeEach
    void serve() throws IOException {
        RequestReplyHandler handler =
                new StatefulFunctions().withStatefulFunction(Basket.SPEC).requestReplyHandler();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(handler, exchange));
        server.start();
        functions = Endpoints.patient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }

    @AfterEach
    void stop() {
        functions.close();
        server.stop(0);
    }

    @Test
    void everyEffectArrives() throws Exception {
        Instance basket = new Instance(functions, "shop/basket", "anna");

        Effects effects = basket.effects(Instance.text("tea"), Instance.text("milk"));

        assertThat(basket.declared().values())
                .containsExactlyInAnyOrder(
                        ValueDeclaration.kept("count", "io.statefun.types/int"),
                        new ValueDeclaration(
                                "last", "io.statefun.types/string", Expiration.AFTER_WRITE, Duration.ofMinutes(5)));
        assertThat(Instance.number(basket.value("count"))).isEqualTo(2);
        assertThat(Instance.text(basket.value("last"))).isEqualTo("milk");
        assertThat(effects.sends())
                .containsExactly(
                        new Effects.Send(shop("stock", "tea"), Instance.text("anna")),
                        new Effects.Send(shop("stock", "milk"), Instance.text("anna")));
        assertThat(effects.delays())
                .startsWith(
                        new Effects.Later(1000, shop("basket", "anna"), Instance.text("clear"), "clear-anna"),
                        new Effects.Cancel("clear-others"));
        assertThat(effects.egresses()).hasSize(2);
        assertThat(KafkaProducerRecordMessage.parseFrom(
                                effects.egresses().get(1).value().bytes())
                        .getKey())
                .isEqualTo("anna");
    }

    @Test
    void removesAValue() throws Exception {
        Instance basket = new Instance(functions, "shop/basket", "ben");
        var unused = basket.effects(Instance.text("tea"));

        assertThat(basket.effects(Instance.text("clear")).changes()).containsExactly(new Effects.Change("last", null));
    }

    @Test
    void aMessageThatMakesAFunctionThrowFailsAndChangesNothing() throws Exception {
        Instance basket = new Instance(functions, "shop/basket", "carl");
        var unused = basket.effects(Instance.text("tea"));

        assertThat(basket.tell(Instance.text("milk"), Instance.number(1)))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                    assertThat(failed.detail()).contains("answers 500: ");
                    assertThat(failed.isWorthRetrying()).isTrue();
                });
        assertThat(Instance.number(basket.value("count"))).isEqualTo(1);
    }

    private static Address shop(String name, String id) {
        return new Address(new FunctionType("shop", name), id);
    }

    private static void answer(RequestReplyHandler handler, HttpExchange exchange) throws IOException {
        Slice request = Slices.wrap(exchange.getRequestBody().readAllBytes());
        var unused = handler.handle(request).handle((answer, failure) -> {
            try (exchange) {
                byte[] body = failure == null
                        ? answer.toByteArray()
                        : failure.toString().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                exchange.sendResponseHeaders(failure == null ? 200 : 500, body.length);
                exchange.getResponseBody().write(body);
                return body.length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static final class Basket implements StatefulFunction {

        static final ValueSpec<Integer> COUNT = ValueSpec.named("count").withIntType();
        static final ValueSpec<String> LAST = ValueSpec.named("last")
                .thatExpireAfterWrite(Duration.ofMinutes(5))
                .withUtf8StringType();
        static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(TypeName.typeNameOf("shop", "basket"))
                .withValueSpecs(COUNT, LAST)
                .withSupplier(Basket::new)
                .build();

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            String word = message.asUtf8String();
            String id = context.self().id();
            if (word.equals("clear")) {
                context.storage().remove(LAST);
                return context.done();
            }
            context.storage().set(COUNT, context.storage().get(COUNT).orElse(0) + 1);
            context.storage().set(LAST, word);
            context.send(MessageBuilder.forAddress(TypeName.typeNameOf("shop", "stock"), word)
                    .withValue(id)
                    .build());
            context.sendAfter(
                    Duration.ofSeconds(1),
                    "clear-" + id,
                    MessageBuilder.forAddress(context.self()).withValue("clear").build());
            context.cancelDelayedMessage("clear-others");
            context.send(KafkaEgressMessage.forEgress(TypeName.typeNameOf("shop", "baskets"))
                    .withTopic("baskets")
                    .withUtf8Key(id)
                    .withUtf8Value(word)
                    .build());
            return context.done();
        }
    }
}
