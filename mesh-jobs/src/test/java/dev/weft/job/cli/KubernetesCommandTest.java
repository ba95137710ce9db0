package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.job.k8s.Kustomization;
import dev.weft.job.k8s.Manifest;
import dev.weft.job.k8s.ManifestChecks;
import dev.weft.job.k8s.ManifestText;
import dev.weft.job.k8s.ObjectModels;
import dev.weft.job.k8s.RequiredFlows;
import dev.weft.job.k8s.ScalerChecks;
import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LoopbackPort;
import dev.weft.local.NewTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code weft k8s} makes of job configs. */
class KubernetesCommandTest {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final String ORDERS = "../job-configs/examples/orders.yaml";
    private static final String SECURE = Typed.file("k8s/secure.yaml");

    @TempDir
    private Path folder;

    @Test
    void aMeshIsPrintedWhole() throws IOException {
        Golden.matches("k8s", weft(ORDERS, "--max-replicas", "6").seen());
    }

    @ParameterizedTest
    @MethodSource
    void whateverIsWantedComesOutRight(List<String> options) {
        String[] all = Stream.concat(Stream.of("--max-replicas", "6"), options.stream())
                .toArray(String[]::new);
        for (String file : List.of(ORDERS, SECURE)) {
            List<Manifest> manifests = rendered(file, all);

            assertThat(manifests).flatExtracting(ObjectModels::mistakes).isEmpty();
            assertThat(ManifestChecks.mistakes(manifests)).isEmpty();
            assertThat(ScalerChecks.mistakes(manifests)).isEmpty();
            RequiredFlows.assertIn(
                    manifests, file.equals(ORDERS) ? "orders" : "secure", file.equals(ORDERS) ? 9092 : 9094);
            assertThat(ManifestText.stream(manifests))
                    .contains("- /etc/weft/job/" + Path.of(file).getFileName())
                    .doesNotContain("/etc/weft/job/job.yaml");
            assertThat(manifests).extracting(Manifest::name).noneMatch(name -> name.startsWith("weft"));
        }
    }

    static Stream<List<String>> whateverIsWantedComesOutRight() {
        return Stream.of("adaptive", "reactive", "operator")
                .flatMap(mode -> Stream.of(
                        List.of("--mode", mode),
                        List.of("--mode", mode, "--tls", "--namespace", "shop"),
                        List.of("--mode", mode, "--state", "s3://mesh/shop", "--from-savepoint", "s3://mesh/s-1"),
                        List.of("--mode", mode, "--image", "shop:2", "--scaler-image", "scaler:3", "--slots", "2")));
    }

    @Test
    void secretsAreReferredToAndNeverPrinted() {
        Typed told = weft(SECURE, "--max-replicas", "2");
        List<Manifest> manifests = manifests(told);
        JsonNode scaler = container(find(manifests, "Deployment secure-scaler"));
        JsonNode tasks = container(find(manifests, "Deployment secure-taskmanager"));

        assertThat(variables(tasks)).contains("BILLING_TOKEN", "KAFKA_PASSWORD").doesNotContain("NOT_THIS_ONE");
        assertThat(variables(scaler)).containsExactly("KAFKA_PASSWORD");
        assertThat(mounts(scaler)).contains("/run/secrets/kafka");
        assertThat(mounts(tasks)).contains("/run/secrets/kafka");
        assertThat(told.err()).isEqualTo("""
                Secret secure-secrets must hold BILLING_TOKEN, KAFKA_PASSWORD
                Secret secure-files must hold run.secrets.kafka.trust-password (the file /run/secrets/kafka/trust-password), \
                run.secrets.kafka.trust.p12 (the file /run/secrets/kafka/trust.p12)
                never scaled to zero, since something in the job may wait for a time: --to-zero true if it may sleep over it
                a change of size waits for the next checkpoint, and there is one every 60 s (checkpoint.every)
                rules that are applied while there is no TaskManager hold from the next one on (topic shop.rules)
                """);
    }

    @Test
    void theScalerReachesKafkaAsTheJobDoes() {
        String config = find(rendered(SECURE, "--max-replicas", "2"), "ConfigMap secure-scaler")
                .object()
                .at("/data/scaler.yaml")
                .asText();

        assertThat(config)
                .contains("kafka-1.example:9093,kafka-2.example:9094", "password=\\\"${env:KAFKA_PASSWORD}\\\"")
                .contains("secure-scaler-state", "http://secure-jobmanager:8081")
                .doesNotContain("compression.type");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"adaptive, true", "reactive, false", "operator, false"})
    void onlyAnAdaptiveJobLeavesTaskManagersWithoutTasks(String mode, boolean marksPods) {
        List<Manifest> manifests = rendered(ORDERS, "--max-replicas", "6", "--mode", mode);
        String config = find(manifests, "ConfigMap orders-scaler")
                .object()
                .at("/data/scaler.yaml")
                .asText();

        assertThat(config.contains("app.kubernetes.io/instance=orders,app.kubernetes.io/component=taskmanager"))
                .isEqualTo(marksPods);
        assertThat(manifests.stream().map(Manifest::toString).anyMatch("Role orders-scaler"::equals))
                .isEqualTo(marksPods);
    }

    @Test
    void theQueueIsWhatTheJobReads() {
        JsonNode scaled = find(
                        rendered(SECURE, "--max-replicas", "7", "--slots", "2"), "ScaledObject secure-taskmanager")
                .object();
        JsonNode metadata = scaled.at("/spec/triggers/0/metadata");

        assertThat(metadata.path("topics").asText()).isEqualTo("shop.orders,shop.returns");
        assertThat(metadata.path("consumerGroup").asText()).isEqualTo("shop-group");
        assertThat(metadata.path("offsetResetPolicy").asText()).isEqualTo("latest");
        assertThat(metadata.path("maxReplicas").asText()).isEqualTo("7");
        assertThat(metadata.path("slots").asText()).isEqualTo("2");
        assertThat(metadata.path("scaleToZero").asText()).isEqualTo("false");
        assertThat(scaled.at("/spec/minReplicaCount").asInt()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            adaptive | ''    | 0
            reactive | ''    | 0
            operator | ''    | 1
            adaptive | false | 1
            adaptive | true  | 0
            """)
    void aJobThatOnlyRoutesMaySleep(String mode, String toZero, int least) {
        List<String> options = toZero.isEmpty() ? List.of() : List.of("--to-zero", toZero);
        String[] all = Stream.concat(Stream.of("--max-replicas", "2", "--mode", mode), options.stream())
                .toArray(String[]::new);

        Manifest scaled = find(rendered(ORDERS, all), "ScaledObject orders-taskmanager");

        assertThat(scaled.object().at("/spec/minReplicaCount").asInt()).isEqualTo(least);
    }

    @Test
    void theConfigAndWhatItNamesAreMountedAsTheyLay() {
        List<Manifest> manifests = rendered(SECURE, "--max-replicas", "2");
        JsonNode data = find(manifests, "ConfigMap secure-job").object().path("data");
        JsonNode pod = find(manifests, "Deployment secure-jobmanager").object().at("/spec/template/spec");

        assertThat(data.path("schemas.order.avsc").asText()).contains("\"Order\"");
        assertThat(pod.at("/volumes/1/configMap/items"))
                .hasToString("[{\"key\":\"schemas.order.avsc\",\"path\":\"schemas/order.avsc\"},"
                        + "{\"key\":\"secure.yaml\",\"path\":\"secure.yaml\"}]");
        assertThat(pod.at("/containers/0/args").toString()).contains("\"/etc/weft/job/secure.yaml\"");
    }

    @Test
    void filesAboveTheConfigKeepTheirPlaces() throws IOException {
        Files.createDirectories(folder.resolve("jobs/eu"));
        Files.writeString(
                folder.resolve("order.avsc"), Files.readString(Path.of(Typed.file("k8s/schemas/order.avsc"))));
        Path config = Files.writeString(
                folder.resolve("jobs/eu/shop.yaml"),
                Files.readString(Path.of(SECURE)).replace("schemas/order.avsc", "../../order.avsc"));

        Manifest jobManager = find(rendered(config.toString(), "--max-replicas", "2"), "Deployment secure-jobmanager");

        assertThat(jobManager.object().toString())
                .contains(
                        "\"path\":\"jobs/eu/shop.yaml\"", "\"path\":\"order.avsc\"", "/etc/weft/job/jobs/eu/shop.yaml");
    }

    @Test
    void aFolderIsWrittenThatKustomizeTakesAndIsWrittenAgain() throws IOException {
        Path out = folder.resolve("deploy");

        Typed first = weft(ORDERS, "--max-replicas", "6", "--tls", "--out", out.toString());
        Typed second = weft(ORDERS, "--max-replicas", "6", "--out", out.toString());

        assertThat(first.out()).contains("kubectl apply -k " + out);
        assertThat(second.exitCode()).isZero();
        assertThat(Kustomization.render(out).orElseThrow()).isEqualTo(rendered(ORDERS, "--max-replicas", "6"));
        assertThat(out.resolve("orders-scaler-triggerauthentication.yaml")).doesNotExist();
    }

    @Test
    void aFolderOfSomebodyElseIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "kind: Mine");

        Typed told = weft(ORDERS, "--max-replicas", "6", "--out", folder.toString());

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains("expected an empty folder or one that was made so");
        assertThat(file).hasContent("kind: Mine");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --mode fast                     | weft k8s: Invalid value for option '--mode': expected one of [ADAPTIVE, REACTIVE, OPERATOR] (case-insensitive) but was 'fast'. See: weft k8s --help
            --max-replicas 0                | weft k8s: --max-replicas: found 0, expected a number from 1 to 10000
            --max-replicas 2 --min-replicas 3 | weft k8s: --max-replicas: found 2, expected a number from 3 to 10000
            --max-replicas 2 --slots 0      | weft k8s: --slots: found 0, expected a number from 1 to 1000
            --max-replicas 2 --name 1st     | weft k8s: --name: found 1st, expected lower-case letters, digits and inner hyphens, a letter first, at most 39
            --max-replicas 2 --mode operator --to-zero true | weft k8s: --to-zero: found true, expected false with --mode operator: a FlinkDeployment has one TaskManager at least
            """)
    void whatIsTypedWrongIsSaid(String options, String said) {
        Typed told = weft(ORDERS, options.split(" "));

        assertThat(told).isEqualTo(new Typed(2, "", said + System.lineSeparator()));
    }

    @Test
    void kafkaSaysWhichTopicsMatchAndHowManyPartitionsThereAre() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), LoopbackPort.ANY);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var made = List.of(new NewTopic("shop.eu", 3, (short) 1), new NewTopic("shop.us", 2, (short) 1));
            admin.createTopics(made).all().get();
            new NewTopics(admin).await(List.of("shop.eu", "shop.us"));
            Path config = Files.writeString(
                    folder.resolve("shop.yaml"),
                    Files.readString(Path.of(ORDERS))
                            .replace("${KAFKA:localhost:9092}", kafka.bootstrapServers())
                            .replace("{ topic: shop.orders }", "{ topicPattern: 'shop[.](eu|us)' }"));

            JsonNode metadata = find(rendered(config.toString(), "--slots", "2"), "ScaledObject orders-taskmanager")
                    .object()
                    .at("/spec/triggers/0/metadata");

            assertThat(metadata.path("topics").asText()).isEqualTo("shop.eu,shop.us");
            assertThat(metadata.path("maxReplicas").asText()).isEqualTo("3");
        }
    }

    @Test
    void withoutKafkaSomebodyMustSayHowFarToGo() throws Exception {
        int free = LoopbackPort.claim("nobody", LoopbackPort.ANY);
        Path config = Files.writeString(
                folder.resolve("orders.yaml"),
                Files.readString(Path.of(ORDERS)).replace("${KAFKA:localhost:9092}", "127.0.0.1:" + free));

        Typed told = weft(config.toString(), "--wait", "100ms");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err())
                .contains("did not answer in time")
                .contains("how many partitions are read? --max-replicas N makes this question needless");
    }

    private static Typed weft(String file, String... options) {
        return Typed.in(
                HOME,
                "",
                Stream.concat(Stream.of("k8s", file), Stream.of(options)).toArray(String[]::new));
    }

    private static List<Manifest> rendered(String file, String... options) {
        return manifests(weft(file, options));
    }

    private static List<Manifest> manifests(Typed told) {
        assertThat(told.exitCode()).as(told.err()).isZero();
        Problems problems = new Problems();
        List<Manifest> manifests = YamlReader.readAll("out", told.out(), Substitution.none(), problems).stream()
                .map(node -> new Manifest((ObjectNode) NodeJson.of(node)))
                .toList();
        assertThat(problems.inReadingOrder()).isEmpty();
        return manifests;
    }

    private static Manifest find(List<Manifest> manifests, String name) {
        return manifests.stream()
                .filter(manifest -> manifest.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode container(Manifest deployment) {
        return deployment.object().at("/spec/template/spec/containers/0");
    }

    private static List<String> variables(JsonNode container) {
        return container.path("env").findValuesAsText("name").stream()
                .filter(name -> name.equals(name.toUpperCase(Locale.ROOT)))
                .filter(name -> !List.of("NAMESPACE", "POD_IP", "POD_NAME", "JOB_MANAGER_RPC_ADDRESS")
                        .contains(name))
                .toList();
    }

    private static List<String> mounts(JsonNode container) {
        return container.path("volumeMounts").findValuesAsText("mountPath");
    }
}
