package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Routes that park what they want. */
class DispatcherParkTest {

    private static final long TIME = 1_767_603_600_000L;

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              big: { topic: shop.big }
              audit: { topic: shop.audit }
              dead: { topic: shop.dead }
            targets:
              billing: { http: { url: "http://127.0.0.1:9/" } }
            deadLetter: dead
            routes:
              - { name: plain, from: [orders], where: { type: [order] }, to: [audit, billing] }
              - { name: other, from: [orders], where: { type: [order] }, to: [big, audit] }
              - { name: changed, from: [orders], where: { type: [change] }, transform: { set: { stamp: x } }, to: [big] }
              - { name: stepped, from: [orders], where: { type: [step] }, steps: [{ filter: { where: { type: [step] } } }], to: [big] }
            """);

    private final OutletLog log = new OutletLog(SHOP);
    private final Dispatcher dispatcher = new Dispatcher(SHOP.routing(), log);
    private final List<Waiting> parked = new ArrayList<>();

    private record Waiting(String route, MeshEvent event, long time, List<String> written) {}

    @Test
    void whatAPausedRouteWantsIsParkedAndAllElseGoesOn() {
        park("plain");

        receive("1", "order", "{}");

        assertThat(log.said).containsExactly("received", "matched plain", "matched other", "to big", "to audit");
        assertThat(parked).extracting(Waiting::route).containsExactly("plain");
        assertThat(parked).extracting(Waiting::time).containsExactly(TIME);
    }

    @Test
    void whatHasWaitedIsDeliveredByItsRouteAlone() {
        park("plain", "other");
        receive("1", "order", "{}");
        log.said.clear();

        deliver("plain");

        assertThat(log.said).containsExactly("to audit", "push billing");
    }

    @Test
    void aChannelThatHasTheEventByThenDoesNotGetItAgain() {
        park("plain");
        receive("1", "order", "{}");
        log.said.clear();

        deliver("plain");

        assertThat(log.said).containsExactly("push billing");
    }

    @Test
    void transformsAndStepsAreMadeWhenTheEventGoesOn() {
        park("changed", "stepped");
        receive("1", "change", "{}");
        receive("2", "step", "{}");
        assertThat(log.said).containsExactly("received", "matched changed", "received", "matched stepped");
        log.said.clear();

        deliver("changed");
        deliver("stepped");

        assertThat(log.said).containsExactly("to big", "passed stepped.1", "to big");
        assertThat(Wire.header(log.written.get(0), "ce_stamp")).isEqualTo("x");
    }

    @Test
    void theNextEventIsDeliveredWhereNobodyParksAnyMore() {
        park("plain", "other");
        receive("1", "order", "{}");
        park();
        log.said.clear();

        receive("2", "order", "{}");

        assertThat(log.said)
                .containsExactly("received", "matched plain", "push billing", "matched other", "to audit", "to big");
        assertThat(parked).hasSize(2);
    }

    @Test
    void whatWaitedForARouteThatIsGoneIsADeadLetter() {
        park("plain");
        receive("1", "order", "{}");
        log.said.clear();
        log.written.clear();

        dispatcher.deliverParked("gone", parked.get(0).event(), TIME, List.of(), TIME);

        assertThat(log.said).containsExactly("dead route-removed");
        assertThat(Wire.header(log.written.get(0), "ce_weftroute")).isEqualTo("gone");
    }

    @Test
    void whatHasExpiredMeanwhileIsADeadLetter() {
        park("plain");
        MeshEvent event = (MeshEvent) Wire.readFrom("shop.orders", Wire.event("1", "order", "{}"));
        String expiry = Instant.ofEpochMilli(TIME + 1000).toString();
        dispatcher.dispatch(
                Wire.readFrom("shop.orders", EventWriter.withAttributes(event, Map.of("expirytime", expiry))),
                TIME,
                TIME);
        log.said.clear();

        dispatcher.deliverParked("plain", parked.get(0).event(), TIME, List.of(), TIME + 1001);

        assertThat(log.said).containsExactly("dead expired");
    }

    private void park(String... routes) {
        dispatcher.park(
                Set.of(routes), (route, event, time, written) -> parked.add(new Waiting(route, event, time, written)));
    }

    private void deliver(String route) {
        Waiting waiting = parked.stream()
                .filter(each -> each.route().equals(route))
                .findFirst()
                .orElseThrow();
        dispatcher.deliverParked(route, waiting.event(), waiting.time(), waiting.written(), TIME);
    }

    private void receive(String id, String type, String json) {
        dispatcher.dispatch(Wire.readFrom("shop.orders", Wire.event(id, type, json)), TIME, TIME);
    }
}
