package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that is sent to a cluster holds what the cluster lacks, and nothing that it has. */
class JobJarIT {

    private static final Pattern WHAT_NO_FLINK_HAS = Pattern.compile("org/apache/flink/"
            + "(connector/kafka|streaming/connectors/kafka|streaming/util/serialization|statefun/sdk)/.*");
    private static final long LARGEST = 45_000_000;

    private static List<String> classes;

    @BeforeAll
    static void list() throws IOException {
        try (JarFile jar = new JarFile(ClusterMesh.JOB_JAR.toFile())) {
            classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }

    @Test
    void itStartsTheJob() throws IOException {
        try (JarFile jar = new JarFile(ClusterMesh.JOB_JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("dev.weft.job.flink.MeshJob");
        }
    }

    @Test
    void ofFlinkItHoldsTheKafkaConnectorAndTheSdkOfFunctionsOnly() {
        assertThat(classes)
                .filteredOn(name -> name.startsWith("org/apache/flink/"))
                .isNotEmpty()
                .allMatch(name -> WHAT_NO_FLINK_HAS.matcher(name).matches());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "kafka/",
                "scala/",
                "org/apache/kafka/metadata/",
                "org/apache/kafka/controller/",
                "org/apache/kafka/raft/",
                "org/apache/kafka/coordinator/",
                "org/apache/kafka/storage/",
                "org/apache/kafka/server/log/",
                "org/apache/kafka/server/config/",
                "dev/weft/local/",
                "dev/weft/testkit/",
                "dev/weft/job/cli/",
                "dev/weft/job/cluster/",
                "dev/weft/job/graph/",
                "dev/weft/job/imports/",
                "dev/weft/job/k8s/",
                "picocli/",
                "org/slf4j/",
                "org/apache/log4j/",
                "org/apache/logging/",
                "org/rocksdb/",
                "com/google/common/",
                "com/google/thirdparty/",
                "com/google/protobuf/",
                "com/google/re2j/",
                "org/antlr/",
                "org/threeten/",
                "org/junit/",
                "org/assertj/"
            })
    void itHoldsNothingOf(String folder) {
        assertThat(classes)
                .noneMatch(name -> name.startsWith(folder) || name.matches("META-INF/versions/\\d+/" + folder + ".*"));
    }

    @Test
    void itHoldsEveryOtherPackageItNeeds() {
        assertThat(classes)
                .contains(
                        "dev/weft/job/flink/MeshJob.class",
                        "dev/weft/event/MeshEvent.class",
                        "dev/weft/route/RouteTable.class",
                        "dev/weft/function/FunctionRuntime.class",
                        "dev/weft/workflow/engine/Engine.class",
                        "net/thisptr/jackson/jq/JsonQuery.class",
                        "com/networknt/schema/SchemaRegistry.class",
                        "com/cronutils/model/Cron.class",
                        "dev/weft/function/protocol/ToFunction.class",
                        "org/apache/flink/statefun/sdk/java/Context.class",
                        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                        "com/fasterxml/jackson/core/JsonFactory.class",
                        "org/snakeyaml/engine/v2/api/Load.class",
                        "io/cloudevents/CloudEvent.class",
                        "dev/cel/compiler/CelCompiler.class",
                        "dev/cel/runtime/CelStandardFunctions.class",
                        "com/dashjoin/jsonata/Jsonata.class",
                        "dev/weft/shaded/protobuf/Message.class",
                        "dev/weft/shaded/guava/collect/ImmutableList.class",
                        "dev/weft/shaded/re2j/Pattern.class");
    }

    @Test
    void noClassStandsInItTwice() {
        assertThat(classes).hasSameSizeAs(Set.copyOf(classes));
    }

    @Test
    void itIsSmallEnoughToBeSentQuickly() {
        assertThat(ClusterMesh.JOB_JAR.toFile().length()).isLessThan(LARGEST);
    }
}
