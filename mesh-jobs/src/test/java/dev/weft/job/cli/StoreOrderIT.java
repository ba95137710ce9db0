package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a workflow that waits for events, used as a person uses it. */
class StoreOrderIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path EXAMPLE = Path.of("..", "job-configs", "examples", "workflows", "store-order")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path folder;

    @Test
    void anOrderWaitsForItsPaymentAlsoAcrossAStop() throws Exception {
        String job = EXAMPLE.resolve("job.yaml").toString();
        String id;
        try (WeftProcess run = WeftProcess.start(folder, "run", job, "--work-dir", work())) {
            run.awaitPrinted("store-order runs.");
            send("orders", "shop.order.placed", "o-17");
            id = awaitStatus("waiting").path("id").asText();
            assertThat(done("workflow", "suspend", id).out()).isEqualTo(id + ": done\n");
            assertThat(awaitStatus("suspended").path("id").asText()).isEqualTo(id);
            run.interrupt();
            run.exitCode();
        }
        try (WeftProcess run = WeftProcess.start(folder, "run", job, "--work-dir", work())) {
            run.awaitPrinted("store-order runs.");
            JsonNode asked = Json.MAPPER.readTree(
                    done("workflow", "get", id, "--ask", "--output", "json").out());
            assertThat(asked.path("context").path("orderId").asText()).isEqualTo("o-17");
            assertThat(done("workflow", "resume", "--all", "--definition", "store-order")
                            .out())
                    .isEqualTo(id + ": done\n");
            send("payments", "shop.payment.received", "o-17");
            assertThat(awaitStatus("completed").path("id").asText()).isEqualTo(id);

            JsonNode shipped = Json.MAPPER.readTree(done(
                            "tail",
                            "order-events",
                            "--from",
                            "earliest",
                            "--max",
                            "1",
                            "--timeout",
                            "60s",
                            "--output",
                            "json")
                    .out());
            assertThat(shipped.path("data").path("by").asText()).isEqualTo("post");
            assertThat(awaitHistory(id, "workflow.completed"))
                    .contains("workflow.started", "workflow.suspended", "workflow.resumed");
            assertThat(done(
                                    "workflow",
                                    "start",
                                    "store-order",
                                    "--id",
                                    "by-hand",
                                    "--input",
                                    "[{\"orderId\": \"o-18\"}]")
                            .out())
                    .isEqualTo("started by-hand\n");
            assertThat(weft("workflow", "start", "store-order", "--id", "by-hand")
                            .err())
                    .contains("an instance of that id has begun before");
            assertThat(weft("workflow", "send", "by-hand", "--event", payment("o-19"))
                            .err())
                    .contains("the instance waits for no such event");
            done("workflow", "start", "store-order", "--id", "paid", "--input", "[{\"orderId\": \"o-18\"}]");
            assertThat(done("workflow", "send", "paid", "--event", payment("o-18"))
                            .out())
                    .isEqualTo("paid took the event p-o-18\n");
            assertThat(done("workflow", "get", "paid", "--ask").out()).contains("completed");
            assertThat(weft("workflow", "migrate", "by-hand", "--to", "shop/store-order:1.0.0", "--dry-run")
                            .out())
                    .isEqualTo("by-hand: done\n");
            assertThat(done("workflow", "cancel", "by-hand").out()).isEqualTo("by-hand: done\n");
            assertThat(awaitStatus("cancelled").path("id").asText()).isEqualTo("by-hand");
            CompletableFuture<Typed> awaited = CompletableFuture.supplyAsync(
                    () -> weft("workflow", "start", "store-order", "--await", "--input", "[{\"orderId\": \"o-20\"}]"));
            awaitStatus("waiting");
            send("payments", "shop.payment.received", "o-20");
            Typed ended = awaited.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended.exitCode()).as(ended.seen()).isZero();
            assertThat(ended.out()).contains(": completed\n  workflow shop/store-order:1.0.0\n");
            run.interrupt();
            run.exitCode();
        }
    }

    /** Returns the only instance that is said to be like that, once there is one. */
    private JsonNode awaitStatus(String status) throws Exception {
        return Await.value("an instance that is " + status, PATIENCE, () -> {
            Typed listed = weft("workflow", "list", "--status", status, "--output", "json");
            JsonNode rows = listed.exitCode() == 0 ? Json.MAPPER.readTree(listed.out()) : Json.MAPPER.createArrayNode();
            return Optional.ofNullable(rows.get(0));
        });
    }

    /** Returns what happened to an instance once that did: each channel is written in its own time. */
    private String awaitHistory(String id, String last) throws Exception {
        return Await.value(last + " of " + id, PATIENCE, () -> {
            Typed history = weft("workflow", "history", id);
            return Optional.of(history.out()).filter(out -> out.contains(last));
        });
    }

    /** Returns a file with the payment of that order. */
    private String payment(String order) throws IOException {
        String event = "{\"specversion\": \"1.0\", \"type\": \"shop.payment.received\", \"id\": \"p-%s\","
                + " \"source\": \"/test\", \"data\": {\"orderId\": \"%s\"}}";
        Path file = folder.resolve(order + ".json");
        return Files.writeString(file, event.formatted(order, order)).toString();
    }

    private void send(String channel, String type, String order) {
        done("send", channel, "--type", type, "--data", "{\"orderId\": \"" + order + "\"}");
    }

    private Typed done(String... args) {
        Typed typed = weft(args);
        assertThat(typed.exitCode()).as(typed.seen()).isZero();
        return typed;
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
