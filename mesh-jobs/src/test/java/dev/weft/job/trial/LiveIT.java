package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a job while it runs. */
class LiveIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static QuietMesh mesh;

    @BeforeAll
    static void start() throws Exception {
        mesh = QuietMesh.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (mesh != null) {
            mesh.close();
        }
    }

    @Test
    void aTopicOfAPatternIsReadAlthoughItIsMadeLater() throws Exception {
        mesh.createTopics(1, "logs.first", "other.topic", "found.out", "found.dead");
        RunningJob job = run("found", """
                checkpoint: { every: 500ms }
                channels:
                  logs: { topicPattern: 'logs\\..*' }
                  out: { topic: found.out }
                  dead: { topic: found.dead }
                deadLetter: dead
                routes: [{ name: all, from: [logs], to: [out] }]
                """);
        send("logs.first", Wire.event("1", "line", "{}"));
        send("other.topic", Wire.event("not of the pattern", "line", "{}"));
        read("found.out", 1);

        mesh.createTopics(1, "logs.later");
        send("logs.later", Wire.event("2", "line", "{}"));

        assertThat(read("found.out", 2)).containsExactlyInAnyOrder("1", "2");
        job.stopWithSavepoint();
    }

    @Test
    void atLeastOnceDeliversWithoutWaitingForACheckpoint() throws Exception {
        mesh.createTopics(1, "quick.in", "quick.out", "quick.dead");
        RunningJob job = run("quick", """
                guarantee: at-least-once
                checkpoint: { every: 1h }
                channels: { in: { topic: quick.in }, out: { topic: quick.out }, dead: { topic: quick.dead } }
                deadLetter: dead
                routes: [{ name: all, from: [in], to: [out] }]
                """);

        send("quick.in", Wire.event("1", "order", "{}"), Wire.event("2", "order", "{}"));

        assertThat(read("quick.out", 2)).containsExactly("1", "2");
        job.stopWithSavepoint();
    }

    @Test
    void exactlyOnceShowsNothingBeforeACheckpointAndEverythingAfterIt() throws Exception {
        mesh.createTopics(1, "safe.in", "safe.out", "safe.dead");
        RunningJob job = run("safe", """
                guarantee: exactly-once
                checkpoint: { every: 5m }
                channels: { in: { topic: safe.in }, out: { topic: safe.out }, dead: { topic: safe.dead } }
                deadLetter: dead
                routes: [{ name: all, from: [in], to: [out] }]
                """);
        send("safe.in", Wire.event("1", "order", "{}"));
        TopicReader.uncommitted(mesh.bootstrapServers()).readAtLeast(1, PATIENCE, "safe.out");
        assertThat(TopicReader.committed(mesh.bootstrapServers()).readToEnd("safe.out"))
                .isEmpty();

        job.stopWithSavepoint();

        assertThat(read("safe.out", 1)).containsExactly("1");
    }

    @Test
    void severalTopicsAreReadByOneJobAndKeptApart() throws Exception {
        mesh.createTopics(1, "two.a", "two.b", "two.out.a", "two.out.b", "two.dead");
        RunningJob job = run("two", """
                checkpoint: { every: 500ms }
                channels:
                  a: { topic: two.a }
                  b: { topic: two.b }
                  out-a: { topic: two.out.a }
                  out-b: { topic: two.out.b, format: structured }
                  dead: { topic: two.dead }
                deadLetter: dead
                routes:
                  - { name: a, from: [a], to: [out-a] }
                  - { name: b, from: [b], to: [out-b] }
                """);

        send("two.a", Wire.event("of a", "order", "{}"));
        send("two.b", Wire.event("of b", "order", "{}"));

        assertThat(read("two.out.a", 1)).containsExactly("of a");
        assertThat(read("two.out.b", 1)).containsExactly("of b");
        job.stopWithSavepoint();
    }

    private static RunningJob run(String name, String spec) throws Exception {
        String kafka = "kafka: { bootstrapServers: \"%s\", startFrom: earliest, discoverEvery: 1s }\n"
                .formatted(mesh.bootstrapServers());
        return mesh.run(Jobs.named(name, kafka + spec));
    }

    private static void send(String topic, WireRecord... records) throws Exception {
        Producers.sendAll(
                mesh.bootstrapServers(),
                Stream.of(records)
                        .map(next -> KafkaRecords.toTopic(topic, next))
                        .toList());
    }

    /** Returns the keys, which are the ids of the events, once there are that many. */
    private static List<String> read(String topic, int count) {
        return TopicReader.committed(mesh.bootstrapServers()).readAtLeast(count, PATIENCE, topic).stream()
                .map(LiveIT::key)
                .toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> written) {
        return new String(written.key(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
