package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What network policies let through, as Kubernetes says it: a connection must be let out by some policy of the Pod it
 * comes from, if any restricts that, and let in by some policy of the Pod it goes to.
 */
final class NetworkFlows {

    private final List<JsonNode> policies;

    NetworkFlows(List<Manifest> manifests) {
        policies = manifests.stream()
                .filter(manifest -> manifest.kind().equals("NetworkPolicy"))
                .map(manifest -> manifest.object().path("spec"))
                .toList();
    }

    /**
     * One end of a connection.
     *
     * @param namespace the labels of the namespace; none for that of the mesh
     */
    record End(Map<String, String> pod, Map<String, String> namespace) {

        /** A Pod of the mesh. */
        static End of(String instance, String component) {
            return new End(
                    Map.of("app.kubernetes.io/instance", instance, "app.kubernetes.io/component", component), Map.of());
        }

        private boolean isOurs() {
            return namespace.isEmpty();
        }
    }

    boolean letsThrough(End from, End to, String protocol, int port) {
        return lets("Egress", "egress", "to", from, to, protocol, port)
                && lets("Ingress", "ingress", "from", to, from, protocol, port);
    }

    private boolean lets(String type, String rules, String peers, End whose, End other, String protocol, int port) {
        if (!whose.isOurs()) {
            return true;
        }
        List<JsonNode> restricting = policies.stream()
                .filter(policy -> Manifest.items(policy.path("policyTypes"))
                        .anyMatch(each -> each.asText().equals(type)))
                .filter(policy -> new Selector(policy.path("podSelector")).matches(json(whose.pod())))
                .toList();
        return restricting.isEmpty()
                || restricting.stream()
                        .flatMap(policy -> Manifest.items(policy.path(rules)))
                        .anyMatch(
                                rule -> meets(rule.path(peers), other) && hasPort(rule.path("ports"), protocol, port));
    }

    private static boolean meets(JsonNode peers, End other) {
        return peers.isMissingNode() || Manifest.items(peers).anyMatch(peer -> isPeer(peer, other));
    }

    private static boolean isPeer(JsonNode peer, End other) {
        boolean there = peer.has("namespaceSelector")
                ? new Selector(peer.path("namespaceSelector")).matches(json(other.namespace()))
                : other.isOurs();
        return there && new Selector(peer.path("podSelector")).matches(json(other.pod()));
    }

    private static boolean hasPort(JsonNode ports, String protocol, int port) {
        return ports.isMissingNode()
                || Manifest.items(ports)
                        .anyMatch(each -> each.path("protocol").asText("TCP").equals(protocol)
                                && each.path("port").asInt() <= port
                                && port
                                        <= each.path("endPort")
                                                .asInt(each.path("port").asInt()));
    }

    private static ObjectNode json(Map<String, String> labels) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        labels.forEach(object::put);
        return object;
    }
}
