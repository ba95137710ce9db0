package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Wire;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.Part;
import dev.weft.job.rules.Shops;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real cluster whose TaskManager is killed, what waited for a paused route is delivered once and in order. */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class PauseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SUBTASKS = 2;
    private static final int PARTITIONS = 2;
    private static final int EVENTS = 2_000;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void whatWaitsForAPausedRouteSurvivesAKill() throws Exception {
        try (ClusterMesh mesh = ClusterMesh.start(folder)) {
            mesh.createTopics(PARTITIONS, "shop.in");
            mesh.createTopics(1, "shop.out", "shop.other", "shop.dead");
            mesh.createTopics(1, "shop.rules");
            RunningJob job = mesh.submit(config(mesh.bootstrapServers()), SUBTASKS, Optional.empty());
            ControlLog control = new ControlLog(mesh.bootstrapServers(), "shop.rules");
            String lineage = control.awaitStarted().lineage();

            control.say(Shops.pausing(lineage, Part.Kind.ROUTE, "all", false));
            awaitHolding(control, 1);
            send(mesh.bootstrapServers(), 0, EVENTS / 2);
            TopicReader reader = TopicReader.committed(mesh.bootstrapServers());
            reader.readAtLeast(EVENTS / 2, PATIENCE, "shop.other");
            mesh.killTaskManager();
            send(mesh.bootstrapServers(), EVENTS / 2, EVENTS);
            reader.readAtLeast(EVENTS, PATIENCE, "shop.other");
            assertThat(reader.readToEnd("shop.out")).isEmpty();

            control.say(Shops.pausing(lineage, Part.Kind.ROUTE, "all", true));
            reader.readAtLeast(EVENTS, PATIENCE, "shop.out");
            job.stopWithSavepoint();

            assertThat(numbers(reader.readToEnd("shop.out"))).isEqualTo(numbers(reader.readToEnd("shop.in")));
            assertThat(reader.readToEnd("shop.other")).hasSize(EVENTS);
            assertThat(reader.readToEnd("shop.dead")).isEmpty();
        }
    }

    /** Waits until every subtask says that so many parts stand still. */
    private static void awaitHolding(ControlLog control, int parts) {
        control.await(said -> said.stream()
                        .filter(ControlEvent.Holding.class::isInstance)
                        .map(ControlEvent.Holding.class::cast)
                        .filter(holding -> holding.pauses().all().size() == parts)
                        .map(ControlEvent.Holding::subtask)
                        .distinct()
                        .count()
                == SUBTASKS);
    }

    private static void send(String bootstrapServers, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ProducerRecord<byte[], byte[]> record =
                    KafkaRecords.toTopic("shop.in", Wire.event(Integer.toString(i), "order", "{}"));
            records.add(
                    new ProducerRecord<>("shop.in", i % PARTITIONS, record.key(), record.value(), record.headers()));
        }
        Producers.sendAll(bootstrapServers, records);
    }

    /** Returns the numbers of events by what is left of them when divided by the partitions: those have an order. */
    private static Map<Integer, List<Integer>> numbers(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<Integer, List<Integer>> numbers = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            int number = Integer.parseInt(new String(record.key(), StandardCharsets.UTF_8));
            numbers.computeIfAbsent(number % PARTITIONS, it -> new ArrayList<>())
                    .add(number);
        }
        return numbers;
    }

    private static String config(String bootstrapServers) {
        return Shops.from("shop", """
                kafka: { bootstrapServers: "%s", startFrom: earliest, discoverEvery: 5s }
                checkpoint: { every: 1s }
                channels:
                  in: { topic: shop.in }
                  out: { topic: shop.out }
                  other: { topic: shop.other }
                  dead: { topic: shop.dead }
                  rules: { topic: shop.rules }
                deadLetter: dead
                control: rules
                routes:
                  - { name: all, from: [in], to: [out] }
                  - { name: beside, from: [in], to: [other] }
                """.formatted(bootstrapServers)).text();
    }
}
