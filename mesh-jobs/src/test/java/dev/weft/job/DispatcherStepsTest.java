package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.WireRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherStepsTest {

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              big: { topic: shop.big }
              audit: { topic: shop.audit, format: structured }
              dead: { topic: shop.dead }
            deadLetter: dead
            routes:
              - { name: plain, from: [orders], where: { type: [both] }, to: [big] }
              - name: steps
                from: [orders]
                where: { type: [steps, both] }
                steps:
                  - filter: { where: { data: { amount: [{ numeric: [">", 1] }] } } }
                  - tap: [audit, big]
                  - transform: { data: { twice: ["${data.amount}", "${data.amount}"] } }
                  - filter: { where: { data: { twice: [2, 3] } } }
                to: [big]
              - name: remembers
                from: [orders]
                where: { type: [remember] }
                steps:
                  - tap: big
                  - onlyOnChange: { by: data.id, of: data.state }
                  - transform: { set: { type: "${data.new}" } }
                to: [big, audit]
            """);

    private final OutletLog log = new OutletLog(SHOP);
    private final Dispatcher dispatcher = new Dispatcher(SHOP.routing(), log);

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            steps | {"amount":2} | received, matched steps, passed steps.1, to audit, to big, passed steps.2, passed steps.3, passed steps.4, to big
            steps | {"amount":1} | received, matched steps, dropped steps.1
            steps | {"amount":9} | received, matched steps, passed steps.1, to audit, to big, passed steps.2, passed steps.3, dropped steps.4
            steps | {            | received, matched steps, dead unreadable-payload
            both  | {"amount":1} | received, matched plain, matched steps, to big, dropped steps.1
            other | {"amount":2} | received, unmatched
            """)
    void anEventGoesThroughTheStepsOfItsRoute(String type, String payload, String said) {
        receive(Wire.event("1", type, payload));

        assertThat(String.join(", ", log.said)).isEqualTo(said);
    }

    @Test
    void aTapDoesNotRepeatWhatTheChannelHas() {
        receive(Wire.event("1", "both", "{\"amount\":2}"));

        assertThat(log.said)
                .as("one as it was read, of the plain route and the tap, and one changed")
                .containsOnlyOnce("to audit")
                .filteredOn("to big"::equals)
                .hasSize(2);
    }

    @Test
    void theDeadLetterNamesTheStepAndHoldsTheEventAsItWasRead() {
        WireRecord event = Wire.event("1", "steps", "{");

        receive(event);

        WireRecord dead = log.written.get(0);
        assertThat(dead.value()).isEqualTo(event.value());
        assertThat(Wire.header(dead, "ce_weftroute")).isEqualTo("steps");
        assertThat(Wire.header(dead, "ce_weftdetail"))
                .startsWith("step 1 (filter) of route steps: the payload is not the JSON it says it is: ");
    }

    @Test
    void anEventWithoutAKeyGoesToTheDeadLetter() {
        receive(Wire.event("1", "remember", "{}"));

        assertThat(log.said)
                .containsExactly("received", "matched remembers", "to big", "passed remembers.1", "dead missing-key");
        assertThat(Wire.header(log.written.get(1), "ce_weftdetail"))
                .isEqualTo("step 2 (onlyOnChange) of route remembers: the event has no data.id, by which it goes");
    }

    @Test
    void anEventGoesOnBehindTheMemoryThatWasAsked() {
        receive(Wire.event("1", "remember", "{\"id\":1,\"new\":\"renamed\"}"));
        assertThat(log.said).endsWith("passed remembers.1", "asked remembers.2");
        log.said.clear();

        RouteSteps behind = new RouteSteps(SHOP.routing(), log);
        behind.resume(log.asked.get(0), true);

        assertThat(log.said).containsExactly("passed remembers.2", "passed remembers.3", "to big", "to audit");
        assertThat(Wire.header(log.written.get(1), "ce_type")).isEqualTo("renamed");
    }

    @Test
    void anEventThatTheMemoryRefusesEndsThere() {
        receive(Wire.event("1", "remember", "{\"id\":1}"));
        log.said.clear();

        new RouteSteps(SHOP.routing(), log).resume(log.asked.get(0), false);

        assertThat(log.said).containsExactly("dropped remembers.2");
    }

    @Test
    void aPlanThatIsSentHoldsTheRoutesThatRemember() {
        RoutingPlan sent = StepsPlan.of(SHOP.routing()).read(DispatcherStepsTest.class.getClassLoader());

        assertThat(sent.routes()).containsExactly(SHOP.routes().get(2));
        assertThat(sent.channels()).isEqualTo(SHOP.channels());
        assertThat(StepsPlan.of(SHOP.routing())).isEqualTo(StepsPlan.of(SHOP.routing()));
    }

    @Test
    void theJobHasAsManyMemoriesAsARouteNeeds() {
        assertThat(SHOP.memories()).isEqualTo(1);
    }

    private void receive(WireRecord record) {
        dispatcher.dispatch(Wire.readFrom("shop.orders", record));
    }
}
