package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.job.FunctionJars;
import dev.weft.local.LoopbackPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of a running mesh are paused and resumed by those who type. */
class PauseCommandIT {

    private static final String FILE = Typed.file("live.yaml");

    @TempDir
    private static Path folder;

    private static LocalMesh mesh;

    @BeforeAll
    static void start() throws Exception {
        mesh = LocalMesh.in(Typed.shell());
        mesh.start(
                JobFile.read(Typed.shell(), FILE),
                FunctionJars.NONE,
                new LocalMesh.Settings(folder, true, LocalMesh.Keeps.NOTHING, LoopbackPort.ANY, LoopbackPort.ANY));
    }

    @AfterAll
    static void stop() {
        mesh.close();
    }

    @Test
    void whatAPausedRouteWantsComesOnceItIsResumed() throws Exception {
        Typed paused = weft("pause", FILE, "--route", "audit", "--author", "me", "--why", "as I say so");
        assertThat(paused.exitCode()).as(paused.seen()).isZero();
        assertThat(paused.out()).contains("route audit is paused on all 2 subtasks");
        assertThat(weft("rules", FILE).out())
                .contains("route audit is paused: by me at 2")
                .contains(", as I say so");

        Typed sent = weft("send", "orders", "--type", "shop.order", "--id", "held", "--data", "{\"amount\": 2000}");
        assertThat(sent.exitCode()).as(sent.seen()).isZero();
        assertThat(tail("big", "60s").out()).contains("held");
        assertThat(tail("audit", "1s").out()).doesNotContain("held");

        Typed resumed = weft("resume", FILE, "--route", "audit", "--output", "json");
        assertThat(resumed.exitCode()).as(resumed.seen()).isZero();
        assertThat(tail("audit", "60s").out()).contains("held");
        JsonNode rules =
                Json.MAPPER.readTree(weft("rules", FILE, "--output", "json").out());
        assertThat(rules.path("paused")).isEmpty();
    }

    @Test
    void whatIsSoAlreadyIsLeftAsItIs() {
        Typed resumed = weft("resume", FILE, "--route", "old");

        assertThat(resumed.exitCode()).as(resumed.seen()).isZero();
        assertThat(resumed.out()).contains("nothing to change: route old goes on");
    }

    @Test
    void aRouteThatTheJobDoesNotHaveIsNamedWithTheNearest() {
        Typed refused = weft("pause", FILE, "--route", "audti");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("found no route audti, expected one of audit, big-orders, old")
                .contains("Did you mean \"audit\"?");
    }

    private static Typed tail(String channel, String timeout) {
        return weft("tail", channel, "--from", "earliest", "--max", "1", "--timeout", timeout, "--output", "json");
    }

    private static Typed weft(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--work-dir", folder.toString(), "--wait", "60s"));
        return Typed.in(folder, "", all.toArray(String[]::new));
    }
}
