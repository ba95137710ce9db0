package dev.weft.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flink-runtime-2.2.1.jar",
                "flink-runtime-web-2.2.1.jar",
                "flink-connector-base-2.2.1.jar",
                "flink-shaded-netty-4.1.100.Final-20.0.jar",
                "frocksdbjni-8.10.0-ververica-1.0.jar",
                "kryo-5.6.2.jar",
                "log4j-slf4j-impl-2.25.4.jar",
                "slf4j-api-1.7.36.jar",
                "snakeyaml-engine-3.2.jar"
            })
    void aDistributionHas(String jar) {
        assertThat(ClassPath.isInADistribution(Path.of("repository", jar))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flink-connector-kafka-5.0.0-2.2.jar",
                "flink-runtime-2.2.1-tests.jar",
                "flink-test-utils-2.2.1.jar",
                "kafka-clients-4.2.1.jar",
                "kafka_2.13-4.2.1.jar",
                "cloudevents-api-4.0.1.jar",
                "jackson-databind-2.21.2.jar",
                "picocli-4.7.7.jar",
                "weft-mesh-core-0.1.0-SNAPSHOT.jar",
                "commons-validator-1.10.1.jar",
                "classes",
                "test-classes"
            })
    void aDistributionLacks(String jar) {
        assertThat(ClassPath.isInADistribution(Path.of("repository", jar))).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner, true",
        "org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend, true",
        "org.apache.flink.connector.base.source.reader.SourceReaderBase, true",
        "org.apache.logging.slf4j.Log4jLogger, true",
        "org.apache.kafka.clients.producer.KafkaProducer, false",
        "dev.weft.event.MeshEvent, false",
        "dev.weft.local.EmbeddedKafka, false",
        "org.junit.jupiter.api.Test, false",
        "com.fasterxml.jackson.databind.ObjectMapper, false"
    })
    void theClusterSeesWhatADistributionHas(String className, boolean there) {
        String file = className.replace('.', '/') + ".class";
        assertThat(ClassPath.ofADistribution()).allMatch(Files::isRegularFile);
        assertThat(ClassPath.ofADistribution().stream().anyMatch(jar -> holds(jar, file)))
                .isEqualTo(there);
    }

    @Test
    void findsEntriesThatAManifestHides(@TempDir Path folder) throws Exception {
        Path hidden = Files.createDirectory(folder.resolve("with space"));
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "with%20space/ missing.jar");
        Path jar = folder.resolve("booter.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }

        assertThat(ClassPath.expand(jar.toString())).containsExactly(jar, hidden);
    }

    private static boolean holds(Path jar, String file) {
        try (var open = new JarFile(jar.toFile())) {
            return open.getEntry(file) != null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
