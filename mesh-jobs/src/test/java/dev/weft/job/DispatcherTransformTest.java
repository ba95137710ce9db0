package dev.weft.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DispatcherTransformTest {

    private static final JobConfig SHOP = Jobs.named("shop", """
            limits: { maxEventBytes: 1KB }
            channels:
              orders: { topic: shop.orders }
              big: { topic: shop.big }
              audit: { topic: shop.audit, format: structured }
              dead: { topic: shop.dead }
            deadLetter: dead
            routes:
              - { name: plain, from: [orders], where: { type: [{ prefix: order }] }, to: [big] }
              - name: renamed
                from: [orders]
                where: { type: [{ prefix: order }] }
                transform: { set: { type: renamed } }
                to: [big, audit]
              - name: short
                from: [orders]
                where: { data: { short: [true] } }
                transform: { data: { id: "${data.order}" }, missing: fail }
                to: [big]
              - name: strict
                from: [orders]
                where: { type: [{ suffix: strict }] }
                transform: { set: { cause: "${data.cause}" }, missing: fail }
                to: [big]
              - name: doubled
                from: [orders]
                where: { type: [double] }
                transform: { data: ["${data}", "${data}"] }
                to: [big]
            """);

    private final OutletLog log = new OutletLog(SHOP);
    private final Dispatcher dispatcher = new Dispatcher(SHOP.routing(), log);

    @Test
    void whatTransformsMakeIsWrittenBesideTheEventAsItIs() {
        WireRecord event = Wire.event("1", "order", "{}");

        receive(event);

        assertThat(log.said)
                .containsExactly("received", "matched plain", "matched renamed", "to big", "to big", "to audit");
        assertThat(log.written.get(0)).isEqualTo(event);
        assertThat(header(log.written.get(1), "ce_type")).isEqualTo("renamed");
    }

    @Test
    void aChangedEventIsWrittenAsTheChannelSays() {
        receive(Wire.event("1", "order", "{}"));

        assertThat(value(log.written.get(2)))
                .contains("\"specversion\":\"1.0\"", "\"type\":\"renamed\"", "\"data\":{}");
    }

    @Test
    void keyAndOtherHeadersAreKept() {
        WireRecord event = Wire.event("1", "order", "{}");
        WireHeaders traced = event.headers().toBuilder()
                .add("traceparent", Wire.utf8("00-1"))
                .build();

        receive(new WireRecord(Wire.utf8("k"), traced, event.value()));

        assertThat(log.written.get(1).key()).isEqualTo(Wire.utf8("k"));
        assertThat(header(log.written.get(1), "traceparent")).isEqualTo("00-1");
    }

    @Test
    void aTransformThatFailsPutsTheEventAsItWasIntoTheDeadLetter() {
        WireRecord event = Wire.event("1", "order", "{\"short\":true}");

        receive(event);

        assertThat(log.said)
                .containsExactly(
                        "received",
                        "matched plain",
                        "matched renamed",
                        "matched short",
                        "to big",
                        "to big",
                        "to audit",
                        "dead transform-failed");
        WireRecord dead = log.written.get(3);
        assertThat(dead.value()).isEqualTo(event.value());
        assertThat(header(dead, "ce_type")).isEqualTo("order");
        assertThat(header(dead, "ce_weftroute")).isEqualTo("short");
        assertThat(header(dead, "ce_weftdetail"))
                .isEqualTo("the transform of route short failed: ${data.order} has no value:"
                        + " the event has nothing there in its payload");
    }

    @Test
    void everyRouteWhoseTransformFailsIsNamed() {
        receive(Wire.event("1", "strict", "{\"short\":true}"));

        assertThat(log.said)
                .containsExactly(
                        "received",
                        "matched short",
                        "matched strict",
                        "dead transform-failed",
                        "dead transform-failed");
    }

    @Test
    void aDamagedPayloadFailsTheTransformsThatAskForIt() {
        receive(Wire.event("1", "order.strict", "{"));

        assertThat(log.said)
                .containsExactly(
                        "received",
                        "matched plain",
                        "matched renamed",
                        "matched strict",
                        "to big",
                        "to big",
                        "to audit",
                        "dead transform-failed",
                        "dead unreadable-payload");
    }

    @Test
    void anEventBeyondTheLimitIsNotMade() {
        receive(Wire.event("1", "double", "\"" + "x".repeat(500) + "\""));

        assertThat(log.said).containsExactly("received", "matched doubled", "dead transform-failed");
    }

    @Test
    void nothingOfOneEventIsLeftForTheNext() {
        receive(Wire.event("1", "order", "{}"));
        log.said.clear();

        receive(Wire.event("2", "other", "{}"));

        assertThat(log.said).containsExactly("received", "unmatched");
    }

    private void receive(WireRecord record) {
        dispatcher.dispatch(Wire.readFrom("shop.orders", record));
    }

    private static String value(WireRecord record) {
        return new String(requireNonNull(record.value()), StandardCharsets.UTF_8);
    }

    private static String header(WireRecord record, String name) {
        byte[] value = record.headers().value(record.headers().indexOf(name));
        return new String(requireNonNull(value, name), StandardCharsets.UTF_8);
    }
}
