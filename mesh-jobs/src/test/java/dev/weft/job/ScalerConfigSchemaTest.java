package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.cli.ScalerConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema of the scaler's configuration and its reader agree, as far as a schema can see. */
class ScalerConfigSchemaTest {

    private static final long SEED = 20261122;
    private static final int EDITS = 3_000;
    private static final String SCHEMA_FILE = "schema/scaler.v1.json";
    private static final PublishedSchema SCHEMA = PublishedSchema.of(SCHEMA_FILE);

    /** Has every key. */
    private static final Path EXAMPLE = Path.of("..", "queue-lag-scaler/examples/scaler.yaml");

    @Test
    void theSchemaAcceptsTheExample() throws IOException {
        assertThat(SCHEMA.errors("scaler.yaml", Files.readString(EXAMPLE))).isEmpty();
    }

    /** Of the file that has every key, the first text is replaced by the second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Scaler | kind: MeshJob",
                "listen: | listens:",
                "grpc: 0.0.0.0:9090 | grpc: 9090",
                "certificate: /etc/weft/tls/tls.crt | certificate: tls.crt",
                "bootstrapServers: [kafka-1:9093, kafka-2:9093] | bootstrapServers: []",
                "bootstrapServers: [kafka-1:9093, kafka-2:9093] | bootstrapServers: kafka",
                "security.protocol: SASL_SSL | group.id: weft",
                "security.protocol: SASL_SSL | ssl.key.password: secret",
                "url: https://orders-jobmanager:8081 | url: orders-jobmanager:8081",
                "url: https://orders-jobmanager:8081 | url: https://user@orders-jobmanager:8081",
                "basic: { user: weft, password: \"${env:FLINK_PASSWORD}\" } | basic: { user: weft, password: weft }",
                "basic: { user: weft, password: \"${env:FLINK_PASSWORD}\" } | digest: { user: weft }",
                "ca: /etc/weft/flink/ca.crt | key: /etc/weft/flink/tls.key",
                "selector: app=orders,component=taskmanager | selector: orders",
                "namespace: shop | namespace: Shop!",
                "orders: | Orders:",
                "replication: 3 | replication: 0",
                "topic: weft-scaler-state | topic: weft/state",
                "- shop/* | - shop",
            })
    void theSchemaRefusesWhatTheReaderRefuses(String right, String wrong) throws IOException {
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains(right);
        String broken = text.replace(right, wrong);

        assertThat(ScalerConfigReader.read("scaler.yaml", broken, Map.of()).value())
                .isEmpty();
        assertThat(SCHEMA.errors("scaler.yaml", broken)).isNotEmpty();
    }

    @Test
    void theSchemaAcceptsWhateverTheReaderDoes() throws IOException {
        String text = Files.readString(EXAMPLE);
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < EDITS; i++) {
            String edited = PublishedSchema.edited(text, random);
            if (ScalerConfigReader.read("scaler.yaml", edited, Map.of()).value().isPresent()) {
                accepted++;
                assertThat(SCHEMA.errors("scaler.yaml", edited))
                        .as("seed %d, %s", SEED, edited)
                        .isEmpty();
            }
        }
        assertThat(accepted).as("files accepted").isGreaterThan(EDITS / 10);
    }

    @Test
    void everyPropertyIsExplainedToAnEditor() throws IOException {
        assertThat(PublishedSchema.silent(SCHEMA_FILE)).isEmpty();
    }
}
