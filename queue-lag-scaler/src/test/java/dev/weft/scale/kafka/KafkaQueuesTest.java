package dev.weft.scale.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.lag.LagTracker;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import dev.weft.scale.lag.Sighting;
import dev.weft.scale.lag.StartPolicy;
import dev.weft.scale.lag.Tracked;
import dev.weft.scale.lag.TrackerState;
import dev.weft.testkit.Await;
import dev.weft.testkit.SilentServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaQueuesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static Broker broker;
    private static KafkaQueues queues;

    @BeforeAll
    static void begin() throws Exception {
        broker = new Broker(folder);
        queues = new KafkaQueues(Map.of("main", broker.client()), PATIENCE, InstantSource.system());
    }

    @AfterAll
    static void end() {
        queues.close();
        broker.close();
    }

    @Test
    void offsetsAreTheLogsAndTheGroups() throws Exception {
        TopicPartition partition = broker.topic("plain");
        broker.write(partition, 7);
        assertThat(offsets(partition).committed()).as("a group nobody knows").isEmpty();

        broker.commitOffset("group", partition, 4);

        Offsets offsets = offsets(partition);
        assertThat(offsets.logStart()).isZero();
        assertThat(offsets.stableEnd()).isEqualTo(7);
        assertThat(offsets.highWatermark()).isEqualTo(7);
        assertThat(offsets.committed()).hasValue(4);
    }

    @Test
    void aTransactionalTopicReachesLagZero() throws Exception {
        TopicPartition partition = broker.topic("transactional");
        try (var producer = broker.transactions("lag-zero")) {
            producer.beginTransaction();
            producer.send(Broker.record(partition, "a"));
            producer.send(Broker.record(partition, "b"));
            producer.commitTransaction();
        }
        Await.until("the end to be stable", BOUND, () -> offsets(partition).stableEnd() == 3);
        broker.commitOffset("group", partition, 1);
        Looker looker = new Looker(partition);
        assertThat(looker.lag()).isGreaterThan(0);

        broker.commitOffset("group", partition, 2);

        Await.until("lag to be 0", BOUND, () -> looker.lag() == 0);
    }

    @Test
    void openTransactionsAreBehindTheStableEnd() throws Exception {
        TopicPartition partition = broker.topic("open");
        try (var producer = broker.transactions("open")) {
            producer.beginTransaction();
            producer.send(Broker.record(partition, "a")).get();
            assertThat(offsets(partition).stableEnd()).isZero();
            assertThat(offsets(partition).highWatermark()).isEqualTo(1);
            producer.commitTransaction();
        }
        Await.until("the end to be stable", BOUND, () -> offsets(partition).stableEnd() == 2);
    }

    @Test
    void thereIsNothingInAnAbortedTransaction() throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        TopicPartition partition = broker.topic("aborted");
        broker.write(partition, 1);
        try (var producer = broker.transactions("aborted")) {
            producer.beginTransaction();
            producer.send(Broker.record(partition, "a")).get();
            producer.send(Broker.record(partition, "b")).get();
            producer.abortTransaction();
        }
        Await.until("the end to be stable", BOUND, () -> offsets(partition).stableEnd() == 4);

        assertThat(queues.probe("main", partition, 1, 4)).isEqualTo(new Probed.Nothing(1, 4));
        assertThat(queues.probe("main", partition, 0, 4)).isInstanceOfSatisfying(Probed.Found.class, found -> {
            assertThat(found.offset()).isZero();
            assertThat(found.written()).isBetween(before, Instant.now());
        });
    }

    @Test
    void theNextRecordIsFoundBehindWhatWasCompactedAway() throws Exception {
        var everywhere = new ConfigResource(ConfigResource.Type.BROKER, "");
        var soon = new AlterConfigOp(new ConfigEntry("log.cleaner.backoff.ms", "50"), AlterConfigOp.OpType.SET);
        broker.admin()
                .incrementalAlterConfigs(Map.of(everywhere, List.of(soon)))
                .all()
                .get();
        TopicPartition partition = broker.topic(
                "compacted",
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "segment.bytes",
                        "1048576",
                        "min.cleanable.dirty.ratio",
                        "0.01",
                        "segment.ms",
                        "100"));
        broker.write(partition, 10);
        broker.write(partition, 10);

        Await.until("keys to be compacted", BOUND, () -> {
            broker.write(partition, 1);
            return queues.probe("main", partition, 0, 20) instanceof Probed.Found found && found.offset() >= 11;
        });
    }

    @Test
    void aTopicThatIsGoneIsUnknownAndOneMadeAgainIsAnother() throws Exception {
        TopicPartition partition = broker.topic("again");
        broker.write(partition, 3);
        var catalog = new TopicCatalog(Duration.ZERO);
        String first = id(catalog, "again");

        broker.admin().deleteTopics(Set.of("again")).all().get();
        Reading<TopicCatalog.Topic> gone =
                new Reading.Unknown<>("the cluster says: This server does not host this topic-partition.");
        Await.until("the topic to be gone", BOUND, () -> topic(catalog, "again").equals(gone));

        broker.topic("again");
        assertThat(id(catalog, "again")).isNotEqualTo(first);
    }

    @Test
    void aQueueThatCannotBeReadKeepsNoOtherFromBeingRead() throws Exception {
        TopicPartition partition = broker.topic("good");
        QueueRef good = queue("good");
        QueueRef none = queue("none");
        QueueRef seventh = new QueueRef("main", "group", new TreeSet<>(Set.of("good")), Set.of(7));
        QueueRef elsewhere = new QueueRef("elsewhere", "group", new TreeSet<>(Set.of("good")), Set.of());

        var read = queues.read(Set.of(good, none, seventh, elsewhere));

        assertThat(of(read, good).value().orElseThrow().partitions()).containsOnlyKeys(partition);
        assertThat(reason(of(read, none))).startsWith("topic none: Kafka cluster main says: ");
        assertThat(reason(of(read, seventh))).isEqualTo("topic good: found 1 partitions, expected one of number 7");
        assertThat(reason(of(read, elsewhere))).isEqualTo("found Kafka cluster elsewhere, expected one of [main]");
    }

    @Test
    void partitionsThatComeLaterAreNoticed() throws Exception {
        broker.topic("growing");
        var catalog = new TopicCatalog(Duration.ZERO);
        assertThat(topic(catalog, "growing").value().orElseThrow().partitions()).hasSize(1);

        broker.admin()
                .createPartitions(Map.of("growing", NewPartitions.increaseTo(3)))
                .all()
                .get();

        Await.until(
                "three partitions",
                BOUND,
                () -> topic(catalog, "growing")
                        .value()
                        .filter(topic -> topic.partitions().size() == 3)
                        .isPresent());
    }

    @Test
    void aTruncatedLogBeginsLater() throws Exception {
        TopicPartition partition = broker.topic("truncated");
        broker.write(partition, 10);
        broker.truncate(partition, 6);
        assertThat(offsets(partition).logStart()).isEqualTo(6);
        assertThat(queues.probe("main", partition, 2, 10)).as("before the log").isInstanceOf(Probed.Unclear.class);
        assertThat(queues.probe("main", partition, 6, 10)).isInstanceOf(Probed.Found.class);
    }

    @Test
    void offsetsOfATimeAreThoseOfRecordsNotOlderOrTheEnd() throws Exception {
        TopicPartition partition = broker.topic("timed");
        broker.write(partition, 4);
        var all = queues.offsetsFor("main", Set.of(partition), Instant.now().minusSeconds(600));
        var none = queues.offsetsFor("main", Set.of(partition), Instant.now().plusSeconds(600));
        assertThat(all).isEqualTo(new Reading.Known<>(Map.of(partition, 0L)));
        assertThat(none).isEqualTo(new Reading.Known<>(Map.of(partition, 4L)));
    }

    @Test
    void manyQueuesOfManyGroupsAreReadAtOnce() throws Exception {
        Map<QueueRef, Long> expected = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            TopicPartition partition = broker.topic("many-" + i);
            broker.commitOffset("group-" + i, partition, 0);
            expected.put(new QueueRef("main", "group-" + i, new TreeSet<>(Set.of("many-" + i)), Set.of()), 0L);
        }
        var read = queues.read(expected.keySet());
        assertThat(read)
                .hasSize(20)
                .allSatisfy((queue, reading) -> assertThat(
                                reading.value().orElseThrow().partitions().values())
                        .allSatisfy(each -> assertThat(each.committed()).hasValue(0)));
    }

    @Test
    void probesOfManyThreadsAreAnsweredEachForItself() throws Exception {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            partitions.add(broker.topic("tail-" + i));
            broker.write(partitions.get(i), i + 1);
        }
        var threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Probed>> probes = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int which = i % 8;
                probes.add(() -> queues.probe("main", partitions.get(which), which, which + 1));
            }
            List<Future<Probed>> answers = threads.invokeAll(probes);
            for (int i = 0; i < 64; i++) {
                int which = i % 8;
                assertThat(answers.get(i).get())
                        .isInstanceOfSatisfying(
                                Probed.Found.class,
                                found -> assertThat(found.offset()).isEqualTo(which));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aQuestionThatNobodyCanAskKeepsNoOtherFromItsAnswer() throws Exception {
        TopicPartition partition = broker.topic("asked-wrong");
        broker.write(partition, 1);

        assertThat(queues.probe("main", partition, -5, 1)).isInstanceOf(Probed.Unclear.class);

        assertThat(queues.probe("main", partition, 0, 1)).isInstanceOf(Probed.Found.class);
    }

    @Test
    void aBrokerThatNeverAnswersIsWaitedForNoLongerThanPatience() throws Exception {
        try (var silent = new SilentServer();
                var unanswered = new KafkaQueues(
                        Map.of("main", Broker.clientOf(silent.address())),
                        Duration.ofMillis(400),
                        InstantSource.system())) {
            Instant began = Instant.now();
            var partition = new TopicPartition("orders", 0);
            String silence = "Kafka cluster main did not answer within 400 ms";

            assertThat(reason(of(unanswered.read(Set.of(queue("orders"))), queue("orders"))))
                    .isEqualTo("topic orders: " + silence);
            assertThat(unanswered.offsetsFor("main", Set.of(partition), Instant.EPOCH))
                    .isEqualTo(new Reading.Unknown<>(silence));
            assertThat(unanswered.probe("main", partition, 0, 1)).isEqualTo(new Probed.Unclear(silence));
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aClusterNobodyCanResolveIsUnknown() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "no-such-host.invalid:9092");
        try (var unknown = new KafkaQueues(Map.of("main", nowhere), PATIENCE, InstantSource.system())) {
            assertThat(reason(of(unknown.read(Set.of(queue("orders"))), queue("orders"))))
                    .startsWith("Kafka cluster main cannot be asked: ");
        }
    }

    private static QueueRef queue(String topic) {
        return new QueueRef("main", "group", new TreeSet<>(Set.of(topic)), Set.of());
    }

    private static Offsets offsets(TopicPartition partition) {
        return of(snapshot(partition.topic()).partitions(), partition);
    }

    private static QueueSnapshot snapshot(String topic) {
        Reading<QueueSnapshot> reading = of(queues.read(Set.of(queue(topic))), queue(topic));
        return reading.value().orElseThrow(() -> new AssertionError(reading));
    }

    private static <K, V> V of(Map<K, V> values, K key) {
        return Objects.requireNonNull(values.get(key));
    }

    private static String reason(Reading<?> reading) {
        return ((Reading.Unknown<?>) reading).reason();
    }

    private static Reading<TopicCatalog.Topic> topic(TopicCatalog catalog, String name) {
        return of(catalog.topics(broker.admin(), Set.of(name), new Deadline("the cluster", PATIENCE)), name);
    }

    private static String id(TopicCatalog catalog, String name) {
        return topic(catalog, name).value().orElseThrow().id();
    }

    /** Looks at a queue as the scaler does. */
    private static final class Looker {
        private final TopicPartition partition;
        private final LagTracker tracker = new LagTracker(new StartPolicy.Earliest(), Duration.ofSeconds(1));
        private TrackerState state = TrackerState.empty();
        private final Map<TopicPartition, Probed> probes = new HashMap<>();

        Looker(TopicPartition partition) {
            this.partition = partition;
        }

        double lag() {
            QueueSnapshot snapshot = snapshot(partition.topic());
            Tracked seen =
                    tracker.track(state, new Sighting(Instant.now(), snapshot, Optional.empty(), probes, Map.of()));
            state = seen.state();
            probes.clear();
            seen.probes()
                    .forEach(each -> probes.put(
                            each.partition(), queues.probe("main", each.partition(), each.from(), each.end())));
            return seen.observation().lag();
        }
    }
}
