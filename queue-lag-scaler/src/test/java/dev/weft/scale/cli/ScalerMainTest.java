package dev.weft.scale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalerMainTest {

    private static final String LEAST = """
            apiVersion: weft.dev/v1
            kind: Scaler
            spec:
              kafka: { main: { bootstrapServers: "kafka:9092" } }
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aFileThatIsRightIsCheckedAndNothingIsStarted() throws Exception {
        Path file = Files.writeString(folder.resolve("scaler.yaml"), LEAST);

        assertThat(run(Map.of(), "--config", file.toString(), "--check")).isZero();
        assertThat(out).hasToString(file + ": ok: Kafka clusters [main]; Flink clusters []\n");
    }

    @Test
    void mistakesInTheFileAreToldAndEndWithTwo() throws Exception {
        Path file = Files.writeString(folder.resolve("scaler.yaml"), LEAST + "  stat: {}\n");

        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err)
                .hasToString(file + ":5:3: $.spec.stat: found unknown key \"stat\", expected one of listen, tls, kafka,"
                        + " flink, state, scaledObjects. Did you mean \"state\"?\n1 problem. Nothing was started.\n");
    }

    @Test
    void aSecretThatIsNotThereIsTold() throws Exception {
        Path file = Files.writeString(
                folder.resolve("scaler.yaml"),
                LEAST + "  flink: { f: { url: \"http://f:8081\", auth: { bearer: { token: \"${env:TOKEN}\" } } } }\n");

        assertThat(run(Map.of("TOKEN", "x"), "--config", file.toString(), "--check"))
                .isZero();
        assertThat(run(Map.of(), "--config", file.toString(), "--check")).isEqualTo(2);
        assertThat(err).hasToString(file + ": ${env:TOKEN}: the environment variable TOKEN is not set\n");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThat(run(Map.of(), "--config", "none.yaml")).isEqualTo(2);
        assertThat(err).hasToString("none.yaml: no such file\n");
    }

    @Test
    void whatWasTypedWrongIsTold() {
        assertThat(run(Map.of(), "--confg", "x")).isEqualTo(2);
        assertThat(err.toString()).endsWith("See: scaler --help\n");
    }

    @Test
    void helpShowsExamples() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString()).contains("weft scaler --config scaler.yaml --check", "Exit codes:");
    }

    private int run(Map<String, String> environment, String... args) {
        return ScalerMain.run(new PrintWriter(out, true), new PrintWriter(err, true), environment, args);
    }
}
