package dev.weft.scale.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.Reading;
import dev.weft.testkit.Await;
import dev.weft.testkit.cluster.BrokerProcess;
import dev.weft.testkit.kafka.Producers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker is killed and comes back; the scaler stays. */
class BrokerOutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final QueueRef QUEUE = new QueueRef("main", "group", new TreeSet<>(Set.of("orders")), Set.of());
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    @TempDir
    private Path folder;

    @Test
    void whatIsUnknownDuringAnOutageIsKnownAgainAfterIt() throws Exception {
        try (var broker = BrokerProcess.start(folder)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            broker.createTopics("orders");
            Producers.sendAll(broker.bootstrapServers(), List.of(new ProducerRecord<>("orders", bytes("a"))));
            try (var queues = new KafkaQueues(Map.of("main", client), PATIENCE, InstantSource.system());
                    var memories = new StateTopic(client, "state", Optional.empty(), PATIENCE)) {
                Await.until("an empty topic", BOUND, () -> loaded(memories).equals(Optional.of(Set.of())));
                Await.until("offsets", BOUND, () -> read(queues).value().isPresent());
                Await.until("a record", BOUND, () -> queues.probe("main", PARTITION, 0, 1) instanceof Probed.Found);

                broker.kill();
                assertThat(read(queues)).isInstanceOf(Reading.Unknown.class);
                assertThat(queues.probe("main", PARTITION, 0, 1)).isInstanceOf(Probed.Unclear.class);
                memories.keep("shop/orders", bytes("remembered"));

                broker.startAgain();
                Await.until("offsets", BOUND, () -> read(queues).value().isPresent());
                Await.until("a record", BOUND, () -> queues.probe("main", PARTITION, 0, 1) instanceof Probed.Found);
                Await.until(
                        "what was kept meanwhile",
                        BOUND,
                        () -> loaded(memories).equals(Optional.of(Set.of("shop/orders"))));
            }
        }
    }

    private static Reading<QueueSnapshot> read(KafkaQueues queues) {
        return Objects.requireNonNull(queues.read(Set.of(QUEUE)).get(QUEUE));
    }

    /** Returns what is kept, if the broker says it in time. */
    private static Optional<Set<String>> loaded(StateTopic memories) {
        try {
            return Optional.of(memories.load().keySet());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
