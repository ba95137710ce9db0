package dev.weft.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.DeadLetter;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionFeedTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              returns: { topic: shop.returns }
              again: { topic: shop.again }
              dead: { topic: shop.dead }
            deadLetter: dead
            redrive: again
            functions: [{ class: com.shop.Functions }]
            ingress:
              - name: carts
                from: [orders]
                where: { type: [order] }
                to: [shop/cart, shop/audit]
                id: data.cart
              - { name: raw, from: [orders, returns], to: [shop/raw], id: subject, as: payload, valueType: shop/order }
              - { name: urgent, from: [returns], sql: "priority > 5", to: [shop/urgent], id: id }
            """);

    private final OutletLog log = new OutletLog(SHOP);
    private final List<String> said = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Dispatcher dispatcher = dispatcher(SHOP.ingress());

    @Test
    void eachFunctionGetsTheWholeEventAsJson() {
        receive("shop.orders", Wire.event("1", "order", "{\"cart\":\"c1\"}"));

        assertThat(said).containsExactly("carts: shop/cart/c1", "carts: shop/audit/c1", "raw lost");
        Message message = messages.get(0);
        assertThat(message.caller()).isNull();
        assertThat(message.argument().typename()).isEqualTo("io.cloudevents/event");
        assertThat(text(message.argument().bytes()))
                .contains("\"id\":\"1\"", "\"type\":\"order\"", "\"data\":{\"cart\":\"c1\"}");
    }

    @Test
    void orItsPayloadByteForByte() {
        WireRecord order = with(Wire.event("1", "return", "{ \"cart\" : 7 }"), "subject", "s1");

        receive("shop.returns", order);

        assertThat(said).containsExactly("urgent failed", "raw: shop/raw/s1");
        assertThat(messages.get(0).argument().typename()).isEqualTo("shop/order");
        assertThat(text(messages.get(0).argument().bytes())).isEqualTo("{ \"cart\" : 7 }");
    }

    @Test
    void messagesBelongToTheTraceOfTheirEvent() {
        receive("shop.orders", with(Wire.event("1", "order", "{\"cart\":1}"), "traceparent", TRACE));

        assertThat(messages).extracting(Message::trace).containsOnly(TRACE);
    }

    @Test
    void anEventThatAFunctionGetsIsNotUnmatched() {
        receive("shop.orders", with(Wire.event("1", "order", "{\"cart\":1}"), "subject", "s"));
        receive("shop.orders", with(Wire.event("2", "other", "{\"cart\":1}"), "subject", "s"));

        assertThat(log.said).containsExactly("received", "received");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"cart\":\"c1\"}', c1",
        "'{\"cart\":7}', 7",
        "'{\"cart\":7.50}', 7.5",
        "'{\"cart\":1e1}', 10",
        "'{\"cart\":true}', true",
    })
    void theIdIsTextANumberOrABoolean(String json, String id) {
        receive("shop.orders", Wire.event("1", "order", json));

        assertThat(messages.get(0).target().id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "{}, 'data.cart, the functions'' id, is not there'",
        "'{\"cart\":null}', 'data.cart, the functions'' id, is not there'",
        "'{\"cart\":\"\"}', 'data.cart, the functions'' id, is empty'",
        "'{\"cart\":[1]}', 'data.cart, the functions'' id, is no single value'",
    })
    void anEventWithoutAnIdGoesToTheDeadLetterWhichNamesTheIngress(String json, String detail) {
        receive("shop.orders", with(Wire.event("1", "order", json), "subject", "s"));

        assertThat(said).containsExactly("carts lost", "raw: shop/raw/s");
        assertThat(log.said).containsExactly("received", "dead missing-key");
        WireRecord dead = log.written.get(0);
        assertThat(Wire.header(dead, "ce_weftingress")).isEqualTo("carts");
        assertThat(Wire.header(dead, "ce_weftdetail")).isEqualTo(detail);
        assertThat(dead.value()).isEqualTo(Wire.utf8(json));
    }

    @Test
    void aDamagedPayloadGoesToTheDeadLetterOnlyWhereItMatters() {
        receive("shop.orders", with(Wire.event("1", "order", "{\"cart\":"), "subject", "s"));

        assertThat(said).containsExactly("carts lost", "raw: shop/raw/s");
        assertThat(log.said).containsExactly("received", "dead unreadable-payload");
    }

    @Test
    void anEventWhoseTimeIsOverBecomesNoMessage() {
        WireRecord late = with(Wire.event("1", "order", "{\"cart\":1}"), "expirytime", "2020-01-01T00:00:00Z");

        receive("shop.orders", with(late, "subject", "s"));

        assertThat(said).containsExactly("carts lost", "raw lost");
        assertThat(log.said).containsExactly("received", "dead expired", "dead expired");
    }

    @Test
    void aDeadLetterThatIsSentAgainComesInWhereItDidAndNowhereElse() {
        WireRecord letter = letter("carts", Wire.event("1", "order", "{\"cart\":\"c1\"}"));

        receive("shop.again", letter);

        assertThat(said).containsExactly("carts: shop/cart/c1", "carts: shop/audit/c1");
        assertThat(text(messages.get(0).argument().bytes())).doesNotContain("weft");
    }

    @Test
    void aDeadLetterOfAnIngressThatIsGoneIsBuriedAgain() {
        receive("shop.again", letter("gone", Wire.event("1", "order", "{\"cart\":\"c1\"}")));

        assertThat(log.said).containsExactly("received", "dead redrive-failed");
        assertThat(Wire.header(log.written.get(0), "ce_weftingress")).isEqualTo("gone");
    }

    @Test
    void aRecordOfARawTopicIsAMessageWhateverItIs() {
        Dispatcher raw = dispatcher(ofRawTopic());

        raw.dispatch(Wire.readFrom("raw", Wire.garbage("anything")));
        raw.dispatch(Wire.readFrom("raw", Wire.event("1", "order", "{}")));

        assertThat(said).containsExactly("raw: shop/raw/key", "raw: shop/raw/1");
        assertThat(messages)
                .extracting(message -> message.argument().typename())
                .containsOnly("shop/bytes");
        assertThat(text(messages.get(0).argument().bytes())).isEqualTo("anything");
    }

    @Test
    void aRecordWithoutKeyOrValueGoesToTheDeadLetter() {
        Dispatcher raw = dispatcher(ofRawTopic());

        raw.dispatch(Wire.readFrom("raw", new WireRecord(null, WireHeaders.NONE, Wire.utf8("value"))));
        raw.dispatch(Wire.readFrom("raw", new WireRecord(new byte[] {(byte) 0xff}, WireHeaders.NONE, new byte[1])));
        raw.dispatch(Wire.readFrom("raw", new WireRecord(Wire.utf8("key"), WireHeaders.NONE, null)));

        assertThat(said).containsExactly("raw lost", "raw lost", "raw lost");
        assertThat(log.said)
                .containsExactly(
                        "received", "dead missing-key", "received", "dead missing-key", "received", "dead tombstone");
        assertThat(log.written.get(0).value()).isEqualTo(Wire.utf8("value"));
    }

    private static IngressPlan ofRawTopic() {
        RawIngress ingress = new RawIngress("raw", "shop/bytes", List.of(FunctionType.parse("shop/raw")));
        return new IngressPlan("shop", SHOP.channels(), List.of(), List.of(ingress), null);
    }

    private static WireRecord letter(String ingress, WireRecord record) {
        MeshEvent event = MeshEvent.stored(new Origin("shop.orders", 0, 7, 0), record);
        return DeadLetter.of(event, Reason.MISSING_KEY, "", "shop", Map.of("weftingress", ingress));
    }

    private static WireRecord with(WireRecord record, String attribute, String value) {
        return EventWriter.withAttributes(MeshEvent.stored(Origin.NONE, record), Map.of(attribute, value));
    }

    private void receive(String topic, WireRecord record) {
        dispatcher.dispatch(Wire.readFrom(topic, record));
    }

    private static String text(byte[] bytes) {
        return new String(requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    private Dispatcher dispatcher(IngressPlan plan) {
        Dispatcher made = new Dispatcher(SHOP.routing(), log);
        made.feed(new FunctionFeed(plan, null, new FunctionFeed.Entrance() {
            @Override
            public void message(String ingress, Message message) {
                said.add(ingress + ": " + message.target());
                messages.add(message);
            }

            @Override
            public void lost(String ingress) {
                said.add(ingress + " lost");
            }

            @Override
            public void expressionFailed(String ingress) {
                said.add(ingress + " failed");
            }
        }));
        return made;
    }
}
