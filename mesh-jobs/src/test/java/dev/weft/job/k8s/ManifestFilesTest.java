package dev.weft.job.k8s;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.job.JobConfigReader;
import dev.weft.scale.cli.ScalerConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the folder {@code k8s}, rendered as a person would apply them. */
class ManifestFilesTest {

    private static final Path FILES = Path.of("../k8s");

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive", "standalone-reactive", "flink-operator", "tls"})
    void anApiServerKnowsEveryField(String overlay) {
        assertThat(overlay(overlay))
                .isNotEmpty()
                .flatExtracting(ObjectModels::mistakes)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive", "standalone-reactive", "flink-operator", "tls"})
    void everyNameLeadsSomewhereAndEveryPodIsRestricted(String overlay) {
        assertThat(ManifestChecks.mistakes(overlay(overlay))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive", "standalone-reactive", "flink-operator", "tls"})
    void theScalerTakesItsConfigurationAndTheTrigger(String overlay) {
        assertThat(ScalerChecks.mistakes(overlay(overlay))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive", "standalone-reactive", "flink-operator", "tls"})
    void flinkKnowsEverySettingAndCanReadIt(String overlay) {
        assertThat(FlinkSettings.mistakes(overlay(overlay))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive", "standalone-reactive", "flink-operator", "tls"})
    void thePoliciesLetThroughWhatMustFlowAndNothingElse(String overlay) {
        RequiredFlows.assertIn(overlay(overlay), "weft", 9092);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive", "standalone-reactive", "flink-operator", "tls"})
    void nothingIsScaledByCpuAndTheHpaOnlyDoesAsItIsTold(String overlay) {
        JsonNode scaled = find(overlay(overlay), "ScaledObject").object().path("spec");

        assertThat(scaled.toString()).doesNotContainIgnoringCase("cpu");
        assertThat(scaled.path("triggers")).hasSize(1);
        assertThat(scaled.at("/triggers/0/type").asText()).isEqualTo("external-push");
        assertThat(scaled.at("/triggers/0/metricType").asText()).isEqualTo("AverageValue");
        assertThat(scaled.at("/triggers/0/useCachedMetrics").asBoolean(true)).isFalse();
        assertThat(scaled.at("/fallback/behavior").asText()).isEqualTo("currentReplicasIfHigher");
        for (String way : List.of("scaleUp", "scaleDown")) {
            JsonNode rules = scaled.at("/advanced/horizontalPodAutoscalerConfig/behavior/" + way);
            assertThat(rules.path("tolerance").asText()).isEqualTo("0");
            assertThat(rules.path("stabilizationWindowSeconds").asInt(-1)).isZero();
            assertThat(rules.at("/policies/0/value").asInt()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive, 0", "standalone-reactive, 0", "flink-operator, 1", "tls, 0"})
    void onlyTheOperatorsJobKeepsATaskManager(String row) {
        String[] cells = row.split(", ", -1);

        JsonNode least = find(overlay(cells[0]), "ScaledObject").object().at("/spec/minReplicaCount");

        assertThat(least.asText()).isEqualTo(cells[1]);
    }

    @Test
    void applyingAgainDoesNotUndoWhatWasScaled() {
        Manifest taskManagers = overlay("standalone-adaptive").stream()
                .filter(manifest -> manifest.toString().equals("Deployment weft-taskmanager"))
                .findFirst()
                .orElseThrow();

        assertThat(taskManagers.object().path("spec").has("replicas")).isFalse();
    }

    @Test
    void theOperatorRunsTheJobInPlaceOfOurDeployments() {
        assertThat(overlay("flink-operator"))
                .extracting(Manifest::toString)
                .contains("FlinkDeployment weft-flink", "Deployment weft-scaler")
                .doesNotContain("Deployment weft-jobmanager", "Deployment weft-taskmanager");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"standalone-adaptive, true", "tls, true", "standalone-reactive, false", "flink-operator, false"})
    void onlyWhereItTellsTheJobItsSizeDoesTheScalerKnowKubernetes(String row) {
        String[] cells = row.split(", ", -1);
        List<Manifest> manifests = overlay(cells[0]);
        boolean knows = Boolean.parseBoolean(cells[1]);

        JsonNode scaler = named(manifests, "Deployment weft-scaler").object().at("/spec/template/spec");
        List<Manifest> roles = manifests.stream()
                .filter(manifest -> manifest.toString().equals("Role weft-scaler"))
                .toList();

        assertThat(scaler.path("automountServiceAccountToken").asBoolean()).isEqualTo(knows);
        assertThat(roles).hasSize(knows ? 1 : 0);
        assertThat(roles)
                .allSatisfy(role -> assertThat(role.object().path("rules"))
                        .hasToString(
                                "[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\",\"patch\"]}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone-adaptive", "tls"})
    void theScalerFindsTheTaskManagersPodsByTheirLabelsAndIds(String overlay) {
        List<Manifest> manifests = overlay(overlay);
        JsonNode pod = named(manifests, "Deployment weft-taskmanager").object().at("/spec/template");
        String config = named(manifests, "ConfigMap weft-scaler")
                .object()
                .at("/data/scaler.yaml")
                .asText();

        Map<String, String> selected =
                ScalerConfigReader.read("scaler.yaml", config, Map.of("KAFKA", "kafka:9092"))
                        .orElseThrow()
                        .flink()
                        .values()
                        .stream()
                        .flatMap(cluster -> cluster.pods().stream())
                        .flatMap(pods -> Stream.of(pods.selector().split(",")))
                        .map(label -> label.split("="))
                        .collect(toMap(label -> label[0], label -> label[1]));

        assertThat(selected)
                .hasSize(2)
                .allSatisfy((key, value) -> assertThat(
                                pod.at("/metadata/labels").path(key).asText())
                        .isEqualTo(value));
        assertThat(pod.at("/spec/containers/0/args").toString()).contains("-Dtaskmanager.resource-id=$(POD_NAME)");
        assertThat(pod.at("/spec/containers/0/env").toString()).contains("{\"fieldPath\":\"metadata.name\"}");
    }

    @Test
    void theJobConfigOfTheBaseIsRight() {
        String job = overlay("standalone-adaptive").stream()
                .filter(manifest -> manifest.toString().equals("ConfigMap weft-job"))
                .findFirst()
                .map(manifest -> manifest.object().at("/data/job.yaml").asText())
                .orElseThrow();

        assertThat(JobConfigReader.read("job.yaml", job, Map.of("KAFKA", "kafka:9092"))
                        .problems())
                .isEmpty();
    }

    @Test
    void whatIsRenderedIsReadBackTheSame() {
        String text = ManifestText.stream(overlay("tls"));
        Problems problems = new Problems();

        Stream<JsonNode> read = YamlReader.readAll("stream", text, Substitution.none(), problems).stream()
                .map(NodeJson::of);

        assertThat(read.toList())
                .containsExactlyElementsOf(overlay("tls").stream()
                        .map(manifest -> (JsonNode) manifest.object())
                        .toList());
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void everyFileIsPartOfSomeOverlay() throws IOException {
        String named;
        try (Stream<Path> files = Files.walk(FILES)) {
            named = files.filter(file -> file.endsWith("kustomization.yaml"))
                    .flatMap(file -> lines(file).stream())
                    .reduce("", (all, line) -> all + line + "\n");
        }
        try (Stream<Path> files = Files.walk(FILES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml"))
                            .filter(file -> !file.endsWith("kustomization.yaml"))
                            .map(file -> file.getFileName().toString()))
                    .allMatch(named::contains);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Manifest> overlay(String name) {
        return Kustomization.render(FILES.resolve("overlays").resolve(name)).orElseThrow();
    }

    private static Manifest named(List<Manifest> manifests, String name) {
        return manifests.stream()
                .filter(manifest -> manifest.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest find(List<Manifest> manifests, String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
