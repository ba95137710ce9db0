package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Checked;
import dev.weft.config.SecretText;
import dev.weft.job.StartFrom;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The manifests of one mesh: an overlay of the folder {@code k8s}, whose mesh is called {@code weft}, with the mesh's
 * name, job config, queue and sizes in their places.
 */
public final class MeshManifests {

    private static final String JOB_FOLDER = "/etc/weft/job/";

    /** The base's names begin so. What begins otherwise, such as the domain weft.dev, is no name of an object. */
    private static final Pattern OWN_NAME =
            Pattern.compile("(?<![A-Za-z0-9._/:-])weft-(?=[a-z])|(?<=//)weft-(?=[a-z])");

    /** What a client of the scaler needs of the job's: how to get in. */
    private static final Pattern ACCESS = Pattern.compile("(security|sasl|ssl|client)\\..*");

    private final MeshOnKubernetes mesh;
    private final List<Manifest> manifests;

    private MeshManifests(MeshOnKubernetes mesh, List<Manifest> manifests) {
        this.mesh = mesh;
        this.manifests = manifests;
    }

    /**
     * Returns the manifests in the order of the base, or what is wrong with its files.
     *
     * @param files the folder {@code k8s}
     */
    public static Checked<List<Manifest>> of(MeshOnKubernetes mesh, Path files) {
        Path overlay = files.resolve("overlays").resolve(mesh.mode().overlay());
        List<Path> components = mesh.tls() ? List.of(files.resolve("components/tls")) : List.of();
        Checked<List<Manifest>> base = Kustomization.render(overlay, components);
        return base.value().isPresent()
                ? new Checked.Valid<>(new MeshManifests(mesh, wanted(mesh, base.orElseThrow())).filled())
                : base;
    }

    /** Without the volume where state is kept elsewhere. */
    private static List<Manifest> wanted(MeshOnKubernetes mesh, List<Manifest> base) {
        return base.stream()
                .filter(manifest -> mesh.state().isEmpty() || !manifest.kind().equals("PersistentVolumeClaim"))
                .toList();
    }

    private List<Manifest> filled() {
        manifests.forEach(manifest -> rename(manifest.object()));
        fillJob();
        fillFlink();
        fillScaler();
        fillScaling();
        fillNetwork();
        mesh.namespace()
                .ifPresent(namespace -> manifests.forEach(
                        manifest -> child(manifest.object(), "metadata").put("namespace", namespace)));
        if (mesh.state().isPresent()) {
            manifests.forEach(manifest -> manifest.podTemplates().forEach(MeshManifests::dropStateVolume));
        }
        return manifests;
    }

    // ---------------------------------------------------------------- names

    private JsonNode renamed(JsonNode node) {
        return node.isTextual() ? text(OWN_NAME.matcher(node.textValue()).replaceAll(mesh.name() + "-")) : node;
    }

    private void rename(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                boolean instance = member.getKey().equals("app.kubernetes.io/instance");
                if (instance) {
                    member.setValue(text(mesh.name()));
                } else if (!member.getKey().equals("image")) {
                    member.setValue(renamed(member.getValue()));
                }
                rename(member.getValue());
            });
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, renamed(list.get(i)));
                rename(list.get(i));
            }
        }
    }

    // ---------------------------------------------------------------- the job

    private void fillJob() {
        ObjectNode files = child(named("ConfigMap", "job"), "data");
        files.removeAll();
        mesh.files().textOf().forEach(files::put);
        ObjectNode variables = child(named("ConfigMap", "variables"), "data");
        variables.removeAll();
        mesh.variables().forEach(variables::put);
        String config = JOB_FOLDER + mesh.files().config();
        manifests.forEach(manifest -> nameConfig(manifest.object().at("/spec/job/args"), config));
        flinkPods().forEach(pod -> {
            JsonNode volume = Manifest.named(pod.at("/spec/volumes"), "job").orElseThrow();
            ArrayNode items = ((ObjectNode) volume.path("configMap")).putArray("items");
            mesh.files()
                    .pathOf()
                    .forEach((key, path) -> items.addObject().put("key", key).put("path", path));
            Manifest.containers(pod).forEach(container -> nameConfig(container.path("args"), config));
            given().to(pod, "flink-main-container", mesh.secrets());
        });
        mesh.image()
                .ifPresent(image -> manifests.forEach(manifest -> {
                    if (manifest.kind().equals("FlinkDeployment")) {
                        child(manifest.object(), "spec").put("image", image);
                    } else if (manifest.kind().equals("Deployment")
                            && !manifest.name().equals(mesh.name() + "-scaler")) {
                        manifest.podTemplates()
                                .flatMap(Manifest::containers)
                                .forEach(container -> container.put("image", image));
                    }
                }));
        mesh.savepoint().ifPresent(this::goOnFrom);
    }

    private void goOnFrom(String savepoint) {
        manifests.stream()
                .filter(manifest -> manifest.kind().equals("FlinkDeployment"))
                .forEach(manifest ->
                        ((ObjectNode) manifest.object().at("/spec/job")).put("initialSavepointPath", savepoint));
        flinkPods()
                .flatMap(Manifest::containers)
                .map(container -> container.path("args"))
                .filter(args -> args.path(0).asText().equals("standalone-job"))
                .forEach(args -> ((ArrayNode) args).insert(1, "--fromSavepoint").insert(2, savepoint));
    }

    // ---------------------------------------------------------------- Flink

    private void fillFlink() {
        int slots = mesh.size().slots();
        manifests.stream()
                .filter(manifest -> manifest.kind().equals("FlinkDeployment"))
                .forEach(manifest -> {
                    ObjectNode settings = (ObjectNode) manifest.object().at("/spec/flinkConfiguration");
                    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
                    settings.properties().forEach(setting -> setting.setValue(moved(setting.getValue())));
                });
        manifests.stream()
                .filter(manifest -> manifest.toString().equals("ConfigMap " + mesh.name() + "-flink"))
                .map(manifest -> child(manifest.object(), "data"))
                .forEach(data -> {
                    String settings = moved(data.path("config.yaml")).asText();
                    data.put(
                            "config.yaml",
                            settings.replaceFirst("(taskmanager[.]numberOfTaskSlots): \\d+", "$1: " + slots));
                });
    }

    private JsonNode moved(JsonNode settings) {
        return mesh.state()
                .<JsonNode>map(url -> text(settings.asText().replace("file:///opt/flink/state", url)))
                .orElse(settings);
    }

    private static void dropStateVolume(ObjectNode pod) {
        drop(pod.at("/spec/volumes"));
        Manifest.containers(pod).forEach(container -> drop(container.path("volumeMounts")));
    }

    private static void drop(JsonNode list) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).path("name").asText().equals("state")) {
                ((ArrayNode) list).remove(i);
            }
        }
    }

    // ---------------------------------------------------------------- the scaler

    private void fillScaler() {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "weft.dev/v1")
                .put("kind", "Scaler");
        ObjectNode spec = config.putObject("spec");
        if (mesh.tls()) {
            spec.putObject("tls")
                    .put("certificate", "/etc/weft/tls/tls.crt")
                    .put("key", "/etc/weft/tls/tls.key")
                    .put("clientCa", "/etc/weft/tls/ca.crt");
        }
        ObjectNode kafka = spec.putObject("kafka").putObject("main");
        kafka.put("bootstrapServers", mesh.kafka().bootstrap());
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        Secrets access = Secrets.in("");
        for (Map.Entry<String, SecretText> property : mesh.kafka().properties().entrySet()) {
            if (ACCESS.matcher(property.getKey()).matches()) {
                properties.put(property.getKey(), property.getValue().written());
                access = access.and(Secrets.ofKafka(property.getKey(), property.getValue()));
            }
        }
        if (!properties.isEmpty()) {
            kafka.set("properties", properties);
        }
        ObjectNode flink = spec.putObject("flink").putObject("main");
        flink.put("url", "http://" + mesh.name() + "-jobmanager:8081");
        if (mesh.mode() == Mode.ADAPTIVE) {
            flink.putObject("pods")
                    .put(
                            "selector",
                            "app.kubernetes.io/instance=%s,app.kubernetes.io/component=taskmanager"
                                    .formatted(mesh.name()));
        }
        spec.putObject("state").put("topic", mesh.name() + "-scaler-state");
        child(named("ConfigMap", "scaler"), "data").put("scaler.yaml", ManifestText.of(config));
        Manifest scaler = new Manifest(named("Deployment", "scaler"));
        Secrets its = access;
        scaler.podTemplates().forEach(pod -> given().to(pod, "scaler", its));
        mesh.scalerImage()
                .ifPresent(image -> scaler.podTemplates()
                        .flatMap(Manifest::containers)
                        .forEach(container -> container.put("image", image)));
    }

    private void fillScaling() {
        MeshOnKubernetes.Size size = mesh.size();
        ObjectNode spec = child(named("ScaledObject", "taskmanager"), "spec");
        spec.put("minReplicaCount", size.toZero() ? 0 : size.least());
        spec.put("maxReplicaCount", size.most());
        child(spec, "fallback").put("replicas", size.least());
        ObjectNode metadata = (ObjectNode) spec.at("/triggers/0/metadata");
        metadata.put("consumerGroup", mesh.kafka().groupId());
        metadata.put("topics", String.join(",", mesh.topics()));
        metadata.put("offsetResetPolicy", mesh.kafka().startFrom() == StartFrom.LATEST ? "latest" : "earliest");
        metadata.put("job", mesh.jobName());
        metadata.put("slots", Integer.toString(size.slots()));
        metadata.put("minReplicas", Integer.toString(size.least()));
        metadata.put("maxReplicas", Integer.toString(size.most()));
        metadata.put("scaleToZero", Boolean.toString(size.toZero()));
        metadata.put("slo", size.slo().toSeconds() + "s");
    }

    // ---------------------------------------------------------------- the network

    private void fillNetwork() {
        List<Integer> kafka = mesh.kafka().bootstrapServers().stream()
                .map(server -> Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)))
                .distinct()
                .sorted()
                .toList();
        List<Integer> others =
                mesh.ports().stream().filter(port -> !kafka.contains(port)).toList();
        ObjectNode calls = child(named("NetworkPolicy", "flink-calls"), "spec");
        openKafka(calls, kafka);
        if (!others.isEmpty()) {
            open(calls.withArray("egress").addObject().putArray("ports"), others);
        }
        openKafka(child(named("NetworkPolicy", "scaler"), "spec"), kafka);
    }

    /** The base lets Kafka's usual port through. */
    private static void openKafka(ObjectNode policy, List<Integer> ports) {
        Manifest.items(policy.path("egress"))
                .map(rule -> rule.path("ports"))
                .filter(list -> list.path(0).path("port").asInt() == 9092)
                .forEach(list -> open(((ArrayNode) list).removeAll(), ports));
    }

    private static void open(ArrayNode list, Collection<Integer> ports) {
        ports.forEach(port -> list.addObject().put("protocol", "TCP").put("port", port));
    }

    // ---------------------------------------------------------------- finding things

    private SecretReferences given() {
        return new SecretReferences(mesh.variablesSecret(), mesh.filesSecret());
    }

    private Stream<ObjectNode> flinkPods() {
        return manifests.stream().flatMap(Manifest::podTemplates).filter(pod -> {
            String component = pod.at("/metadata/labels")
                    .path("app.kubernetes.io/component")
                    .asText();
            return component.equals("jobmanager") || component.equals("taskmanager");
        });
    }

    private ObjectNode named(String kind, String part) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.name().equals(mesh.name() + "-" + part))
                .findFirst()
                .map(Manifest::object)
                .orElseThrow(() -> new IllegalStateException("k8s has no " + kind + " weft-" + part));
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode object ? object : parent.putObject(name);
    }

    private static void nameConfig(JsonNode args, String config) {
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).asText().equals(JOB_FOLDER + "job.yaml")) {
                ((ArrayNode) args).set(i, config);
            }
        }
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }
}
