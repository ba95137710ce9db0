package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.protocol.KafkaProducerRecordMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionEgressTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final long NOW = 1_767_603_600_000L;

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              receipts: { topic: shop.receipts }
              audit: { topic: shop.audit, format: structured }
              logs: { topicPattern: 'logs\\..*' }
              control: { topic: shop.control }
              dead: { topic: shop.dead }
            deadLetter: dead
            control: control
            limits: { maxEventBytes: 10KB }
            functions: [{ class: com.shop.Functions }]
            ingress: [{ name: carts, from: [orders], to: [shop/cart], id: id }]
            egress: { shop/receipts: receipts }
            """);

    private static final FunctionPlan WITH_RAW = withRaw(SHOP.functionPlan(FunctionJars.NONE));

    private final FunctionEgress egress = new FunctionEgress(WITH_RAW);
    private final Address cart = new Address(FunctionType.parse("shop/cart"), "c1");
    private final Message cause = new Message(cart, null, new TypedValue("shop/order", new byte[0]), TRACE);

    @Test
    void anEventIsWrittenInBinaryModeKeyedByTheFunctionsId() {
        FunctionEgress.Said said = say("shop/receipts", event(""));

        assertThat(said.refused()).isNull();
        assertThat(said.topic()).isEqualTo("shop.receipts");
        assertThat(said.record().key()).isEqualTo(Wire.utf8("c1"));
        assertThat(said.record().value()).isEqualTo(Wire.utf8("{\"sum\":7}"));
        assertThat(Wire.header(said.record(), "ce_type")).isEqualTo("receipt");
        assertThat(Wire.header(said.record(), "ce_traceparent")).isEqualTo(TRACE);
    }

    @Test
    void itsOwnKeyAndItsOwnTraceAreKept() {
        String own = "00-11111111111111111111111111111111-b7ad6b7169203331-00";

        FunctionEgress.Said said =
                say("shop/receipts", event(",\"partitionkey\":\"p\",\"traceparent\":\"" + own + "\""));

        assertThat(said.record().key()).isEqualTo(Wire.utf8("p"));
        assertThat(Wire.header(said.record(), "ce_traceparent")).isEqualTo(own);
    }

    @Test
    void everyChannelIsAnEgressAndWritesAsItDoesItsEvents() {
        FunctionEgress.Said said = say("weft.channels/audit", event(""));

        assertThat(said.topic()).isEqualTo("shop.audit");
        assertThat(new String(said.record().value(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"data\":{\"sum\":7}", TRACE);
    }

    @Test
    void aRecordIsWrittenAsItIs() {
        FunctionEgress.Said said = say("shop/raw", record("anywhere", "k", "bytes"));

        assertThat(said.refused()).isNull();
        assertThat(said.topic()).isEqualTo("anywhere");
        assertThat(said.record().key()).isEqualTo(Wire.utf8("k"));
        assertThat(said.record().value()).isEqualTo(Wire.utf8("bytes"));
        assertThat(said.record().headers()).isEqualTo(WireHeaders.NONE);
    }

    @Test
    void anEmptyKeyIsNone() {
        FunctionEgress.Said said = say("weft.channels/receipts", record("shop.receipts", "", "bytes"));

        assertThat(said.topic()).isEqualTo("shop.receipts");
        assertThat(said.record().key()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop/receipt | there is no egress shop/receipt, expected one of",
                "weft.channels/dead | there is no egress weft.channels/dead",
                "weft.channels/control | there is no egress weft.channels/control",
                "weft.channels/logs | there is no egress weft.channels/logs",
                "shop/raw | egress shop/raw was given an event, and writes values of type type.googleapis.com/",
            })
    void whatHasNoWayOutIsADeadLetter(String name, String detail) {
        FunctionEgress.Said said = say(name, event(""));

        assertThat(said.refused()).isEqualTo(Reason.EGRESS_FAILED);
        assertThat(said.topic()).isEqualTo("shop.dead");
        assertThat(Wire.header(said.record(), "ce_type")).isEqualTo("dev.weft.message");
        assertThat(Wire.header(said.record(), "ce_weftreason")).isEqualTo("egress-failed");
        assertThat(Wire.header(said.record(), "ce_weftdetail")).startsWith(detail);
        assertThat(Wire.header(said.record(), "ce_weftegress")).isEqualTo(name);
        assertThat(Wire.header(said.record(), "ce_weftfunction")).isEqualTo("shop/cart");
        assertThat(Wire.header(said.record(), "ce_weftid")).isEqualTo("c1");
        assertThat(said.record().value()).isEqualTo(event("").bytes());
    }

    @Test
    void aRecordForAnotherTopicThanTheChannelsIsADeadLetter() {
        assertThat(detail("shop/receipts", record("shop.orders", "k", "")))
                .isEqualTo("egress shop/receipts was given a record for topic \"shop.orders\","
                        + " expected topic shop.receipts of channel receipts");
        assertThat(detail("shop/raw", record("no topic", "k", ""))).contains("expected a topic's name");
        assertThat(detail("shop/raw", record("shop.control", "k", ""))).contains("where the mesh writes itself");
        assertThat(detail("shop/raw", record("t", "k", "x".repeat(20_000)))).contains("at most 10000 are taken");
    }

    @Test
    void aValueThatIsNeitherIsADeadLetter() {
        assertThat(detail("shop/receipts", new TypedValue("shop/receipt", new byte[1])))
                .isEqualTo("egress shop/receipts was given a value of type shop/receipt, expected a value of type"
                        + " io.cloudevents/event or type.googleapis.com/io.statefun.sdk.egress.KafkaProducerRecord");
        assertThat(detail("shop/receipts", new TypedValue("io.cloudevents/event", Wire.utf8("{\"id\":\"1\"}"))))
                .isEqualTo("what was said to channel receipts is no event: the attribute specversion is missing");
        assertThat(detail("shop/raw", new TypedValue(FunctionEgress.RECORD, new byte[] {1, 2, 3})))
                .startsWith("egress shop/raw was given bytes that are no type.googleapis.com");
    }

    @Test
    void aMessageThatNoFunctionTakesIsADeadLetterThatTellsAllOfIt() {
        Message message = new Message(
                new Address(FunctionType.parse("shop/stock"), "s\n1"),
                cart,
                new TypedValue("shop/order", new byte[] {7}),
                null);

        FunctionEgress.Said said = egress.deadLetter(message, Reason.FUNCTION_FAILED, "it threw", NOW);

        assertThat(said.topic()).isEqualTo("shop.dead");
        assertThat(said.refused()).isEqualTo(Reason.FUNCTION_FAILED);
        assertThat(Wire.header(said.record(), "ce_source")).isEqualTo("/weft/shop");
        assertThat(Wire.header(said.record(), "ce_time")).isEqualTo("2026-01-05T09:00:00Z");
        assertThat(Wire.header(said.record(), "ce_weftdetail")).isEqualTo("it threw");
        assertThat(Wire.header(said.record(), "ce_weftfunction")).isEqualTo("shop/stock");
        assertThat(Wire.header(said.record(), "ce_weftid")).isEqualTo("s 1");
        assertThat(Wire.header(said.record(), "ce_weftcaller")).isEqualTo("shop/cart/c1");
        assertThat(Wire.header(said.record(), "ce_wefttypename")).isEqualTo("shop/order");
        assertThat(said.record().value()).isEqualTo(new byte[] {7});
        assertThat(Wire.readFrom("shop.dead", said.record())).isInstanceOf(dev.weft.event.MeshEvent.class);
    }

    private FunctionEgress.Said say(String name, TypedValue value) {
        return egress.said(cart, new Effects.Egress(FunctionType.parse(name), value), cause, NOW);
    }

    private String detail(String name, TypedValue value) {
        return Wire.header(say(name, value).record(), "ce_weftdetail");
    }

    private static TypedValue event(String more) {
        String json = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/cart\",\"type\":\"receipt\"" + more
                + ",\"data\":{\"sum\":7}}";
        return new TypedValue("io.cloudevents/event", Wire.utf8(json));
    }

    private static TypedValue record(String topic, String key, String value) {
        return new TypedValue(
                FunctionEgress.RECORD,
                KafkaProducerRecordMessage.newBuilder()
                        .setTopic(topic)
                        .setKey(key)
                        .setValueBytes(ByteString.copyFromUtf8(value))
                        .build()
                        .toByteArray());
    }

    private static FunctionPlan withRaw(FunctionPlan plan) {
        return new FunctionPlan(
                plan.job(),
                plan.providers(),
                plan.jars(),
                plan.network(),
                plan.channels(),
                plan.deadLetter(),
                plan.reserved(),
                Map.copyOf(plan.egress()),
                Set.copyOf(List.of(FunctionType.parse("shop/raw"))),
                plan.maxEventBytes(),
                plan.memoryBytes(),
                plan.backlogBytes());
    }
}
