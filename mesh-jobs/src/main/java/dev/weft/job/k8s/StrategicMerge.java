package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lays a partial object over a whole one, as kustomize does with {@code patches} that are no lists of operations:
 * mappings are merged, {@code null} removes, {@code $patch: delete} removes the object, or the item of a list. Lists
 * are merged by the key of their items where Kubernetes says so, and replaced elsewhere. Source: the strategic merge
 * patch of Kubernetes; of its directives only {@code delete} is understood.
 */
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    /** By which member items of a list are the same, for the lists that our manifests patch. */
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "volumes", "name",
            "env", "name",
            "volumeMounts", "mountPath",
            "imagePullSecrets", "name");

    private final boolean builtIn;

    private StrategicMerge(boolean builtIn) {
        this.builtIn = builtIn;
    }

    /** Returns the object with the patch laid over it; nothing if the patch deletes it. */
    static Optional<Manifest> over(Manifest whole, ObjectNode patch) {
        if (deletes(patch)) {
            return Optional.empty();
        }
        ObjectNode merged = whole.object().deepCopy();
        new StrategicMerge(whole.isBuiltIn()).merge(merged, patch);
        return Optional.of(new Manifest(merged));
    }

    private void merge(ObjectNode into, ObjectNode patch) {
        patch.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode wanted = member.getValue();
            JsonNode there = into.get(name);
            if (wanted.isNull()) {
                into.remove(name);
            } else if (there instanceof ObjectNode object && wanted instanceof ObjectNode laid) {
                merge(object, laid);
            } else if (there instanceof ArrayNode list
                    && wanted instanceof ArrayNode laid
                    && key(name, list).isPresent()) {
                mergeLists(list, laid, key(name, list).get());
            } else {
                into.set(name, wanted.deepCopy());
            }
        });
    }

    private Optional<String> key(String list, ArrayNode there) {
        if (!builtIn) {
            return Optional.empty();
        }
        // A Service's ports are told apart by their number, a container's by theirs.
        return list.equals("ports")
                ? Stream.of("containerPort", "port").filter(there.path(0)::has).findFirst()
                : Optional.ofNullable(KEYS.get(list));
    }

    private void mergeLists(ArrayNode into, ArrayNode patch, String key) {
        for (JsonNode item : patch) {
            int at = indexOf(into, key, item.path(key));
            if (deletes(item)) {
                if (at >= 0) {
                    into.remove(at);
                }
            } else if (at >= 0) {
                merge((ObjectNode) into.get(at), (ObjectNode) item);
            } else {
                into.add(item.deepCopy());
            }
        }
    }

    private static int indexOf(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).asText().equals(value.asText())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean deletes(JsonNode patch) {
        String directive = patch.path(DIRECTIVE).asText();
        if (!directive.isEmpty() && !directive.equals("delete")) {
            throw new IllegalArgumentException("found $patch: " + directive + ", expected delete");
        }
        return directive.equals("delete");
    }
}
