package dev.weft.job.trial;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example job on real webhooks writes exactly what the plain matcher says, byte for byte. */
class RealInputIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path EXAMPLE = Path.of("..", "job-configs", "examples", "github.yaml");
    private static final String INPUT = "github.events";
    private static final int EVENTS = 329;

    @TempDir
    private static Path folder;

    private static QuietMesh mesh;
    private static MeshCounts counts;
    private static PlainMesh plain;
    private static Map<String, List<WireRecord>> written;

    @BeforeAll
    static void runTheExample() throws Exception {
        Optional<Path> file = GithubEvents.file();
        assumeTrue(file.isPresent(), "no shared/data/github-events.jsonl in any folder above: nothing to feed");
        mesh = QuietMesh.start(folder);
        JobConfig config = JobConfigReader.read(
                        "github.yaml", Files.readString(EXAMPLE), Map.of("KAFKA", mesh.bootstrapServers()))
                .orElseThrow();
        mesh.createTopics(
                4, config.channels().stream().map(channel -> channel.topic()).toList());
        Producers.sendAll(mesh.bootstrapServers(), GithubEvents.asOthersSendThem(file.get(), INPUT));
        TopicReader reader = TopicReader.committed(mesh.bootstrapServers());
        plain = PlainMesh.of(config, reader.readToEnd(INPUT));

        RunningJob job = mesh.run(config);
        String[] outputs = plain.written().keySet().toArray(String[]::new);
        reader.readAtLeast(plain.size(), PATIENCE, outputs);
        counts = job.awaitCounts(now -> now.received() >= EVENTS
                && now.delivered() + now.deadLettered() >= plain.size()
                && sum(now.matchedByRoute()) >= sum(plain.matched()));
        job.stopWithSavepoint();
        written = reader.readToEnd(outputs).stream()
                .collect(groupingBy(ConsumerRecord::topic, TreeMap::new, mapping(KafkaRecords::wire, toList())));
    }

    @AfterAll
    static void stop() throws Exception {
        if (mesh != null) {
            mesh.close();
        }
    }

    @Test
    void everyOutputHoldsTheEventsThePlainMatcherSaysInTheOrderOfTheirKeys() {
        assertThat(byTopicAndKey(written, RealInputIT::id)).isEqualTo(byTopicAndKey(plain.written(), RealInputIT::id));
    }

    @Test
    void everyByteIsWhatThePlainMatcherSays() {
        assertThat(byTopicAndKey(written, Function.identity()))
                .isEqualTo(byTopicAndKey(plain.written(), Function.identity()));
    }

    @Test
    void mostRoutesWantSomethingAndNoneWantsEverything() {
        assertThat(plain.matched()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(plain.matched().values()).filteredOn(count -> count > 0).hasSizeGreaterThanOrEqualTo(10);
        assertThat(plain.matched().values()).allMatch(count -> count < EVENTS);
    }

    @Test
    void theJobCountsWhatItDid() {
        assertThat(counts.received()).isEqualTo(EVENTS);
        assertThat(counts.matchedByRoute()).isEqualTo(plain.matched());
        assertThat(counts.delivered() + counts.deadLettered()).isEqualTo(plain.size());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Topics without records are left out, so that a topic nobody wrote to equals one that is not there. */
    private static <T> Map<String, Map<String, List<T>>> byTopicAndKey(
            Map<String, List<WireRecord>> topics, Function<WireRecord, T> shown) {
        Map<String, Map<String, List<T>>> grouped = new TreeMap<>();
        topics.forEach((topic, records) -> {
            if (!records.isEmpty()) {
                grouped.put(
                        topic,
                        records.stream().collect(groupingBy(RealInputIT::key, TreeMap::new, mapping(shown, toList()))));
            }
        });
        return grouped;
    }

    private static String key(WireRecord record) {
        byte[] key = record.key();
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private static String id(WireRecord record) {
        return new EventReader(Integer.MAX_VALUE).read(Origin.NONE, record) instanceof MeshEvent event
                ? event.getId()
                : "not an event";
    }
}
