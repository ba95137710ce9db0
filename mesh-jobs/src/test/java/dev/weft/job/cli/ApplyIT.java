package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.job.FunctionJars;
import dev.weft.local.LoopbackPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a running mesh are changed by those who type. */
class ApplyIT {

    @TempDir
    private static Path folder;

    private static LocalMesh mesh;
    private static int files;

    @BeforeAll
    static void start() throws Exception {
        mesh = LocalMesh.in(Typed.shell());
        mesh.start(
                JobFile.read(Typed.shell(), Typed.file("live.yaml")),
                FunctionJars.NONE,
                new LocalMesh.Settings(folder, true, LocalMesh.Keeps.NOTHING, LoopbackPort.ANY, LoopbackPort.ANY));
    }

    @AfterAll
    static void stop() {
        mesh.close();
    }

    @Test
    void newRoutesDecideOnceTheCommandReturns() throws Exception {
        int before = version();
        Typed applied = apply(file(route("stamped", "transform: { set: { stamp: \"a\" } }")), "--author", "me");

        send("after-the-change");

        assertThat(applied.exitCode()).as(applied.seen()).isZero();
        assertThat(applied.out())
                .contains("+ route stamped: ")
                .contains("version %d decides on all 2 subtasks".formatted(before + 1));
        assertThat(tailed("big", "after-the-change").path("stamp").asText()).isEqualTo("a");
    }

    @Test
    void aDryRunShowsTheDifferenceAndChangesNothing() throws Exception {
        int before = version();

        Typed dry = apply(file(route("dry", "description: never")), "--dry-run");

        assertThat(dry.exitCode()).as(dry.seen()).isZero();
        assertThat(dry.out())
                .contains("+ route dry: ")
                .endsWith("nothing was changed; it would be version %d%n".formatted(before + 1));
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void theSameRoutesAreNoVersion() throws Exception {
        String file = file(route("again", "description: twice"));
        apply(file);
        int before = version();

        Typed again = apply(file);

        assertThat(again.out()).endsWith("nothing to change: version %d has these routes%n".formatted(before));
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void anEarlierVersionComesBack() throws Exception {
        apply(file(route("good", "description: as it should be")));
        int good = version();
        apply(file(route("bad", "description: as it should not be")));

        Typed back = apply(Typed.file("live.yaml"), "--version", "" + good);

        assertThat(back.exitCode()).as(back.seen()).isZero();
        assertThat(back.out()).contains("+ route good: ").contains("- route bad");
        assertThat(version()).isEqualTo(good + 2);
        assertThat(weft("diff", Typed.file("live.yaml")).out())
                .contains("- route good")
                .doesNotContain("bad");
    }

    @Test
    void whatCannotChangeIsNamedWithTheCommandThatDoesIt() throws Exception {
        int before = version();
        String file = write(config("").replace("every: 500ms", "every: 1s"));

        Typed refused = apply(file);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains(file + ": spec.checkpoint.every: found 1s, but the running job has 500ms")
                .contains("weft stop live --jobmanager URL")
                .contains("weft submit " + file + " --jobmanager URL --from-savepoint PLACE");
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void draftRoutesCanBeTriedOnEventsThatWere() throws Exception {
        send("tried");
        tailed("audit", "tried");

        Typed tried = apply(
                file(route("draft", "where: { type: [shop.order.placed] }")),
                "--what-if",
                "--from",
                "1h",
                "--output",
                "json");

        assertThat(tried.exitCode()).as(tried.seen()).isZero();
        JsonNode report = Json.MAPPER.readTree(tried.out());
        assertThat(report.path("events").asInt()).isPositive();
        assertThat(report.path("routes").path("draft").path("more").asInt())
                .isEqualTo(report.path("events").asInt());
        assertThat(version()).isEqualTo(report.path("version").asInt());
    }

    @Test
    void theRoutesThatDecideCanBeAsked() throws Exception {
        apply(file(route("asked", "where: { type: [shop.order.placed] }")));

        Typed explained = weft("explain", Typed.file("live.yaml"), "--event", Typed.file("order.json"), "--running");

        assertThat(explained.out()).startsWith("by version " + version()).contains("asked: ");
    }

    @Test
    void aVersionIsPrintedAsItWasApplied() throws Exception {
        String file = file(route("printed", "description: exactly"));
        apply(file);

        assertThat(weft("rules", file, "--version", "" + version()).out()).isEqualTo(Files.readString(Path.of(file)));
        assertThat(weft("rules", file, "--version", "999").exitCode()).isEqualTo(2);
    }

    private static int version() throws Exception {
        Typed rules = weft("rules", Typed.file("live.yaml"), "--output", "json");
        assertThat(rules.exitCode()).as(rules.seen()).isZero();
        return Json.MAPPER.readTree(rules.out()).path("version").asInt();
    }

    private static void send(String id) {
        Typed sent = weft("send", "orders", "--type", "shop.order.placed", "--id", id, "--data", "{\"amount\": 1}");
        assertThat(sent.exitCode()).as(sent.seen()).isZero();
    }

    /** Returns the event of that id once it is in the channel. */
    private static JsonNode tailed(String channel, String id) throws Exception {
        for (int events = 1; ; events++) {
            Typed tail = weft(
                    "tail",
                    channel,
                    "--from",
                    "earliest",
                    "--max",
                    "" + events,
                    "--timeout",
                    "60s",
                    "--output",
                    "json");
            assertThat(tail.exitCode()).as(tail.seen()).isZero();
            for (String line : tail.out().lines().toList()) {
                JsonNode event = Json.MAPPER.readTree(line);
                if (event.path("id").asText().equals(id)) {
                    return event;
                }
            }
        }
    }

    private static Typed apply(String file, String... options) {
        List<String> args = new ArrayList<>(List.of("apply", file));
        args.addAll(List.of(options));
        return weft(args.toArray(String[]::new));
    }

    private static Typed weft(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--work-dir", folder.toString(), "--wait", "60s"));
        return Typed.in(folder, "", all.toArray(String[]::new));
    }

    private static String route(String name, String more) {
        return "    - { name: %s, from: [orders], %s, to: [big] }%n".formatted(name, more);
    }

    private static String file(String more) throws Exception {
        return write(config(more));
    }

    private static String config(String more) throws Exception {
        return Files.readString(Path.of(Typed.file("live.yaml"))) + more;
    }

    private static String write(String config) throws Exception {
        files++;
        return Files.writeString(folder.resolve("live-" + files + ".yaml"), config)
                .toString();
    }
}
