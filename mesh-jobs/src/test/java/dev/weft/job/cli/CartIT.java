package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a function in a jar, used as a person uses it. */
class CartIT {

    private static final Path EXAMPLE = Path.of("..", "job-configs", "examples", "functions", "cart")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path folder;

    @Test
    void itemsAreCountedUntilTheCheckoutAlsoAcrossAStop() throws Exception {
        String jar = Jars.of(folder.resolve("cart.jar"), EXAMPLE.resolve("Cart.java"))
                .toString();
        String job = EXAMPLE.resolve("job.yaml").toString();
        try (WeftProcess run = WeftProcess.start(folder, "run", job, "--jar", jar, "--work-dir", work())) {
            run.awaitPrinted("cart runs.");
            send("shop.item.added", "a-1");
            send("shop.item.added", "a-2");
            send("shop.note", "n-1");
            run.interrupt();
            run.exitCode();
        }
        try (WeftProcess run = WeftProcess.start(folder, "run", job, "--jar", jar, "--work-dir", work())) {
            run.awaitPrinted("cart runs.");
            send("shop.item.added", "a-3");
            send("shop.checkout", "c-1");

            Typed receipts = weft("tail", "receipts", "--from", "earliest", "--max", "1", "--timeout", "60s");

            assertThat(receipts.exitCode()).as(receipts.seen() + run.err()).isZero();
            JsonNode receipt = Json.MAPPER.readTree(
                    weft("tail", "receipts", "--from", "earliest", "--max", "1", "--timeout", "60s", "--output", "json")
                            .out());
            assertThat(receipt.path("id").asText()).isEqualTo("receipt-c1");
            assertThat(receipt.path("data").path("items").asInt()).isEqualTo(3);
            run.interrupt();
            run.exitCode();
        }
    }

    private void send(String type, String id) {
        Typed sent =
                weft("send", "clicks", "--type", type, "--id", id, "--subject", "c1", "--key", "c1", "--data", "{}");
        assertThat(sent.exitCode()).as(sent.seen()).isZero();
    }

    private Typed weft(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--work-dir", work(), "--wait", "60s"));
        return Typed.weft(all.toArray(String[]::new));
    }

    private String work() {
        return folder.resolve("work").toString();
    }
}
