package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import dev.weft.job.rules.Shops;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed while its rules change and events keep coming, every event is decided
 * once, by one version, and never by an older one than the event before it.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class RuleChangesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 4;
    private static final int SUBTASKS = 2;
    private static final int PER_SECOND = 5_000;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void everyEventIsDecidedOnceWhileTheRulesChange() throws Exception {
        decidesAll(20_000, 20);
    }

    /** The same for longer: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void everyEventIsDecidedOnceHoweverOftenTheRulesChange() throws Exception {
        decidesAll(500_000, 500);
    }

    private void decidesAll(int events, int versions) throws Exception {
        long start = System.nanoTime();
        Shop shop = new Shop("live");
        try (ClusterMesh mesh = ClusterMesh.start(folder);
                Traffic traffic = Traffic.start(shop, mesh.bootstrapServers(), PER_SECOND)) {
            mesh.createTopics(PARTITIONS, "live.in", "live.out", "live.dead");
            mesh.createTopics(1, "live.rules");
            RulesText first = rules(1, mesh.bootstrapServers());
            RunningJob job = mesh.submit(first.text(), SUBTASKS, Optional.empty());
            ControlLog control = new ControlLog(mesh.bootstrapServers(), "live.rules");
            String lineage = control.awaitStarted().lineage();

            RulesText before = first;
            int each = events / versions;
            for (int version = 2; version <= versions; version++) {
                traffic.allow(Math.min(version, versions - 1) * each);
                traffic.awaitArrived((version - 1) * each);
                awaitDecided(version, mesh.bootstrapServers());
                RulesText next = rules(version, mesh.bootstrapServers());
                control.say(new ControlEvent.Proposed(
                        "live", lineage, new RuleVersion(version, "v" + version, "trial", next), before.digest()));
                before = next;
                if (version == 2) {
                    control.awaitApplied(version, SUBTASKS); // so that it decides what comes before the next
                }
                if (version == versions / 2) {
                    mesh.killTaskManager();
                }
            }
            control.awaitApplied(versions, SUBTASKS); // so that the last one decides something, too
            traffic.allow(events);
            traffic.awaitArrived(events);
            TopicReader.committed(mesh.bootstrapServers()).readAtLeast(events, PATIENCE, "live.out", "live.dead");
            List<ControlEvent> said = control.awaitApplied(versions, SUBTASKS);
            job.stopWithSavepoint();

            Found found = Found.in(mesh.bootstrapServers(), events);
            report(events, versions, found, Duration.ofNanos(System.nanoTime() - start));
            assertThat(found).isEqualTo(new Found(events, 0, 0, 0, found.versions()));
            assertThat(found.versions()).as("versions that decided something").isGreaterThan(2);
            assertThat(said).noneMatch(ControlEvent.Refused.class::isInstance);
            assertThat(said.stream()
                            .filter(ControlEvent.Started.class::isInstance)
                            .count())
                    .as("starts: the job's and the one after the kill")
                    .isEqualTo(2);
        }
    }

    /** Returns when it is sure that the first two versions have decided something, if the third is to come. */
    private static void awaitDecided(int next, String bootstrapServers) {
        if (next == 2) {
            TopicReader.uncommitted(bootstrapServers).readAtLeast(1, PATIENCE, "live.out");
        } else if (next == 3) {
            TopicReader.committed(bootstrapServers)
                    .readUntil(
                            PATIENCE,
                            read -> read.stream()
                                    .map(Found::version)
                                    .collect(Collectors.toSet())
                                    .containsAll(Set.of(1, 2)),
                            "live.out");
        }
    }

    private static void report(int events, int versions, Found found, Duration took) {
        System.out.printf(
                "live rules: events=%d versions=%d kills=1 seconds=%d decided=%d lost=%d twice=%d backwards=%d"
                        + " versionsThatDecided=%d%n",
                events,
                versions,
                took.toSeconds(),
                found.decided(),
                found.lost(),
                found.twice(),
                found.backwards(),
                found.versions());
    }

    /**
     * What the outputs say.
     *
     * @param decided records of all outputs together
     * @param lost events that are in none
     * @param twice events that are there a second time
     * @param backwards events decided by an older version than one before them in their partition
     * @param versions how many versions decided something
     */
    private record Found(int decided, int lost, int twice, int backwards, int versions) {

        static Found in(String bootstrapServers, int events) {
            TopicReader reader = TopicReader.committed(bootstrapServers);
            int[] versionOf = new int[events];
            int decided = 0;
            int twice = 0;
            for (ConsumerRecord<byte[], byte[]> next : reader.readAtLeast(events, PATIENCE, "live.out", "live.dead")) {
                int number = Shop.number(next);
                decided++;
                twice += versionOf[number] == 0 ? 0 : 1;
                // Garbage is decided by no rule.
                versionOf[number] = next.topic().equals("live.dead") ? -1 : version(next);
            }
            int backwards = 0;
            int lost = 0;
            Map<Integer, Integer> newest = new TreeMap<>();
            TreeMap<Integer, Integer> decidedBy = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> read : reader.readToEnd("live.in")) {
                int version = versionOf[Shop.number(read)];
                lost += version == 0 ? 1 : 0;
                if (version > 0) {
                    backwards += version < newest.getOrDefault(read.partition(), 0) ? 1 : 0;
                    newest.put(read.partition(), version);
                    decidedBy.merge(version, 1, Integer::sum);
                }
            }
            return new Found(decided, lost, twice, backwards, decidedBy.size());
        }

        private static int version(ConsumerRecord<byte[], byte[]> record) {
            return Integer.parseInt(
                    new String(record.headers().lastHeader("ce_ruleversion").value(), UTF_8));
        }
    }

    /** Every version writes its number on what it decides. */
    private static RulesText rules(int version, String bootstrapServers) {
        return Shops.from("live", """
                kafka: { bootstrapServers: "%s", startFrom: earliest, discoverEvery: 5s }
                checkpoint: { every: 1s }
                channels:
                  in: { topic: live.in }
                  out: { topic: live.out }
                  dead: { topic: live.dead }
                  rules: { topic: live.rules }
                deadLetter: dead
                control: rules
                routes:
                  - { name: all, from: [in], transform: { set: { ruleversion: "%d" } }, to: [out] }
                """.formatted(bootstrapServers, version));
    }
}
