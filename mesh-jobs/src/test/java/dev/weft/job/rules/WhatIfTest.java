package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.Wire;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final String ALL = "- { name: all, from: [orders], to: [out] }";
    private static final String LARGE =
            "- { name: large, from: [orders], where: { data: { amount: [{ numeric: [\">=\", %d] }] } }, to: [big] }";

    @Test
    void rulesThatSayTheSameDifferInNothing() {
        WhatIf.Report report = tried(Shops.withAll(), Shops.with("- { to: [out], name: all, from: [orders] }"));

        assertThat(report).isEqualTo(new WhatIf.Report(3, 0, sorted(), sorted(), Set.of()));
    }

    @Test
    void aRouteThatWantsMoreSaysWhichEvents() {
        WhatIf.Report report = tried(Shops.with(ALL, LARGE.formatted(100)), Shops.with(ALL, LARGE.formatted(10)));

        assertThat(report.events()).isEqualTo(3);
        assertThat(report.different()).isEqualTo(1);
        assertThat(report.routes()).isEqualTo(Map.of("large", new WhatIf.Tally(1, 0, 0, List.of("2"))));
        assertThat(report.channels()).isEqualTo(Map.of("big", new WhatIf.Tally(1, 0, 0, List.of("2"))));
    }

    @Test
    void aRouteThatIsGoneWantsFewer() {
        WhatIf.Report report = tried(Shops.with(ALL, LARGE.formatted(10)), Shops.withAll());

        assertThat(report.routes()).isEqualTo(Map.of("large", new WhatIf.Tally(0, 2, 0, List.of("2", "3"))));
    }

    @Test
    void anEventInAnotherFormIsChanged() {
        WhatIf.Report report = tried(Shops.withAll(), Shops.stamping("draft"));

        assertThat(report.routes()).isEmpty();
        assertThat(report.channels()).isEqualTo(Map.of("out", new WhatIf.Tally(0, 0, 3, List.of("1", "2", "3"))));
    }

    @Test
    void whatARouteWouldRememberIsNotTried() {
        RulesText remembering = Shops.with(
                "- { name: first, from: [orders], steps: [{ firstPerWindow: { by: type, window: 1h } }], to: [out] }");

        assertThat(tried(Shops.withAll(), remembering).remembering()).containsExactly("first");
    }

    private static SortedMap<String, WhatIf.Tally> sorted() {
        return Collections.emptySortedMap();
    }

    private static WhatIf.Report tried(RulesText now, RulesText draft) {
        WhatIf whatIf = new WhatIf(now.read().orElseThrow(), draft.read().orElseThrow());
        int[] amounts = {5, 50, 500};
        for (int i = 0; i < amounts.length; i++) {
            whatIf.add(Wire.readFrom(
                    "shop.orders", Wire.event("" + (i + 1), "order", "{\"amount\":%d}".formatted(amounts[i]))));
        }
        return whatIf.report();
    }
}
