package dev.weft.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.job.cluster.flink.EndlessJob;
import dev.weft.local.LoopbackPort;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import dev.weft.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real JobManager, in this process. */
class FlinkRestTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static EmbeddedFlink flink;
    private static FlinkRest rest;
    private static String jar;

    @BeforeAll
    static void start() throws Exception {
        flink = EmbeddedFlink.start(
                FlinkSettings.in(folder.resolve("flink")).withStateOnHeap().acceptingJars());
        rest = FlinkRest.at(flink.restAddress().toString());
        jar = rest.uploadJar(jar(folder.resolve("endless.jar")));
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
    }

    @AfterEach
    void endWhatRuns() throws Exception {
        for (JobSummary job : rest.jobs()) {
            if (!job.state().isFinal()) {
                rest.cancel(job.id());
                rest.awaitEnd(job.id(), SOON);
            }
        }
    }

    @Test
    void aJobRunsAndCountsOverAllItsSubtasks() throws Exception {
        String job = run(2);

        assertThat(rest.job(job).name()).isEqualTo("endless");
        assertThat(rest.jobs()).extracting(JobSummary::id).contains(job);
        assertThat(rest.failure(job)).isEmpty();
        long both = 2 * EndlessJob.EACH;
        MeshCounts whole = new MeshCounts(
                both,
                both,
                both,
                0,
                both,
                sorted(Map.of("big-orders", both)),
                sorted(Map.of("alerts", both)),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty());
        assertThat(awaitCounts(job, whole)).isEqualTo(whole);
    }

    @Test
    void aStoppedJobGoesOnFromItsSavepoint() throws Exception {
        String job = run(1);
        String savepoint = rest.stopWithSavepoint(job, Optional.empty(), SOON);
        assertThat(rest.awaitEnd(job, SOON)).isEqualTo(JobState.FINISHED);

        String again = rest.run(new JarRun(jar, List.of(), Optional.of(savepoint), false, OptionalInt.of(2)));

        rest.awaitRunning(again, SOON);
        assertThat(rest.job(again).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aSavepointLeavesTheJobRunning() throws Exception {
        String job = run(1);

        String savepoint =
                rest.savepoint(job, Optional.of(folder.resolve("kept").toUri().toString()), SOON);

        assertThat(savepoint).contains("/kept/");
        assertThat(rest.job(job).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aSavepointThatCannotBeWrittenIsSaidInOneSentence() throws Exception {
        String job = run(1);

        assertThatThrownBy(() -> rest.savepoint(job, Optional.of("nowhere://bucket/x"), SOON))
                .isInstanceOf(ClusterFailure.class)
                .hasMessageContaining("scheme 'nowhere'")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aCanceledJobHasEnded() throws Exception {
        String job = run(1);

        rest.cancel(job);

        assertThat(rest.awaitEnd(job, SOON)).isEqualTo(JobState.CANCELED);
    }

    @Test
    void whatTheMainMethodThrowsIsSaidInOneSentence() {
        assertThatThrownBy(() -> rest.run(JarRun.of(jar, List.of("broken"))))
                .isInstanceOf(ClusterFailure.class)
                .hasMessage(rest.address() + " refused POST /jars/" + jar
                        + "/run: IllegalArgumentException: the config is not there");
    }

    @Test
    void whyAJobDoesNotRunIsSaidInOneSentence() throws Exception {
        String job = rest.run(JarRun.of(jar, List.of("failing")));

        Await.until("a reason", SOON, () -> rest.failure(job).isPresent());

        assertThatThrownBy(() -> rest.awaitRunning(job, Duration.ofSeconds(1)))
                .isInstanceOf(ClusterFailure.class)
                .hasMessageStartingWith("job " + job + " is ")
                .hasMessageEndingWith("IllegalStateException: no such topic: shop.orders");
    }

    @Test
    void aJobNobodyKnowsIsSaidInOneSentence() {
        String unknown = "0".repeat(32);

        assertThatThrownBy(() -> rest.job(unknown))
                .isInstanceOf(ClusterFailure.class)
                .hasMessageEndingWith("Could not find Flink job (" + unknown + ")")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aDeletedJarCannotBeRun() throws Exception {
        String other = rest.uploadJar(jar(folder.resolve("other.jar")));

        rest.deleteJar(other);

        assertThatThrownBy(() -> rest.run(JarRun.of(other, List.of())))
                .isInstanceOf(ClusterFailure.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aClusterSaysItsVersionAndItsSlots() throws Exception {
        assertThat(rest.flinkVersion()).startsWith("2.2");
        FlinkRest.Slots free = new FlinkRest.Slots(2, 2);
        Await.until(
                "jobs of other tests to leave their slots",
                SOON,
                () -> rest.slots().equals(free));
    }

    @Test
    void aPortWhereNobodyListensIsSaidInOneSentence() throws Exception {
        int free = LoopbackPort.claim("nobody", LoopbackPort.ANY);
        FlinkRest nobody = FlinkRest.at("127.0.0.1:" + free);

        assertThatThrownBy(nobody::jobs)
                .isInstanceOf(ClusterFailure.class)
                .hasMessage(
                        "cannot reach http://127.0.0.1:%1$d: connection refused. Is the JobManager's REST port %1$d?"
                                .formatted(free));
    }

    @Test
    void aFileThatIsNotThereIsSaidInOneSentence() {
        Path missing = folder.resolve("missing.jar");

        assertThatThrownBy(() -> rest.uploadJar(missing))
                .isInstanceOf(ClusterFailure.class)
                .hasMessage("cannot read " + missing + ": no such file, or no permission");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8081, http://localhost:8081",
        "http://flink:8081/, http://flink:8081",
        "https://flink.example/mesh, https://flink.example/mesh"
    })
    void anAddressMayLeaveOutWhatIsObvious(String typed, String address) {
        assertThat(FlinkRest.at(typed).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://flink:21", "http://", "flink 8081", "http://flink:port"})
    void whatIsNoAddressIsRefused(String typed) {
        assertThatThrownBy(() -> FlinkRest.at(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + typed + "\" is not the address of a JobManager, such as http://localhost:8081");
    }

    private static String run(int parallelism) throws Exception {
        String job = rest.run(new JarRun(jar, List.of(), Optional.empty(), false, OptionalInt.of(parallelism)));
        rest.awaitRunning(job, SOON);
        return job;
    }

    /** Flink collects counters now and then, one after the other, so all are complete only after a while. */
    private static MeshCounts awaitCounts(String job, MeshCounts whole) throws Exception {
        Patience patience = new Patience(SOON);
        MeshCounts counts = rest.counts(job);
        while (!counts.equals(whole) && patience.pause(Duration.ofMillis(100))) {
            counts = rest.counts(job);
        }
        return counts;
    }

    private static SortedMap<String, Long> sorted(Map<String, Long> counts) {
        return new TreeMap<>(counts);
    }

    private static Path jar(Path file) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, EndlessJob.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            out.finish();
        }
        return file;
    }
}
