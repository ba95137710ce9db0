package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for what the API server would take and what would not work all the same: names that lead nowhere, selectors
 * that select nothing, ports that nobody listens on, and Pods that the restricted Pod Security Standard refuses.
 * Secrets are whoever runs the mesh's to make: they are told, not looked for. Source of the standard: Kubernetes 1.36,
 * "restricted".
 */
public final class ManifestChecks {

    private static final Set<String> RESTRICTED_VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    private final List<Manifest> manifests;
    private final List<String> mistakes = new ArrayList<>();

    private ManifestChecks(List<Manifest> manifests) {
        this.manifests = manifests;
    }

    /** Returns what is wrong, one sentence each that begins with the object; nothing if nothing is. */
    public static List<String> mistakes(List<Manifest> manifests) {
        ManifestChecks checks = new ManifestChecks(manifests);
        manifests.forEach(checks::check);
        return List.copyOf(checks.mistakes);
    }

    private void check(Manifest manifest) {
        require(!manifest.kind().isEmpty() && manifest.object().has("apiVersion"), manifest, "says no kind");
        require(!manifest.name().isEmpty(), manifest, "has no name");
        require(manifests.stream().filter(manifest::isSame).count() == 1, manifest, "is there twice");
        manifest.podTemplates().forEach(pod -> checkPod(manifest, pod));
        switch (manifest.kind()) {
            case "Deployment" -> {
                JsonNode labels = manifest.object().at("/spec/template/metadata/labels");
                require(
                        new Selector(manifest.object().at("/spec/selector")).matches(labels),
                        manifest,
                        "does not select its own Pods");
            }
            case "Service" -> checkService(manifest);
            case "PodDisruptionBudget" ->
                requireSelected(manifest, manifest.object().at("/spec/selector"), false);
            case "NetworkPolicy" -> checkPolicy(manifest);
            case "RoleBinding" -> {
                requireThere(manifest, "Role", manifest.object().at("/roleRef/name"));
                Manifest.items(manifest.object().path("subjects"))
                        .forEach(subject -> requireThere(manifest, "ServiceAccount", subject.path("name")));
            }
            case "ScaledObject" -> checkScaling(manifest);
            default -> {}
        }
    }

    private void checkService(Manifest service) {
        JsonNode selector = service.object().at("/spec/selector");
        List<ObjectNode> pods = pods().filter(pod -> Selector.ofLabels(selector).matches(pod.at("/metadata/labels")))
                .toList();
        require(!pods.isEmpty(), service, "selects no Pod");
        Manifest.items(service.object().at("/spec/ports")).forEach(port -> {
            JsonNode target = port.path("targetPort");
            require(
                    !target.isTextual() || pods.stream().allMatch(pod -> hasPort(pod, target)),
                    service,
                    "sends to port " + target.asText() + ", which no container has");
        });
    }

    private void checkPolicy(Manifest policy) {
        requireSelected(policy, policy.object().at("/spec/podSelector"), true);
        Stream.of("ingress/from", "egress/to")
                .map(path -> path.split("/"))
                .forEach(path -> Manifest.items(policy.object().path("spec").path(path[0]))
                        .flatMap(rule -> Manifest.items(rule.path(path[1])))
                        .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                        .forEach(peer -> requireSelected(policy, peer.path("podSelector"), true)));
    }

    private void checkScaling(Manifest scaled) {
        JsonNode target = scaled.object().at("/spec/scaleTargetRef");
        requireThere(scaled, target.path("kind").asText("Deployment"), target.path("name"));
        Manifest.items(scaled.object().at("/spec/triggers")).forEach(trigger -> {
            if (trigger.has("authenticationRef")) {
                requireThere(scaled, "TriggerAuthentication", trigger.at("/authenticationRef/name"));
            }
            String address = trigger.at("/metadata/scalerAddress").asText();
            String host = address.replaceFirst(":\\d+$", "").replaceFirst("[.].*", "");
            String port = address.substring(address.lastIndexOf(':') + 1);
            boolean answered = find("Service", host)
                    .filter(service -> Manifest.items(service.object().at("/spec/ports"))
                            .anyMatch(each -> each.path("port").asText().equals(port)))
                    .isPresent();
            require(answered, scaled, "asks " + address + ", which is no Service and port of these manifests");
        });
    }

    private void checkPod(Manifest owner, ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        if (spec.has("serviceAccountName")) {
            requireThere(owner, "ServiceAccount", spec.path("serviceAccountName"));
        }
        Set<String> volumes = new HashSet<>();
        Manifest.items(spec.path("volumes")).forEach(volume -> {
            volumes.add(volume.path("name").asText());
            checkVolume(owner, volume);
        });
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            require(!spec.path(host).asBoolean(), owner, "shares its node's " + host);
        }
        Manifest.containers(pod).forEach(container -> {
            checkContainer(owner, spec, (ObjectNode) container);
            Manifest.items(container.path("volumeMounts")).forEach(mount -> {
                String name = mount.path("name").asText();
                require(volumes.contains(name), owner, "mounts " + name + ", which is no volume of the Pod");
            });
        });
    }

    private void checkVolume(Manifest owner, JsonNode volume) {
        volume.fieldNames()
                .forEachRemaining(kind -> require(
                        kind.equals("name") || RESTRICTED_VOLUMES.contains(kind),
                        owner,
                        "has a volume of kind " + kind + ", which the restricted standard refuses"));
        JsonNode map = volume.path("configMap");
        if (!map.isMissingNode()) {
            requireThere(owner, "ConfigMap", map.path("name"));
            Manifest.items(map.path("items")).forEach(item -> {
                String key = item.path("key").asText();
                boolean there = find("ConfigMap", map.path("name").asText())
                        .filter(found -> found.object().path("data").has(key))
                        .isPresent();
                require(there, owner, "mounts the key " + key + ", which its ConfigMap does not have");
            });
        }
        JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
        if (!claim.isMissingNode()) {
            requireThere(owner, "PersistentVolumeClaim", claim);
        }
    }

    private void checkContainer(Manifest owner, JsonNode podSpec, ObjectNode container) {
        String name = "container " + container.path("name").asText() + " ";
        JsonNode security = container.path("securityContext");
        JsonNode ofPod = podSpec.path("securityContext");
        Predicate<String> isSaid =
                member -> security.path(member).asBoolean(ofPod.path(member).asBoolean());
        require(isSaid.test("runAsNonRoot"), owner, name + "may run as root");
        require(security.path("runAsUser").asInt(ofPod.path("runAsUser").asInt(1)) != 0, owner, name + "runs as root");
        boolean cannotRise = security.path("allowPrivilegeEscalation").isBoolean()
                && !security.path("allowPrivilegeEscalation").asBoolean();
        require(cannotRise, owner, name + "may gain privileges");
        require(!security.path("privileged").asBoolean(), owner, name + "is privileged");
        boolean dropsAll = Manifest.items(security.at("/capabilities/drop"))
                .anyMatch(drop -> drop.asText().equals("ALL"));
        require(dropsAll, owner, name + "keeps capabilities");
        String seccomp = security.at("/seccompProfile/type")
                .asText(ofPod.at("/seccompProfile/type").asText());
        require(
                seccomp.equals("RuntimeDefault") || seccomp.equals("Localhost"),
                owner,
                name + "has no seccomp profile");
        require(security.path("readOnlyRootFilesystem").asBoolean(), owner, name + "can write to its image");
        Manifest.items(container.path("envFrom"))
                .map(from -> from.path("configMapRef").path("name"))
                .filter(JsonNode::isTextual)
                .forEach(map -> requireThere(owner, "ConfigMap", map));
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            Stream.of("httpGet", "tcpSocket")
                    .map(how -> container.path(probe).path(how).path("port"))
                    .filter(port -> !port.isMissingNode())
                    .forEach(port -> require(
                            hasPort(container, port),
                            owner,
                            name + "is probed at port " + port.asText() + ", which it lacks"));
        }
    }

    private Stream<ObjectNode> pods() {
        return manifests.stream().flatMap(Manifest::podTemplates);
    }

    private static boolean hasPort(ObjectNode podOrContainer, JsonNode wanted) {
        Stream<ObjectNode> containers =
                podOrContainer.has("spec") ? Manifest.containers(podOrContainer) : Stream.of(podOrContainer);
        return containers
                .flatMap(container -> Manifest.items(container.path("ports")))
                .anyMatch(port -> wanted.isTextual()
                        ? port.path("name").equals(wanted)
                        : port.path("containerPort").asInt() == wanted.asInt());
    }

    private void requireSelected(Manifest owner, JsonNode selector, boolean all) {
        boolean selects = pods().anyMatch(pod -> new Selector(selector).matches(pod.at("/metadata/labels")));
        require(selects || all && selector.isEmpty(), owner, "selects no Pod with " + selector);
    }

    private void requireThere(Manifest owner, String kind, JsonNode name) {
        require(
                find(kind, name.asText()).isPresent(),
                owner,
                "names " + kind + " " + name.asText() + ", which is not there");
    }

    private Optional<Manifest> find(String kind, String name) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.name().equals(name))
                .findFirst();
    }

    private void require(boolean holds, Manifest manifest, String otherwise) {
        if (!holds) {
            mistakes.add(manifest + " " + otherwise);
        }
    }
}
