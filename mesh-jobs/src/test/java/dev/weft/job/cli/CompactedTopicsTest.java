package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.NamedFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactedTopicsTest {

    private static final String FLOW = """
            document: { dsl: 1.0.3, namespace: shop, name: order, version: 1.0.0 }
            do: [ { nap: { wait: PT1S } } ]
            """;

    @Test
    void rulesAndInstancesMustNotExpire() {
        CompactedTopics topics = CompactedTopics.of(shop());

        assertThat(topics.warnings(Map.of("shop.control", "delete", "shop.instances", "compact,delete")))
                .containsExactly(
                        "topic shop.control of the control channel forgets versions of the rules:"
                                + " its cleanup.policy is delete, not compact",
                        "topic shop.instances of spec.workflows.instances forgets instances that wait for long:"
                                + " its cleanup.policy is compact,delete, not compact");
    }

    @Test
    void nothingIsSaidOfTopicsThatAreAsTheyShouldBe() {
        CompactedTopics topics = CompactedTopics.of(shop());

        assertThat(topics.warnings(Map.of("shop.control", "compact", "shop.instances", "compact")))
                .isEmpty();
    }

    @Test
    void topicsAreMadeAsTheyShouldBe() {
        CompactedTopics topics = CompactedTopics.of(shop());

        assertThat(topics.settings("shop.control"))
                .isEqualTo(Map.of("cleanup.policy", "compact", "max.message.bytes", "4194304"));
        assertThat(topics.settings("shop.instances")).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(topics.settings("shop.orders")).isEmpty();
    }

    private static JobConfig shop() {
        String config = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: shop }
                spec:
                  kafka: { bootstrapServers: "localhost:9092" }
                  control: control
                  channels:
                    orders: { topic: shop.orders }
                    audit: { topic: shop.audit }
                    control: { topic: shop.control }
                    instances: { topic: shop.instances }
                    dead: { topic: shop.dead }
                  deadLetter: dead
                  routes:
                    - { name: audit, from: [orders], to: [audit] }
                  workflows:
                    definitions: [ { file: flow.yaml } ]
                    instances: instances
                """;
        return JobConfigReader.read("shop.yaml", config, Map.of(NamedFiles.variable("flow.yaml"), FLOW))
                .orElseThrow();
    }
}
