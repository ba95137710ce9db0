package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import dev.weft.event.WireRecord;
import dev.weft.job.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlEventTest {

    private static final RulesText RULES =
            new RulesText("shop.yaml", "a: ${KAFKA} \"quoted\"\nb: \u00e9", new TreeMap<>(Map.of("KAFKA", "k:9")));

    static Stream<ControlEvent> aRecordSaysWhatItWasMadeOf() {
        RuleVersion version = new RuleVersion(7, "id-7", "me@here", RULES);
        return Stream.of(
                new ControlEvent.Proposed("shop", "first", version, "digest"),
                new ControlEvent.Seeded("shop", "first", RuleVersion.ofStart(1, RULES)),
                new ControlEvent.Started("shop", "first", 7, 2, 3, RULES),
                new ControlEvent.Applied("shop", "first", 7, "id-7", 1, 2, 3, 10_000),
                new ControlEvent.Refused("shop", "first", 7, "id-7", 6, 1, 2, List.of("one", "two")),
                new ControlEvent.Pausing("shop", "first", "id-8", Shops.pause(Part.Kind.TARGET, "billing"), false),
                new ControlEvent.Pausing("shop", "first", "id-9", Shops.pause(Part.Kind.ROUTE, "all"), true),
                new ControlEvent.Holding("shop", "first", 1L << 40, 1, 2, 3, Pauses.NONE),
                new ControlEvent.Holding(
                        "shop",
                        "first",
                        7,
                        1,
                        2,
                        3,
                        new Pauses(List.of(
                                Shops.pause(Part.Kind.TARGET, "billing"), Shops.pause(Part.Kind.ROUTE, "all")))));
    }

    @ParameterizedTest
    @MethodSource
    void aRecordSaysWhatItWasMadeOf(ControlEvent event) {
        assertThat(ControlEvent.from(read(event.toRecord()))).contains(event);
        assertThat(ControlEvent.isType(event.type())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{",
                "{\"job\":\"shop\",\"lineage\":\"l\",\"version\":2.5,\"author\":\"a\",\"file\":\"f\",\"text\":\"t\","
                        + "\"variables\":{},\"follows\":\"d\"}",
                "{\"job\":\"shop\",\"lineage\":\"l\",\"version\":-2,\"author\":\"a\",\"file\":\"f\",\"text\":\"t\","
                        + "\"variables\":{},\"follows\":\"d\"}",
                "{\"job\":\"shop\",\"lineage\":\"l\",\"version\":2,\"author\":\"a\",\"file\":\"f\",\"text\":null,"
                        + "\"variables\":{},\"follows\":\"d\"}",
                "{\"job\":\"shop\",\"lineage\":\"l\",\"version\":2,\"author\":\"a\",\"file\":\"f\",\"text\":\"t\","
                        + "\"variables\":{\"A\":1},\"follows\":\"d\"}"
            })
    void whatHasNotTheFormSaysNothing(String payload) {
        assertThat(ControlEvent.from(read(Wire.event("1", ControlEvent.Proposed.TYPE, payload))))
                .isEmpty();
    }

    @Test
    void anotherTypeOfEventSaysNothing() {
        assertThat(ControlEvent.from(read(Wire.event("1", "order.placed", "{}"))))
                .isEmpty();
    }

    /** Compaction keeps the newest record of a key. */
    @Test
    void everyProposalHasAKeyOfItsOwn() {
        RuleVersion one = new RuleVersion(7, "id-a", "me", RULES);
        RuleVersion other = new RuleVersion(7, "id-b", "you", RULES);

        assertThat(key(new ControlEvent.Proposed("shop", "first", one, "d")))
                .isNotEqualTo(key(new ControlEvent.Proposed("shop", "first", other, "d")));
    }

    /** So that compaction keeps the last word about each part. */
    @Test
    void aPauseAndItsEndHaveOneKey() {
        Pause pause = Shops.pause(Part.Kind.ROUTE, "all");

        assertThat(key(new ControlEvent.Pausing("shop", "first", "a", pause, false)))
                .isEqualTo(key(new ControlEvent.Pausing("shop", "first", "b", pause, true)))
                .isNotEqualTo(key(
                        new ControlEvent.Pausing("shop", "first", "a", Shops.pause(Part.Kind.TARGET, "all"), false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"job\":\"shop\",\"lineage\":\"l\",\"author\":\"a\",\"at\":\"t\",\"why\":\"\"}",
                "{\"job\":\"shop\",\"lineage\":\"l\",\"route\":1,\"author\":\"a\",\"at\":\"t\",\"why\":\"\"}",
                "{\"job\":\"shop\",\"lineage\":\"l\",\"route\":\"r\",\"author\":\"a\",\"at\":\"t\"}"
            })
    void aPauseWithoutItsFormSaysNothing(String payload) {
        assertThat(ControlEvent.from(read(Wire.event("1", ControlEvent.Pausing.PAUSED, payload))))
                .isEmpty();
    }

    private static String key(ControlEvent event) {
        return new String(Objects.requireNonNull(event.toRecord().key()), StandardCharsets.UTF_8);
    }

    private static MeshEvent read(WireRecord record) {
        return (MeshEvent) Wire.readFrom("shop.control", record);
    }
}
