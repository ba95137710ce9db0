package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.job.JobConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshJobTest {

    private static final String SHOP = """
            apiVersion: weft.dev/v1
            kind: MeshJob
            metadata: { name: "${NAME:shop}" }
            spec:
              kafka: { bootstrapServers: "localhost:9092" }
              parallelism: 2
              channels: { in: { topic: in }, out: { topic: out } }
              deadLetter: out
              routes: [{ name: all, from: [in], to: [out] }]
            """;

    @Test
    void theFileSaysHowManySubtasks() {
        assertThat(config(SHOP).parallelism()).hasValue(2);
    }

    @Test
    void whoSubmitsSaysItBeforeTheFile() {
        assertThat(config(SHOP, "--parallelism", "4").parallelism()).hasValue(4);
    }

    @Test
    void variablesAreFilledIn() {
        assertThat(config(SHOP).name()).isEqualTo("store");
    }

    @Test
    void aMistakeInTheConfigIsNamedWithItsPlace() {
        assertThatThrownBy(() -> config(SHOP.replace("parallelism", "paralelism"), "--config-name", "shop.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop.yaml:6:3: $.spec.paralelism: found unknown key");
    }

    @Test
    void theConfigCanLieBesideWhatItNames(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/order.avsc"), """
                {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}
                """);
        Path file =
                Files.writeString(folder.resolve("shop.yaml"), SHOP.replace("  parallelism: 2", """
                  payloads: [{ contentType: avro/binary, schema: { file: schemas/order.avsc } }]
                """.stripTrailing()));

        JobConfig read = MeshJob.config(MeshJob.options("--config-file", file.toString()), Map.of());

        assertThat(read.name()).isEqualTo("shop");
    }

    @Test
    void aConfigThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> MeshJob.config(MeshJob.options("--config-file", "nowhere/job.yaml"), Map.of()))
                .hasMessage("the argument --config-file: found no file " + Path.of("nowhere/job.yaml"));
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThatThrownBy(() -> MeshJob.options("--config-base64"))
                .hasMessage("found --config-base64, expected --option and its value");
    }

    private static JobConfig config(String text, String... more) {
        Map<String, String> options = MeshJob.options(more);
        options.put("config-base64", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        return MeshJob.config(options, Map.of("NAME", "store"));
    }
}
