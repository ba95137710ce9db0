package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LoopbackPort;
import dev.weft.testkit.cluster.FlinkCluster;
import dev.weft.testkit.cluster.FlinkClusterSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a real cluster, JobManager and TaskManager in JVMs of their own, by commands only. */
class SubmitIT {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static FlinkCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), LoopbackPort.ANY);
        cluster = FlinkCluster.start(FlinkClusterSettings.in(folder.resolve("flink"))
                .withTaskManagers(1)
                .withSlots(2));
        cluster.awaitTaskManagers(1);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        kafka.close();
    }

    @Test
    void aJobIsSubmittedStoppedAndGoesOnWithMoreSubtasks() throws Exception {
        String config = config("whole");
        String job = id(ok("submit", config, "--create-topics", "--parallelism", "1", "--output", "json"));

        ok(
                "send",
                "orders",
                "--config",
                config,
                "--type",
                "shop.order.placed",
                "--id",
                "o-1",
                "--data",
                "{\"amount\": 5000}");
        assertThat(tailed(config, "big", 1)).containsExactly("o-1");
        ok("savepoint", job);
        String savepoint = ok("stop", job).strip();

        String again =
                id(ok("submit", config, "--from-savepoint", savepoint, "--parallelism", "2", "--output", "json"));
        ok(
                "send",
                "orders",
                "--config",
                config,
                "--type",
                "shop.order.placed",
                "--id",
                "o-2",
                "--data",
                "{\"amount\": 6000}");

        assertThat(tailed(config, "big", 2)).containsExactly("o-1", "o-2");
        JsonNode status = Json.MAPPER.readTree(ok("status", "whole", "--output", "json"));
        assertThat(status.path("id").asText()).isEqualTo(again);
        assertThat(status.path("state").asText()).isEqualTo("running");
        assertThat(ok("cancel", again)).startsWith("canceled whole (" + again + ")");
        assertThat(ok("status")).contains(job + "  whole  finished").contains(again + "  whole  canceled");
    }

    @Test
    void topicsThatDoNotExistAreNamedAndNothingIsStarted() throws Exception {
        Typed submitted = weft("submit", config("missing"));

        assertThat(submitted.exitCode()).isEqualTo(1);
        assertThat(submitted.err())
                .contains("topics that do not exist: missing.orders (channel orders), ")
                .contains("Make them, or add --create-topics")
                .endsWith("Nothing was started." + System.lineSeparator());
        assertThat(ok("status")).doesNotContain("missing");
    }

    private static String config(String name) throws Exception {
        Path config = folder.resolve(name + ".yaml");
        String shop = Files.readString(Path.of(Typed.file("shop.yaml")));
        Files.writeString(
                config,
                shop.replace("topic: shop.", "topic: " + name + ".")
                        .replace("name: shop", "name: " + name)
                        .replace("localhost:9092", kafka.bootstrapServers()));
        return config.toString();
    }

    private static List<String> tailed(String config, String channel, int count) throws Exception {
        Typed tail = Typed.in(
                HOME,
                "",
                "tail",
                channel,
                "--config",
                config,
                "--from",
                "earliest",
                "--max",
                "" + count,
                "--timeout",
                "60s",
                "--output",
                "json");
        assertThat(tail.exitCode()).as(tail.err()).isZero();
        List<String> ids = new ArrayList<>();
        for (String line : tail.out().lines().toList()) {
            ids.add(id(line));
        }
        return ids;
    }

    private static String ok(String... args) {
        Typed typed = args[0].equals("send") ? Typed.in(HOME, "", args) : weft(args);
        assertThat(typed.exitCode())
                .as(String.join(" ", args) + "\n" + typed.err())
                .isZero();
        return typed.out();
    }

    private static Typed weft(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--jobmanager", cluster.restAddress().toString()));
        return Typed.in(HOME, "", all.toArray(String[]::new));
    }

    private static String id(String json) throws Exception {
        return Json.MAPPER.readTree(json).path("id").asText();
    }
}
