package dev.weft.job.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that would not work, done to manifests that do. */
class ManifestChecksTest {

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            Deployment weft-scaler       | {op: replace, path: /spec/selector/matchLabels, value: {a: b}} | Deployment weft-scaler does not select its own Pods
            Service weft-scaler          | {op: replace, path: /spec/selector, value: {a: b}} | Service weft-scaler selects no Pod
            Service weft-scaler          | {op: replace, path: /spec/ports/0/targetPort, value: rpc} | Service weft-scaler sends to port rpc, which no container has
            Service weft-scaler          | {op: replace, path: /spec/ports/0/port, value: 9091} | ScaledObject weft-taskmanager asks weft-scaler:9090, which is no Service and port of these manifests
            NetworkPolicy weft-rest      | {op: replace, path: /spec/podSelector, value: {matchLabels: {a: b}}} | NetworkPolicy weft-rest selects no Pod with {"matchLabels":{"a":"b"}}
            RoleBinding weft-jobmanager  | {op: replace, path: /subjects/0/name, value: weft} | RoleBinding weft-jobmanager names ServiceAccount weft, which is not there
            ScaledObject weft-taskmanager | {op: replace, path: /spec/scaleTargetRef/name, value: weft} | ScaledObject weft-taskmanager names Deployment weft, which is not there
            Deployment weft-jobmanager   | {op: replace, path: /spec/template/spec/volumes/1/configMap/name, value: job} | Deployment weft-jobmanager names ConfigMap job, which is not there
            Deployment weft-jobmanager   | {op: add, path: /spec/template/spec/volumes/1/configMap/items, value: [{key: a, path: a}]} | Deployment weft-jobmanager mounts the key a, which its ConfigMap does not have
            Deployment weft-jobmanager   | {op: replace, path: /spec/template/spec/volumes/2, value: {name: state, hostPath: {path: /}}} | Deployment weft-jobmanager has a volume of kind hostPath, which the restricted standard refuses
            Deployment weft-jobmanager   | {op: remove, path: /spec/template/spec/volumes/5} | Deployment weft-jobmanager mounts tmp, which is no volume of the Pod
            Deployment weft-jobmanager   | {op: replace, path: /spec/template/spec/serviceAccountName, value: root} | Deployment weft-jobmanager names ServiceAccount root, which is not there
            Deployment weft-jobmanager   | {op: add, path: /spec/template/spec/hostNetwork, value: true} | Deployment weft-jobmanager shares its node's hostNetwork
            Deployment weft-scaler       | {op: remove, path: /spec/template/spec/securityContext/runAsNonRoot} | Deployment weft-scaler container scaler may run as root
            Deployment weft-scaler       | {op: replace, path: /spec/template/spec/securityContext/runAsUser, value: 0} | Deployment weft-scaler container scaler runs as root
            Deployment weft-scaler       | {op: remove, path: /spec/template/spec/securityContext/seccompProfile} | Deployment weft-scaler container scaler has no seccomp profile
            Deployment weft-scaler       | {op: remove, path: /spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation} | Deployment weft-scaler container scaler may gain privileges
            Deployment weft-scaler       | {op: add, path: /spec/template/spec/containers/0/securityContext/privileged, value: true} | Deployment weft-scaler container scaler is privileged
            Deployment weft-scaler       | {op: replace, path: /spec/template/spec/containers/0/securityContext/capabilities, value: {drop: [NET_RAW]}} | Deployment weft-scaler container scaler keeps capabilities
            Deployment weft-scaler       | {op: remove, path: /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem} | Deployment weft-scaler container scaler can write to its image
            Deployment weft-scaler       | {op: replace, path: /spec/template/spec/containers/0/livenessProbe/httpGet/port, value: web} | Deployment weft-scaler container scaler is probed at port web, which it lacks
            """)
    void whatWouldNotWorkIsSaid(String broken, String operation, String mistake) {
        assertThat(ManifestChecks.mistakes(changed(broken, operation))).containsExactly(mistake);
    }

    private static List<Manifest> changed(String name, String operation) {
        ArrayNode operations = (ArrayNode) json("[" + operation + "]");
        return Kustomization.render(Path.of("../k8s/overlays/standalone-adaptive")).orElseThrow().stream()
                .map(manifest -> manifest.toString().equals(name) ? JsonPatch.over(manifest, operations) : manifest)
                .toList();
    }

    private static JsonNode json(String text) {
        return NodeJson.of(
                YamlReader.read("", text, Substitution.none(), new Problems()).orElseThrow());
    }
}
