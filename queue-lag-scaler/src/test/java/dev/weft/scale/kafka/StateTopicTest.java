package dev.weft.scale.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Await;
import dev.weft.testkit.SilentServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTopicTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static Broker broker;

    @BeforeAll
    static void begin() throws Exception {
        broker = new Broker(folder);
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @Test
    void whatWasKeptLastIsLoadedFromATopicThatIsMadeIfMissing() throws Exception {
        try (var memories = topic("kept")) {
            assertThat(memories.load()).isEmpty();
            memories.keep("shop/orders", bytes("1"));
            memories.keep("shop/orders", bytes("2"));
            memories.keep("shop/bills", bytes("3"));
        }
        try (var memories = topic("kept")) {
            assertThat(loaded(memories)).isEqualTo(Map.of("shop/orders", "2", "shop/bills", "3"));
        }
    }

    @Test
    void whatIsKeptIsWrittenWhileTheScalerRuns() throws Exception {
        try (var memories = topic("running");
                var other = topic("running")) {
            memories.load();
            memories.keep("shop/orders", bytes("1"));
            Await.until("it to be written", PATIENCE, () -> !other.load().isEmpty());
        }
    }

    @Test
    void whatDidNotChangeIsNotWritten() throws Exception {
        try (var memories = topic("unchanged")) {
            memories.load();
            memories.keep("shop/orders", bytes("1"));
        }
        try (var memories = topic("unchanged")) {
            memories.load();
            memories.keep("shop/orders", bytes("2"));
            memories.keep("shop/orders", bytes("1"));
        }
        assertThat(end("unchanged")).isEqualTo(1);
    }

    @Test
    void aTopicThatForgetsIsRefused() {
        broker.topic("forgetful", Map.of("cleanup.policy", "delete"));
        try (var memories = topic("forgetful")) {
            assertThatThrownBy(memories::load)
                    .hasMessage("topic forgetful: found cleanup.policy delete, expected compact;"
                            + " it would forget what it keeps");
        }
    }

    @Test
    void aClusterThatDoesNotAnswerHoldsUpNobody() throws Exception {
        try (var silent = new SilentServer();
                var memories = unanswered(silent)) {
            memories.keep("shop/orders", bytes("1"));
            assertThatThrownBy(memories::load)
                    .hasMessageStartingWith("topic state: its Kafka cluster did not answer within");
        }
    }

    @Test
    void whatCouldNotBeWrittenIsCountedAndWaitedForOnceAndNotForEach() throws Exception {
        int many = 300;
        try (var silent = new SilentServer();
                var memories = unanswered(silent)) {
            for (int i = 0; i < many; i++) {
                memories.keep("shop/orders-" + i, bytes("1"));
            }

            Await.until("all to have failed", PATIENCE, () -> memories.failed() >= many);
        }
    }

    private static StateTopic topic(String name) {
        return new StateTopic(broker.client(), name, Optional.empty(), PATIENCE);
    }

    private static StateTopic unanswered(SilentServer silent) {
        return new StateTopic(Broker.clientOf(silent.address()), "state", Optional.empty(), Duration.ofMillis(300));
    }

    private static long end(String topic) throws Exception {
        var partition = new TopicPartition(topic, 0);
        return broker.admin()
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private static Map<String, String> loaded(StateTopic memories) throws Exception {
        Map<String, String> texts = new HashMap<>();
        memories.load().forEach((name, memory) -> texts.put(name, new String(memory, StandardCharsets.UTF_8)));
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
