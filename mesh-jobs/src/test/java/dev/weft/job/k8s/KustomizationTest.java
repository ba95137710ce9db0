package dev.weft.job.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.NodeJson;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KustomizationTest {

    private static final String PODS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: pods }
            spec:
              template:
                spec:
                  containers:
                    - name: main
                      args: [a, b]
                      env: [{ name: ONE, value: "1" }]
                    - name: beside
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void base() throws IOException {
        write("base/kustomization.yaml", kustomization("resources: [pods.yaml]"));
        write("base/pods.yaml", PODS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {spec: {replicas: 3}}                                              | /spec/replicas | 3
            {spec: {template: {spec: {containers: [{name: main, image: x}]}}}} | /spec/template/spec/containers/0/image | "x"
            {spec: {template: {spec: {containers: [{name: main, args: [c]}]}}}} | /spec/template/spec/containers/0/args | ["c"]
            {spec: {template: {spec: {containers: [{name: main, env: [{name: TWO, value: "2"}]}]}}}} | /spec/template/spec/containers/0/env | [{"name":"ONE","value":"1"},{"name":"TWO","value":"2"}]
            {spec: {template: {spec: {containers: [{name: main, args: null}]}}}} | /spec/template/spec/containers/0 | {"name":"main","env":[{"name":"ONE","value":"1"}]}
            {spec: {template: {spec: {containers: [{name: main, $patch: delete}]}}}} | /spec/template/spec/containers | [{"name":"beside"}]
            """)
    void aPatchIsLaidOverTheObjectOfItsName(String patch, String pointer, String wanted) throws IOException {
        Manifest patched =
                patched("{apiVersion: apps/v1, kind: Deployment, metadata: {name: pods}, " + patch.substring(1));

        assertThat(patched.object().at(pointer)).hasToString(wanted);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            [{op: replace, path: /spec/template/spec/containers/0/args/1, value: c}] | ["a","c"]
            [{op: add, path: /spec/template/spec/containers/0/args/-, value: c}]     | ["a","b","c"]
            [{op: add, path: /spec/template/spec/containers/0/args/0, value: c}]     | ["c","a","b"]
            [{op: remove, path: /spec/template/spec/containers/0/args/0}]            | ["b"]
            """)
    void operationsAreDoneOnTheirTarget(String operations, String args) throws IOException {
        write("patch.yaml", operations);
        write(
                "kustomization.yaml",
                kustomization("resources: [base]\npatches: [{path: patch.yaml, target: {kind: Deployment}}]"));

        Manifest patched = rendered().get(0);

        assertThat(patched.object().at("/spec/template/spec/containers/0/args")).hasToString(args);
    }

    @Test
    void aListOfAnotherGroupIsReplaced() {
        Manifest scaled = new Manifest(object("{apiVersion: keda.sh/v1alpha1, spec: {env: [{name: a, b: 1}]}}"));

        Manifest patched = StrategicMerge.over(scaled, object("{spec: {env: [{name: a}]}}"))
                .orElseThrow();

        assertThat(patched.object().at("/spec/env")).hasToString("[{\"name\":\"a\"}]");
    }

    @Test
    void aPatchCanTakeAnObjectAway() throws IOException {
        write("patch.yaml", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: pods}, $patch: delete}");
        write("kustomization.yaml", kustomization("resources: [base]\npatches: [{path: patch.yaml}]"));

        assertThat(rendered()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            namePrefix: a-                        | kustomization.yaml:3:1: $.namePrefix: found unknown key "namePrefix", expected one of apiVersion, kind, resources, components, patches
            resources: [other.yaml]               | other.yaml:1:1: $: found what cannot be read (NoSuchFileException), expected a file of YAML
            resources: [base, base/pods.yaml]     | kustomization.yaml:3:19: $.resources[1]: found "base/pods.yaml", whose Deployment pods is there already, expected each object once
            patches: [{path: none.yaml}]          | kustomization.yaml:3:11: $.patches[0]: found a patch that nothing matches, expected an object of that kind and name
            {resources: [base], patches: [{path: test.yaml, target: {kind: Deployment}}]} | test.yaml:1:1: $: found cannot test at /kind (Deployment pods), expected a patch that fits
            """)
    void whatKustomizeWouldDoOtherwiseIsAMistake(String text, String message) throws IOException {
        write("none.yaml", "{apiVersion: v1, kind: Service, metadata: {name: none}}");
        write("test.yaml", "[{op: test, path: /kind, value: Service}]");
        write(
                "kustomization.yaml",
                kustomization(
                        text.startsWith("{") ? text.replaceAll("^.|.$", "").replace(", patches", "\npatches") : text));

        List<Problem> problems = Kustomization.render(folder).problems();

        assertThat(problems)
                .first()
                .extracting(Problem::message)
                .isEqualTo(folder.resolve(message).toString());
    }

    private Manifest patched(String patch) throws IOException {
        write("patch.yaml", patch);
        write("kustomization.yaml", kustomization("resources: [base]\npatches: [{path: patch.yaml}]"));
        return rendered().get(0);
    }

    private List<Manifest> rendered() {
        return Kustomization.render(folder).orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String kustomization(String text) {
        return "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" + text + "\n";
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) NodeJson.of(
                YamlReader.read("", text, Substitution.none(), new Problems()).orElseThrow());
    }
}
