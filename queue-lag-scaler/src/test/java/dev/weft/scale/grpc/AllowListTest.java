package dev.weft.scale.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.control.Trigger.ScaledObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {

    @ParameterizedTest(name = "{0} allows {1}/{2}: {3}")
    @CsvSource({
        "shop/orders, shop, orders, true",
        "shop/orders, shop, orders2, false",
        "shop/*, shop, orders, true",
        "shop/*, shops, orders, false",
        "*/orders-*, pay, orders-eu, true",
        "*/orders-*, pay, orders, false",
        "*/a*b*c, x, abc, true",
        "*/a*b*c, x, a-b-b-c, true",
        "*/a*b*c, x, acb, false",
        "*/ab*ba, x, aba, false",
        "*/*, x, y, true"
    })
    void aStarStandsForAnyCharacters(String pattern, String namespace, String name, boolean allowed) {
        AllowList list = new AllowList(List.of(AllowList.Names.parse(pattern).orElseThrow()));

        assertThat(list.allows(new ScaledObjectKey(namespace, name))).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource({"shop", "shop/", "/orders", "a/b/c", "Shop/orders", "''"})
    void whatIsNoPatternIsRefused(String text) {
        assertThat(AllowList.Names.parse(text)).isEmpty();
    }

    @Test
    void everybodyMayAskIfNobodyIsNamed() {
        assertThat(new AllowList(List.of()).allows(new ScaledObjectKey("a", "b")))
                .isTrue();
    }
}
