package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.job.Jobs;
import dev.weft.job.trial.function.CommandInterpreter;
import dev.weft.job.trial.function.CommandModel;
import dev.weft.job.trial.function.CommandTrees;
import dev.weft.job.trial.function.CommandTrees.Root;
import dev.weft.job.trial.function.FunctionJar;
import dev.weft.job.trial.function.FunctionServer;
import dev.weft.job.trial.function.InJvmInterpreter;
import dev.weft.job.trial.function.Standing;
import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed, and behind savepoints at another parallelism that are taken while
 * messages are on their way, functions do what they are told once: what each remembers and says in the end is what a
 * plain model says. Some of them run in the job, some are called over HTTP.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class FunctionsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PARTITIONS = 4;
    private static final double REMOTE_SHARE = 0.2;
    private static final int MESSAGES_OF_A_ROOT = 15;
    private static final long SEED = 20261121;

    /** What is cancelled at once would come after this time, which is longer than any recovery takes. */
    private static final Duration CANCELLED = Duration.ofSeconds(60);

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void doWhatTheyAreToldOnceThroughAKillAndASavepoint() throws Exception {
        run(1_000, 20_000, 1, 2, 1);
    }

    /** The same for longer: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void doWhatTheyAreToldOnceThroughManyKills() throws Exception {
        run(10_000, 1_000_000, 5, 2, 3, 1);
    }

    /** @param parallelisms one after another, with a savepoint between two; the kills come with the first */
    private void run(int addresses, int messages, int kills, int... parallelisms) throws Exception {
        CommandModel model = new CommandModel();
        int parts = kills + parallelisms.length;
        List<Part> all = parts(addresses, messages / MESSAGES_OF_A_ROOT / parts, parts, kills, model);
        try (FunctionServer server = FunctionServer.start(List.of(CommandInterpreter.remote()));
                ClusterMesh mesh =
                        ClusterMesh.withFunctions(FunctionJar.write(folder.resolve("functions.jar")), folder)) {
            mesh.createTopics(PARTITIONS, "trial.in", CommandInterpreter.TOPIC, "trial.dead");
            String config = config(mesh.bootstrapServers(), server);
            RunningJob job = mesh.submit(config, parallelisms[0], Optional.empty());
            for (int kill = 0; kill < kills; kill++) {
                sendAndAwaitHalf(mesh, all.get(kill));
                mesh.killTaskManager();
            }
            long cancelled = System.nanoTime();
            sendAndAwaitHalf(mesh, all.get(kills));
            for (int run = 1; run < parallelisms.length; run++) {
                String savepoint = job.stopWithSavepoint();
                if (parallelisms[run] > 2) {
                    mesh.startTaskManager();
                }
                job = mesh.submit(config, parallelisms[run], Optional.of(savepoint));
                sendAndAwaitHalf(mesh, all.get(kills + run));
            }
            awaitTold(mesh, model.told().size());
            Await.until(
                    "the time of what was cancelled",
                    PATIENCE,
                    () -> System.nanoTime() - cancelled > CANCELLED.toNanos());
            Map<String, Standing> standings = awaitStandings(mesh, model);
            job.stopWithSavepoint();

            List<String> told = told(mesh);
            System.out.printf(
                    "functions: messages=%d kills=%d expected=%d told=%d twice=%d addresses=%d disorders=%d%n",
                    model.messages(),
                    kills,
                    model.told().size(),
                    told.size(),
                    told.size() - told.stream().distinct().count(),
                    standings.size(),
                    standings.values().stream().mapToLong(Standing::disorders).sum());
            assertThat(told).containsExactlyInAnyOrderElementsOf(model.told());
            assertThat(standings).isEqualTo(model.standings());
            assertThat(TopicReader.committed(mesh.bootstrapServers()).readToEnd("trial.dead"))
                    .isEmpty();
        }
    }

    /**
     * Messages from outside that are sent together.
     *
     * @param half how much is told in all when half of what they lead to is told, about
     */
    private record Part(List<Root> roots, int half) {}

    /** Returns all messages from outside; only those that come ahead of the kills cancel anything. */
    private static List<Part> parts(int addresses, int each, int count, int cancelling, CommandModel model) {
        CommandTrees trees = new CommandTrees(SEED, addresses, REMOTE_SHARE, (int) CANCELLED.toMillis());
        List<Part> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            List<Root> roots = new ArrayList<>();
            int before = model.told().size();
            for (int i = 0; i < each; i++) {
                Root root = trees.next(part < cancelling);
                model.take(root.target(), root.commands());
                roots.add(root);
            }
            parts.add(new Part(roots, (before + model.told().size()) / 2));
        }
        return parts;
    }

    private static void sendAndAwaitHalf(ClusterMesh mesh, Part part) throws Exception {
        send(mesh, part.roots());
        awaitTold(mesh, part.half());
    }

    private static String config(String bootstrapServers, FunctionServer server) {
        return Jobs.text("functions", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: trial.in }
                  told: { topic: %s }
                  dead: { topic: trial.dead }
                deadLetter: dead
                functions:
                  - class: %s
                  - endpoint: { functions: trial.remote/*, url: "%s" }
                ingress:
                  - name: in-jvm
                    from: [in]
                    where: { type: [trial/in-jvm] }
                    to: [trial/in-jvm]
                    id: subject
                    as: payload
                    valueType: %s
                  - name: remote
                    from: [in]
                    where: { type: [trial.remote/over-http] }
                    to: [trial.remote/over-http]
                    id: subject
                    as: payload
                    valueType: %s
                egress:
                  %s: told
                """.formatted(
                        bootstrapServers,
                        CommandInterpreter.TOPIC,
                        InJvmInterpreter.class.getName(),
                        server.url(),
                        CommandInterpreter.ORDER_TYPE,
                        CommandInterpreter.ORDER_TYPE,
                        CommandInterpreter.EGRESS));
    }

    private static void send(ClusterMesh mesh, List<Root> roots) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Root root : roots) {
            ProducerRecord<byte[], byte[]> sent =
                    new ProducerRecord<>("trial.in", root.id().getBytes(UTF_8), root.bytes());
            Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", "1",
                            "ce_source", "trial",
                            "ce_type", root.type(),
                            "ce_subject", root.id(),
                            "content-type", "application/octet-stream")
                    .forEach((name, value) -> sent.headers().add(name, value.getBytes(UTF_8)));
            records.add(sent);
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }

    private static void awaitTold(ClusterMesh mesh, int count) {
        TopicReader.committed(mesh.bootstrapServers()).readAtLeast(count, PATIENCE, CommandInterpreter.TOPIC);
    }

    /** Returns what was told, without what addresses remember. */
    private static List<String> told(ClusterMesh mesh) {
        return TopicReader.committed(mesh.bootstrapServers()).readToEnd(CommandInterpreter.TOPIC).stream()
                .filter(record -> Standing.parse(value(record)).isEmpty())
                .map(record -> key(record) + " " + value(record))
                .toList();
    }

    /** Asks every address what it remembers until that is right, or has been wrong for too long. */
    private static Map<String, Standing> awaitStandings(ClusterMesh mesh, CommandModel model) throws Exception {
        Map<String, Standing> expected = model.standings();
        Map<String, Standing> standings = new HashMap<>();
        int records = model.told().size();
        for (int asked = 0; asked < 5 && !standings.equals(expected); asked++) {
            send(mesh, model.reports());
            records += expected.size();
            for (ConsumerRecord<byte[], byte[]> record : TopicReader.committed(mesh.bootstrapServers())
                    .readAtLeast(records, PATIENCE, CommandInterpreter.TOPIC)) {
                Standing.parse(value(record)).ifPresent(standing -> standings.put(key(record), standing));
            }
        }
        return standings;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(requireNonNull(record.key()), UTF_8);
    }

    private static String value(ConsumerRecord<byte[], byte[]> record) {
        return new String(requireNonNull(record.value()), UTF_8);
    }
}
