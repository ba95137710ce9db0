package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.testkit.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole meshes in processes of their own, used as a person uses them. */
class LocalMeshIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void theDemoEndsByItselfWithWhatItCounted() throws Exception {
        try (WeftProcess demo = WeftProcess.start(folder, "demo", "--for", "5s", "--work-dir", work())) {
            assertThat(demo.exitCode()).as(demo.err()).isZero();

            long published = number(demo.out(), "([\\d,]+) records published in \\d+ s");
            long seconds = number(demo.out(), "records published in (\\d+) s");
            assertThat(seconds).isGreaterThanOrEqualTo(5);
            assertThat(published).as("some 50 a second").isBetween(25 * seconds, 100 * seconds);
            assertThat(number(demo.out(), "received ([\\d,]+),")).isEqualTo(published);
            assertThat(number(demo.out(), "dead letter ([\\d,]+)")).isPositive();
            for (String route : new String[] {
                "big-orders", "european-orders", "fragile-parcels", "campaign", "failed-payments", "audit"
            }) {
                assertThat(number(demo.out(), "\n" + route + " +([\\d,]+)"))
                        .as(route)
                        .isPositive();
            }
            assertThat(demo.strayFiles()).isEmpty();
            assertThat(folder.resolve("work/run.json")).doesNotExist();
        }
    }

    @Test
    void aRunningMeshTakesEventsAndGivesThemBackUntilItIsInterrupted() throws Exception {
        String shop = Path.of(Typed.file("shop.yaml")).toAbsolutePath().toString();
        try (WeftProcess run = WeftProcess.start(folder, "run", shop, "--work-dir", work())) {
            run.awaitPrinted("shop runs.");

            assertThat(weft(
                                    "send",
                                    "orders",
                                    "--type",
                                    "shop.order.placed",
                                    "--id",
                                    "o-1",
                                    "--data",
                                    "{\"amount\": 5000}")
                            .exitCode())
                    .isZero();
            Typed big = weft("tail", "big", "--from", "earliest", "--max", "1", "--timeout", "60s", "--output", "json");
            assertThat(Json.MAPPER.readTree(big.out()).path("id").asText()).isEqualTo("o-1");
            JsonNode status = Json.MAPPER.readTree(
                    weft("status", "shop", "--output", "json").out());
            assertThat(status.path("state").asText()).isEqualTo("running");

            awaitCounted(1, 2);
            run.interrupt();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.out()).contains("received 1, delivered 2, unmatched 0, dead letter 0");
            assertThat(run.err()).endsWith("stopping" + System.lineSeparator());
            assertThat(run.strayFiles()).isEmpty();
            assertThat(folder.resolve("work/run.json")).doesNotExist();
        }
    }

    @Test
    void whatWasSentBeforeIsStillThereTheNextTime() throws Exception {
        String shop = Path.of(Typed.file("shop.yaml")).toAbsolutePath().toString();
        try (WeftProcess first = WeftProcess.start(folder, "run", shop, "--work-dir", work())) {
            first.awaitPrinted("shop runs.");
            weft("send", "orders", "--type", "shop.order.placed", "--id", "o-1");
            weft("tail", "audit", "--from", "earliest", "--max", "1", "--timeout", "60s");
            first.interrupt();
            first.exitCode();
        }
        try (WeftProcess second = WeftProcess.start(folder, "run", shop, "--work-dir", work())) {
            second.awaitPrinted("shop runs.");
            weft("send", "orders", "--type", "shop.order.placed", "--id", "o-2");

            Typed audit =
                    weft("tail", "audit", "--from", "earliest", "--max", "2", "--timeout", "60s", "--output", "json");

            assertThat(audit.out().lines().map(LocalMeshIT::id)).containsExactlyInAnyOrder("o-1", "o-2");
            awaitCounted(1, 1);
            second.interrupt();
            second.exitCode();
            assertThat(second.out()).contains("received 1, delivered 1,");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                WeftProcess demo = WeftProcess.start(
                        folder, "demo", "--web-port", "" + taken.getLocalPort(), "--work-dir", work())) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.err())
                    .contains("weft demo: Port " + taken.getLocalPort()
                            + ", wanted for Flink's web pages, is already taken")
                    .doesNotContain("\tat ");
        }
    }

    /** Flink collects counters a moment after the fact. */
    private void awaitCounted(int received, int delivered) throws Exception {
        Await.until("all to be counted", PATIENCE, () -> {
            JsonNode counts = Json.MAPPER
                    .readTree(weft("status", "shop", "--output", "json").out())
                    .path("counts");
            return counts.path("received").asInt() == received
                    && counts.path("delivered").asInt() == delivered;
        });
    }

    private String work() {
        return folder.resolve("work").toString();
    }

    private Typed weft(String command, String operand, String... options) {
        String[] args = new String[options.length + 4];
        args[0] = command;
        args[1] = operand;
        args[2] = "--work-dir";
        args[3] = work();
        System.arraycopy(options, 0, args, 4, options.length);
        return Typed.in(folder, "", args);
    }

    private static String id(String json) {
        try {
            return Json.MAPPER.readTree(json).path("id").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in\n" + text).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }
}
