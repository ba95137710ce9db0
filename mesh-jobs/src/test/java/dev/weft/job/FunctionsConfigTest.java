package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Problem;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionsConfigTest {

    private static final String SHOP = """
            channels:
              orders: { topic: shop.orders }
              receipts: { topic: shop.receipts }
              dead: { topic: shop.dead }
            deadLetter: dead
            functions:
              - { class: com.shop.Cart, terms: { timeout: 2s, maxBatch: 10, retry: { maxAttempts: 3, base: 20s } } }
              - discover: true
              - endpoint: { functions: shop.remote/*, url: "http://fns:8000/statefun" }
            ingress:
              - { name: carts, from: [orders], to: [shop/cart], id: data.cartId }
            egress: { shop/receipts: receipts }
            """;

    /** With places for what the pattern reads and what the ingress reads. */
    private static final String PATTERN = """
            channels:
              orders: { topic: shop.orders }
              receipts: { topic: shop.receipts }
              alerts: { topic: shop.alerts }
              dead: { topic: shop.dead }
            deadLetter: dead
            patterns:
              - id: twice
                from: [%s]
                to: [alerts]
                partitionBy: [subject]
                within: 1h
                sequence: [{ step: one, where: { type: [a] } }, { step: other, where: { type: [b] } }]
                emit: { type: shop.twice }
            functions: [{ class: com.shop.Guard }]
            ingress: [{ name: alarms, from: [%s], to: [shop/guard], id: subject }]
            egress: { shop/receipts: receipts }
            """;

    @Test
    void functionsAloneMakeAJob() {
        JobConfig job = Jobs.named("shop", SHOP);

        assertThat(job.routes()).isEmpty();
        assertThat(job.sources()).extracting(ChannelConfig::name).containsExactly("orders");
        assertThat(job.outputs()).extracting(ChannelConfig::name).containsExactly("receipts");
        assertThat(job.functions().egress()).isEqualTo(Map.of(FunctionType.parse("shop/receipts"), "receipts"));
        assertThat(job.functions().providers())
                .extracting(provider -> provider.getClass().getSimpleName())
                .containsExactly("OfClass", "Discovered", "Remote");
        FunctionTerms usual = FunctionTerms.USUAL;
        assertThat(job.functions().providers().get(0).terms())
                .isEqualTo(new FunctionTerms(
                        10,
                        usual.concurrency(),
                        Duration.ofSeconds(2),
                        3,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        usual.maxValueBytes(),
                        usual.maxValuesBytes()));
    }

    @Test
    void anIngressMayReadWhatAPatternWrites() {
        JobConfig job = Jobs.named("shop", PATTERN.formatted("orders", "alerts"));

        assertThat(job.sources()).extracting(ChannelConfig::name).containsExactly("orders", "alerts");
        assertThat(job.outputs()).extracting(ChannelConfig::name).containsExactly("receipts", "alerts");
        assertThat(job.functions().ingress()).extracting(Ingress::from).containsExactly(List.of("alerts"));
    }

    @Test
    void aPatternMayNotLeadFromAFunctionBackToIt() {
        assertThat(JobConfigReader.read(
                                "test.yaml", Jobs.text("shop", PATTERN.formatted("receipts", "alerts")), Map.of())
                        .problems())
                .extracting(Problem::message)
                .containsExactly("test.yaml:22:28: $.spec.egress['shop/receipts']: found \"receipts\", which closes the"
                        + " circle twice > alerts > alarms > receipts > twice, expected a channel that does not lead"
                        + " back: an event would circle for ever");
    }

    @Test
    void whatJarsHoldIsAskedOnlyWhereSomeoneLooks() {
        FunctionTypes jars = new FunctionTypes() {
            @Override
            public Found ofClass(String name) {
                return new Found(Set.of(FunctionType.parse("shop/card")), null);
            }

            @Override
            public Found discovered() {
                return new Found(Set.of(FunctionType.parse("shop/card")), null);
            }
        };

        assertThat(JobConfigReader.read("test.yaml", Jobs.text("shop", SHOP), Map.of(), jars)
                        .problems())
                .extracting(Problem::message)
                .containsExactly(
                        "test.yaml:13:17: $.spec.functions[1].discover: found the boolean true, which holds function shop/card,"
                                + " expected one provider for each type: that on line 12 has it too",
                        "test.yaml:16:43: $.spec.ingress[0].to[0]: found the function \"shop/cart\", which nothing"
                                + " provides, expected one of shop/card, shop.remote/*. Did you mean \"shop/card\"?");
    }

    @Test
    void aClassThatCannotBeHadIsTold() {
        FunctionTypes none = new FunctionTypes() {
            @Override
            public Found ofClass(String name) {
                return new Found(Set.of(), "which is in none of the jars");
            }

            @Override
            public Found discovered() {
                return new Found(Set.of(FunctionType.parse("shop/cart")), null);
            }
        };

        List<Problem> problems = JobConfigReader.read("test.yaml", Jobs.text("shop", SHOP), Map.of(), none)
                .problems();

        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly(
                        "test.yaml:12:16: $.spec.functions[0].class: found \"com.shop.Cart\", which is in none of the"
                                + " jars, expected a class of the jars that holds functions");
    }
}
