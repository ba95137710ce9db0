package dev.weft.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.DeadLetter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherRedriveTest {

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              copies: { topic: shop.copies }
              again: { topic: shop.again }
              dead: { topic: shop.dead }
            deadLetter: dead
            redrive: again
            targets:
              billing: { http: { url: "http://billing.example/" } }
              audit: { http: { url: "http://audit.example/" } }
            routes:
              - { name: plain, from: [orders], where: { type: [order] }, to: [billing, audit, copies] }
              - name: shaped
                from: [orders]
                transform: { set: { type: bill }, data: { sum: "${data.amount}" }, missing: fail }
                to: [billing]
              - name: steps
                from: [orders]
                steps:
                  - filter: { where: { type: [nothing-has-this-type] } }
                  - tap: copies
                  - transform: { set: { first: "${data.amount}" }, missing: fail }
                  - onlyOnChange: { by: data.amount, of: data.amount }
                  - sample: { share: 0.000001 }
                  - transform: { set: { second: "${first}" } }
                to: [billing, copies]
              - { name: picky, from: [orders], where: { data: { amount: [{ numeric: [">", 100] }] } }, to: [copies] }
              - { name: failing, from: [orders], sql: "priority > 5", to: [copies] }
            """);

    private final OutletLog log = new OutletLog(SHOP);
    private final Dispatcher dispatcher = new Dispatcher(SHOP.routing(), log);

    @Test
    void aDeadLetterOfATargetGoesToThatTargetAlone() {
        WireRecord order = Wire.event("1", "order", "{\"amount\":7}");

        redrive(order, "plain", Map.of("wefttarget", "billing", "weftattempts", "5"));

        assertThat(log.said).containsExactly("received", "sent again plain", "push billing");
        assertThat(log.written).containsExactly(order);
    }

    @Test
    void itIsChangedAsTheRouteDoesNow() {
        redrive(Wire.event("1", "order", "{\"amount\":7}"), "shaped", Map.of("wefttarget", "billing"));

        assertThat(log.said).containsExactly("received", "sent again shaped", "push billing");
        assertThat(log.written.get(0).value()).isEqualTo(Wire.utf8("{\"sum\":7}"));
    }

    @Test
    void ofStepsOnlyThoseThatChangeEventsAreTaken() {
        redrive(Wire.event("1", "order", "{\"amount\":7}"), "steps", Map.of("wefttarget", "billing"));

        assertThat(log.said).containsExactly("received", "sent again steps", "push billing");
        assertThat(Wire.header(log.written.get(0), "ce_second")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "shaped, the transform of route shaped failed: ",
        "steps, 'step 3 (transform) of route steps: '",
    })
    void whereTheTransformFailsItIsBuriedForTheSameTarget(String route, String detail) {
        WireRecord order = Wire.event("1", "order", "{}");

        redrive(order, route, Map.of("wefttarget", "billing", "weftattempts", "5"));

        assertThat(log.said).containsExactly("received", "dead transform-failed");
        WireRecord dead = log.written.get(0);
        assertThat(Wire.header(dead, "ce_weftdetail")).startsWith(detail);
        assertThat(Wire.header(dead, "ce_weftroute")).isEqualTo(route);
        assertThat(Wire.header(dead, "ce_wefttarget")).isEqualTo("billing");
        assertThat(Wire.header(dead, "ce_weftattempts")).isEqualTo("5");
        assertThat(Wire.header(dead, "ce_wefttopic")).isEqualTo("shop.orders");
        assertThat(Wire.header(dead, "ce_weftoffset")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "plain, order, '{\"amount\":7}', 'received, matched plain, to copies, push billing, push audit'",
        "plain, return, '{\"amount\":7}', 'received, unmatched'",
        "shaped, order, '{\"amount\":7}', 'received, matched shaped, push billing'",
        "shaped, order, {}, 'received, matched shaped, dead transform-failed'",
        "steps, order, '{\"amount\":7}', 'received, matched steps, dropped steps.1'",
        "picky, order, '{\"amount\":7}', 'received, unmatched'",
        "picky, order, '{\"amount\":700}', 'received, matched picky, to copies'",
        "picky, order, '{\"amount\":', 'received, dead unreadable-payload'",
        "failing, order, {}, 'received, expression failed of failing, unmatched'",
    })
    void oneThatWasOnItsWayToNoTargetGoesThroughItsRouteAsANewEvent(
            String route, String type, String json, String said) {
        redrive(Wire.event("1", type, json), route, Map.of());

        assertThat(String.join(", ", log.said)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "gone, billing, there is no route gone any more",
        "shaped, audit, route shaped does not deliver to target audit any more",
        "plain, gone, route plain does not deliver to target gone any more",
    })
    void oneWhoseWayIsGoneIsBuriedAgainAsItWas(String route, String target, String detail) {
        redrive(Wire.event("1", "order", "{}"), route, Map.of("wefttarget", target, "weftattempts", "5"));

        assertThat(log.said).containsExactly("received", "dead redrive-failed");
        WireRecord dead = log.written.get(0);
        assertThat(Wire.header(dead, "ce_weftdetail")).isEqualTo(detail);
        assertThat(Wire.header(dead, "ce_weftroute")).isEqualTo(route);
        assertThat(Wire.header(dead, "ce_wefttarget")).isEqualTo(target);
        assertThat(Wire.header(dead, "ce_weftattempts")).isEqualTo("5");
        assertThat(dead.headers().indexOf(DeadLetter.SENT_AGAIN)).isNegative();
    }

    @Test
    void anEventThatIsNoDeadLetterIsBuried() {
        dispatcher.dispatch(Wire.readFrom("shop.again", Wire.event("1", "order", "{}")));

        assertThat(log.said).containsExactly("received", "dead redrive-failed");
        assertThat(Wire.header(log.written.get(0), "ce_wefttopic")).isEqualTo("shop.again");
    }

    @Test
    void whatIsNoEventIsBuriedAsEverywhere() {
        dispatcher.dispatch(Wire.readFrom("shop.again", Wire.garbage("garbage")));

        assertThat(log.said).containsExactly("received", "dead not-a-cloudevent");
    }

    private void redrive(WireRecord original, String route, Map<String, String> delivery) {
        MeshEvent read = (MeshEvent) Wire.readFrom("shop.orders", original);
        WireRecord letter = DeadLetter.of(read, Reason.DELIVERY_FAILED, "no", route, "shop", delivery);
        WireHeaders headers = letter.headers().toBuilder()
                .add(DeadLetter.SENT_AGAIN, Wire.utf8("shop.dead/0/7"))
                .build();
        dispatcher.dispatch(
                Wire.readFrom("shop.again", new WireRecord(requireNonNull(letter.key()), headers, letter.value())));
    }
}
