package dev.weft.event;

import static dev.weft.event.Records.event;
import static dev.weft.event.Records.read;
import static dev.weft.event.Records.structured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuriedEventTest {

    private static final Map<String, String> DELIVERY = Map.of(
            "wefttarget", "billing",
            "weftattempts", "5",
            "weftfirstfailure", "2026-11-21T07:00:00Z",
            "knativeerrordest", "http://billing/",
            "knativeerrorcode", "500",
            "knativeerrordata", "b2ggbm8=");

    @Test
    void givesBackTheRecordOfABinaryEventByteForByte() {
        WireRecord wire = placed("app", "x", "ce_region", "eu");

        BuriedEvent buried = buried(wire, DELIVERY);

        assertThat(buried.event().wire()).isEqualTo(wire);
    }

    @Test
    void givesBackWhatAStructuredEventSays() {
        MeshEvent original = event(structured("""
                {"specversion":"1.0","id":"1","source":"/shop","type":"placed","retries":3,"data":{"amount":12.50}}"""));

        BuriedEvent buried = buried(original.wire(), DELIVERY);

        assertThat(buried.event().attributeNames()).isEqualTo(original.attributeNames());
        assertThat(buried.event().getExtension("retries")).isEqualTo(3);
        assertThat(buried.event().payload()).isEqualTo(original.payload());
    }

    @Test
    void knowsWhereTheEventWasReadFirst() {
        BuriedEvent buried = buried(placed(), DELIVERY);

        assertThat(buried.event().origin()).isEqualTo(new Origin("orders", 3, 42, -1));
    }

    @Test
    void tellsWhatTheDeadLetterTells() {
        BuriedEvent buried = buried(placed(), DELIVERY);

        assertThat(buried.reason()).isEqualTo("delivery-failed");
        assertThat(buried.job()).isEqualTo("shop");
        assertThat(buried.route()).isEqualTo("bills");
        assertThat(buried.target()).isEqualTo("billing");
        assertThat(buried.told()).containsAllEntriesOf(DELIVERY).containsEntry("weftroute", "bills");
    }

    @Test
    void leavesAnEventOfKnativesItsOwnAttributesIfNoTargetWasConcerned() {
        WireRecord wire = placed("ce_knativeerrorcode", "404");

        BuriedEvent buried = buried(wire, Map.of());

        assertThat(buried.event().wire()).isEqualTo(wire);
        assertThat(buried.told()).containsOnlyKeys("weftroute");
    }

    @Test
    void isFoundAgainAfterItWasSentAgain() {
        WireRecord letter =
                DeadLetter.of((MeshEvent) read(placed()), Reason.DELIVERY_FAILED, "no", "bills", "shop", DELIVERY);
        WireHeaders marked = letter.headers().toBuilder()
                .add(DeadLetter.SENT_AGAIN, Text.bytes("dead/0/7"))
                .build();

        BuriedEvent buried = BuriedEvent.in(event(new WireRecord(letter.key(), marked, letter.value())));

        assertThat(Objects.requireNonNull(buried).event().wire()).isEqualTo(placed());
    }

    static List<Arguments> noBuriedEvents() {
        return List.of(
                arguments("an event of somebody's", placed()),
                arguments("a refused record", DeadLetter.of((RefusedRecord) read(Records.binary("garbage")), "shop")),
                arguments(
                        "an offset that is none",
                        placed(
                                "ce_weftreason", "expired",
                                "ce_weftjob", "shop",
                                "ce_wefttopic", "orders",
                                "ce_weftpartition", "3",
                                "ce_weftoffset", "many")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noBuriedEvents")
    void isInNothingElse(String what, WireRecord record) {
        assertThat(BuriedEvent.in(event(record))).as(what).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weftreason", "weftjob", "wefttopic", "weftpartition", "weftoffset"})
    void isInNoDeadLetterThatLacksThis(String attribute) {
        MeshEvent letter = letter(placed(), DELIVERY);

        MeshEvent less = EventDraft.of(letter).remove(attribute).finish();

        assertThat(BuriedEvent.in(less)).isNull();
    }

    private static WireRecord placed(String... headers) {
        return Records.order("{}", headers);
    }

    private static BuriedEvent buried(WireRecord wire, Map<String, String> delivery) {
        return Objects.requireNonNull(BuriedEvent.in(letter(wire, delivery)));
    }

    private static MeshEvent letter(WireRecord wire, Map<String, String> delivery) {
        return event(DeadLetter.of((MeshEvent) read(wire), Reason.DELIVERY_FAILED, "no", "bills", "shop", delivery));
    }
}
