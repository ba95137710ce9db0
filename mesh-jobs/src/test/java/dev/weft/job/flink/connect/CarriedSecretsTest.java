package dev.weft.job.flink.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.delivery.Target;
import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class CarriedSecretsTest {

    private static final String SHOP = """
            channels:
              orders: { topic: shop.orders }
              dead: { topic: shop.dead }
            deadLetter: dead
            targets:
              billing: { http: { url: "https://billing.shop/", auth: { bearer: { token: "${env:TOKEN}" } } } }
            routes:
              - { name: all, from: [orders], to: [billing] }
            """;

    @Test
    void whatEndpointsReferToTravelsWithThemAndNothingElse() throws Exception {
        JobConfig job = Jobs.named("shop", SHOP);
        Map<String, String> there = Map.of("TOKEN", "t-7", "UNUSED", "u-8");

        CarriedSecrets carried =
                InstantiationUtil.clone(CarriedSecrets.of(job.targets().stream().map(Target::http), there));

        assertThat(carried.environment()).containsEntry("TOKEN", "t-7").containsAllEntriesOf(System.getenv());
        assertThat(carried.environment()).doesNotContainKey("UNUSED");
        assertThat(carried.toString()).doesNotContain("t-7");
    }
}
