package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.AvroOrders;
import dev.weft.job.rules.RulesText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schema in a file beside the config is read with it, and goes where the config goes. */
class NamedFilesTest {

    private static final String FROM = "      schema: |";
    private static final String TO = "  routes:";

    @TempDir
    private Path folder;

    private String config = "";

    @BeforeEach
    void putTheExamplesSchemaIntoAFile() throws Exception {
        String example = AvroOrders.example();
        int from = example.indexOf(FROM);
        int to = example.indexOf(TO);
        Files.createDirectory(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas").resolve("order.avsc"), example.substring(from + FROM.length(), to));
        Path file = folder.resolve("orders.yaml");
        Files.writeString(
                file,
                example.substring(0, from) + "      schema: { file: schemas/order.avsc }\n\n" + example.substring(to));
        config = file.toString();
    }

    @Test
    void aSchemaIsFoundFromTheConfigsFolder() {
        assertThat(Typed.weft("validate", config).out()).contains("ok: 5 channels, 3 routes");
    }

    @Test
    void explainReadsThePayloadAsTheJobDoes() throws Exception {
        byte[] order = AvroOrders.order("7", "1000.00", "PAID", "A").value();
        Path event = folder.resolve("event.json");
        Files.writeString(
                event, """
                {"specversion":"1.0","id":"7","source":"/shop","type":"order","datacontenttype":"avro/binary",
                 "dataschema":"%s","data_base64":"%s"}""".formatted(AvroOrders.SCHEMA_URI, Base64.getEncoder().encodeToString(order)));

        assertThat(Typed.weft("explain", config, "--event", event.toString()).out())
                .contains("large: matched", "data.total", "1000.00")
                .contains("gifts: refused");
    }

    @Test
    void theConfigMeansTheSameWhereTheFileIsNot() throws Exception {
        RulesText travelling = JobFile.read(Typed.shell(), config).rules();
        Files.delete(folder.resolve("schemas").resolve("order.avsc"));

        RulesText arrived = RulesText.of("elsewhere.yaml", travelling.text(), Map.copyOf(travelling.variables()));

        assertThat(arrived.read().orElseThrow().payloads())
                .isEqualTo(travelling.read().orElseThrow().payloads());
        assertThat(Typed.weft("validate", config).err()).contains("found \"schemas/order.avsc\", which cannot be read");
    }

    @Test
    void anotherSchemaIsAnotherSetOfRules() throws Exception {
        RulesText before = JobFile.read(Typed.shell(), config).rules();
        Files.writeString(folder.resolve("schemas").resolve("order.avsc"), "\"string\"");

        RulesText after = JobFile.read(Typed.shell(), config).rules();

        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(after.routing().digest()).isNotEqualTo(before.routing().digest());
    }
}
