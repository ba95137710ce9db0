package dev.weft.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherTest {

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              returns: { topic: shop.returns }
              big: { topic: shop.big }
              audit: { topic: shop.audit, format: structured }
              dead: { topic: shop.dead }
            deadLetter: dead
            routes:
              - { name: everything, from: [orders], where: { type: [{ prefix: order }] }, to: [audit] }
              - { name: large, from: [orders], where: { data: { amount: [{ numeric: [">=", 100] }] } }, to: [big, audit] }
              - { name: coupons, from: [orders], where: { data: { coupon: [{ exists: true }] } }, to: [big] }
              - { name: back, from: [returns], to: [big] }
            """);

    private static final long EXPIRES = Instant.parse("2026-01-05T09:00:00Z").toEpochMilli();

    private final OutletLog log = new OutletLog(SHOP);
    private final Dispatcher dispatcher = new Dispatcher(SHOP.routing(), log);

    @Test
    void anEventIsWrittenOnceToEachChannelHoweverManyRoutesWantIt() {
        receive("shop.orders", Wire.event("1", "order.placed", "{\"amount\":100,\"coupon\":\"X\"}"));

        assertThat(log.said)
                .containsExactly(
                        "received", "matched everything", "matched large", "matched coupons", "to audit", "to big");
    }

    @Test
    void anEventIsAskedOnlyOfTheRoutesThatReadItsTopic() {
        receive("shop.returns", Wire.event("1", "order.returned", "{\"amount\":100}"));

        assertThat(log.said).containsExactly("received", "matched back", "to big");
    }

    @Test
    void anEventNoRouteWantsIsCountedAndDropped() {
        receive("shop.orders", Wire.event("1", "payment", "{\"amount\":99}"));

        assertThat(log.said).containsExactly("received", "unmatched");
    }

    @Test
    void anExpressionThatFailsIsCountedForItsRouteAlone() {
        JobConfig job = Jobs.named("shop", """
                channels:
                  orders: { topic: shop.orders }
                  big: { topic: shop.big }
                  dead: { topic: shop.dead }
                deadLetter: dead
                routes:
                  - { name: urgent, from: [orders], sql: "priority > 5", to: [big] }
                  - { name: not-urgent, from: [orders], filters: [{ not: { sql: "priority > 5" } }], to: [big] }
                """);
        OutletLog said = new OutletLog(job);

        new Dispatcher(job.routing(), said).dispatch(Wire.readFrom("shop.orders", Wire.event("1", "order", "{}")));

        assertThat(said.said)
                .containsExactly("received", "matched not-urgent", "expression failed of urgent", "to big");
    }

    @Test
    void anEventIsWrittenAsTheChannelSays() {
        WireRecord event = Wire.event("1", "order.placed", "{\"amount\":100}");

        receive("shop.orders", event);

        assertThat(log.written.get(1)).as("big takes it as it is").isEqualTo(event);
        assertThat(new String(value(log.written.get(0)), StandardCharsets.UTF_8))
                .as("audit is structured")
                .contains("\"specversion\":\"1.0\"", "\"id\":\"1\"", "\"data\":{\"amount\":100}");
    }

    @Test
    void aRecordThatIsNoEventGoesToTheDeadLetterWithItsBytes() {
        receive("shop.orders", Wire.garbage("nonsense"));

        assertThat(log.said).containsExactly("received", "dead not-a-cloudevent");
        WireRecord dead = log.written.get(0);
        assertThat(dead.value()).isEqualTo(Wire.utf8("nonsense"));
        assertThat(dead.key()).isEqualTo(Wire.utf8("key"));
        assertThat(header(dead, "ce_wefttopic")).isEqualTo("shop.orders");
        assertThat(header(dead, "ce_weftoffset")).isEqualTo("7");
        assertThat(header(dead, "ce_weftjob")).isEqualTo("shop");
    }

    @Test
    void aDamagedPayloadIsDeliveredByTheRoutesThatNeedNotReadIt() {
        receive("shop.orders", Wire.event("1", "order.placed", "{\"amount\":"));

        assertThat(log.said).containsExactly("received", "matched everything", "to audit", "dead unreadable-payload");
    }

    @Test
    void aDamagedPayloadNamesTheFirstRouteThatCouldNotDecide() {
        receive("shop.orders", Wire.event("1", "payment", "{\"amount\":"));

        assertThat(log.said).containsExactly("received", "dead unreadable-payload");
        WireRecord dead = log.written.get(0);
        assertThat(header(dead, "ce_weftroute")).isEqualTo("large");
        assertThat(header(dead, "ce_id")).as("it is still the same event").isEqualTo("1");
        assertThat(dead.value()).isEqualTo(Wire.utf8("{\"amount\":"));
    }

    @ParameterizedTest(name = "{0} after it expired: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "-1 | {\"amount\":100} | received, matched everything, matched large, to audit, to big",
                " 0 | {\"amount\":100} | received, matched everything, matched large, to audit, to big",
                " 1 | {\"amount\":100} | received, matched everything, matched large, dead expired",
                " 1 | {\"amount\":     | received, matched everything, dead expired"
            },
            delimiter = '|')
    void anEventThatExpiredIsDeliveredToNobodyAndDeadOnce(long after, String payload, String said) {
        WireRecord event = expiring(Wire.event("1", "order.placed", payload));

        dispatcher.dispatch(Wire.readFrom("shop.orders", event), 0, EXPIRES + after);

        assertThat(String.join(", ", log.said)).isEqualTo(said);
    }

    @Test
    void anEventThatExpiredNamesTheFirstRouteThatWantedIt() {
        WireRecord event = expiring(Wire.event("1", "order.placed", "{\"amount\":100}"));

        dispatcher.dispatch(Wire.readFrom("shop.orders", event), 0, EXPIRES + 1);

        WireRecord dead = log.written.get(0);
        assertThat(header(dead, "ce_weftroute")).isEqualTo("everything");
        assertThat(header(dead, "ce_weftdetail")).isEqualTo("its expirytime 2026-01-05T09:00:00Z is over");
        assertThat(dead.value()).isEqualTo(event.value());
    }

    @Test
    void anEventThatExpiredAndThatNoRouteWantsIsNoDeadLetter() {
        dispatcher.dispatch(Wire.readFrom("shop.orders", expiring(Wire.event("1", "payment", "{}"))), 0, EXPIRES + 1);

        assertThat(log.said).containsExactly("received", "unmatched");
    }

    @Test
    void nothingOfOneEventIsLeftForTheNext() {
        receive("shop.orders", Wire.event("1", "order.placed", "{\"amount\":"));
        log.said.clear();

        receive("shop.orders", Wire.event("2", "payment", "{\"amount\":1}"));

        assertThat(log.said).containsExactly("received", "unmatched");
    }

    private static WireRecord expiring(WireRecord event) {
        WireHeaders headers = event.headers().toBuilder()
                .add("ce_expirytime", Wire.utf8("2026-01-05T09:00:00Z"))
                .build();
        return new WireRecord(event.key(), headers, event.value());
    }

    private void receive(String topic, WireRecord record) {
        dispatcher.dispatch(Wire.readFrom(topic, record));
    }

    private static byte[] value(WireRecord record) {
        return requireNonNull(record.value());
    }

    private static String header(WireRecord record, String name) {
        byte[] value = record.headers().value(record.headers().indexOf(name));
        return new String(requireNonNull(value, name), StandardCharsets.UTF_8);
    }
}
