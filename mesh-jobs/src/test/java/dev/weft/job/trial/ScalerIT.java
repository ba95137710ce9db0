package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.job.trial.KedaPlayer.Happening;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mesh job whose input is written in transactions follows its queue: up with a burst, to none when it is drained and
 * nothing comes, and back with the first event. KEDA and Kubernetes are played, all else is real.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class ScalerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** It takes a second and is printed; whoever only polls as seldom as KEDA does by itself takes half a minute. */
    private static final Duration WAKE = Duration.ofSeconds(15);

    private static final int PARTITIONS = 6;
    private static final int BURST = 5_000;
    private static final int ALL = Integer.MAX_VALUE;

    /** Something that breaks while the job is as large as it gets. */
    private interface Disaster {
        void strike(ScaledMesh mesh) throws Exception;
    }

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void theJobFollowsItsQueueUpToNoneAndBack() throws Exception {
        Duration wake = follows(List.of(mesh -> {}), true);
        assertThat(wake).as("from the first event to true on the push stream").isLessThan(WAKE);
    }

    /** The same again and again, with disasters: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void nothingIsLostOrDoubledWhateverBreaksWhileTheJobFollows() throws Exception {
        var unused = follows(
                List.of(
                        mesh -> mesh.taskManagers().loseOne(),
                        mesh -> mesh.mesh().restartBroker(),
                        ScaledMesh::replaceScaler,
                        mesh -> mesh.taskManagers().loseOne()),
                false);
    }

    /** Returns how long it took at most from the first event after a pause to a push. */
    private Duration follows(List<Disaster> disasters, boolean isCalm) throws Exception {
        Instant begun = Instant.now();
        Shop shop = new Shop("shop");
        Duration wake = Duration.ZERO;
        try (ScaledMesh mesh = ScaledMesh.start(folder, shop, PARTITIONS);
                Traffic traffic = Traffic.startTransactional(shop, mesh.mesh().bootstrapServers(), BURST);
                Offsets offsets = shop.offsets(mesh.mesh().bootstrapServers(), PARTITIONS)) {
            for (Disaster disaster : disasters) {
                int sent = traffic.arrived() + 1;
                Instant first = Instant.now();
                traffic.pace(BURST);
                traffic.allow(ALL);
                if (sent > 1) {
                    wake = longer(wake, Duration.between(first, mesh.keda().awaitPush(first, PATIENCE)));
                }
                mesh.awaitSize("up", size -> size >= 2, PATIENCE);
                disaster.strike(mesh);

                sent = traffic.allowMore(BURST);
                traffic.awaitArrived(sent);
                mesh.awaitSize("to none", size -> size == 0, PATIENCE);
                assertThat(offsets.openTransactions("weft-shop"))
                        .as("of a job that does not run")
                        .isEmpty();
                assertThat(shop.tallies(sent, mesh.mesh().bootstrapServers()))
                        .as("what a reader of committed records finds while nothing runs")
                        .isEqualTo(shop.perfect(sent));
            }
            int sent = traffic.arrived() + 1;
            Instant first = Instant.now();
            traffic.allow(sent);
            wake = longer(wake, Duration.between(first, mesh.keda().awaitPush(first, PATIENCE)));
            List<Tally> tallies = shop.tallies(sent, mesh.mesh().bootstrapServers());
            assertThat(tallies).isEqualTo(shop.perfect(sent));

            report(mesh, tallies, sent, disasters.size(), wake, Duration.between(begun, Instant.now()));
            if (isCalm) {
                assertThat(mesh.restarts()).as("one for each change").isLessThanOrEqualTo(mesh.changes());
            }
        }
        return wake;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void report(ScaledMesh mesh, List<Tally> tallies, int sent, int rounds, Duration wake, Duration took)
            throws Exception {
        System.out.printf(
                "scaler: rounds=%d events=%d seconds=%d changes=%d restarts=%d wakeMillis=%d delivered=%d lost=%d twice=%d"
                        + " disordered=%d%n",
                rounds,
                sent,
                took.toSeconds(),
                mesh.changes(),
                mesh.restarts(),
                wake.toMillis(),
                tallies.stream().mapToInt(Tally::found).sum(),
                tallies.stream().mapToInt(Tally::lost).sum(),
                tallies.stream().mapToInt(Tally::twice).sum(),
                tallies.stream().mapToInt(Tally::disordered).sum());
        Instant begun = mesh.keda().happenings().get(0).at();
        for (Happening each : mesh.keda().happenings()) {
            System.out.printf(
                    "scaler: %6.1f s %s %d%n",
                    Duration.between(begun, each.at()).toMillis() / 1000.0, each.kind(), each.number());
        }
    }
}
