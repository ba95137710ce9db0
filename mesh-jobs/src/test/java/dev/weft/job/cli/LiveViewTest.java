package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.cluster.JobState;
import dev.weft.job.cluster.MeshCounts;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aTerminalIsRepaintedInPlace() throws Exception {
        LiveView view = view(true);

        view.show(Duration.ofSeconds(1), JobState.RUNNING, counts(100));
        view.show(Duration.ofSeconds(3), JobState.RESTARTING, counts(1300));

        assertThat(out.toString().replace(System.lineSeparator(), "\n")).isEqualTo("""
                                            in all  per second
                        received               100         100
                          route big-orders      50          50
                          route audit            0           0
                        delivered               50          50
                        unmatched                0           0
                        dead letter              1           1

                        1 s   Ctrl-C ends it
                        \u001b[9A\u001b[J                    in all  per second
                        received             1,300         600
                          route big-orders     650         300
                          route audit            0           0
                        delivered              650         300
                        unmatched                0           0
                        dead letter              1           0

                        3 s, the job is restarting   Ctrl-C ends it
                        """);
    }

    @Test
    void elsewhereALineComesEveryFiveSeconds() throws Exception {
        LiveView view = view(false);

        for (int second = 1; second <= 11; second++) {
            view.show(Duration.ofSeconds(second), JobState.RUNNING, counts(second * 1000));
        }

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        "   5 s: received 5,000, delivered 2,500, unmatched 0, dead letter 1",
                        "  10 s: received 10,000, delivered 5,000, unmatched 0, dead letter 1");
    }

    private static MeshCounts counts(long received) {
        return new MeshCounts(
                received,
                received / 2,
                0,
                0,
                1,
                new TreeMap<>(Map.of("big-orders", received / 2)),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty());
    }

    private LiveView view(boolean live) throws Exception {
        Shell shell = new Shell(
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                live,
                Map.of(),
                Path.of(""));
        String file = Typed.file("shop.yaml");
        JobConfig config = JobConfigReader.read(file, Files.readString(Path.of(file)), Map.of())
                .orElseThrow();
        return new LiveView(shell, config);
    }
}
