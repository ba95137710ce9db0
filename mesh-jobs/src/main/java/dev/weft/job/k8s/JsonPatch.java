package dev.weft.job.k8s;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** Applies operations of RFC 6902 to an object: {@code add}, {@code replace}, {@code remove} and {@code test}. */
final class JsonPatch {

    private static final Set<String> MEMBERS = Set.of("op", "path", "value");

    private JsonPatch() {}

    /**
     * Returns the object after the operations.
     *
     * @throws IllegalArgumentException if an operation is no such operation, or there is nothing at its path
     */
    static Manifest over(Manifest whole, ArrayNode operations) {
        ObjectNode patched = whole.object().deepCopy();
        for (JsonNode operation : operations) {
            operation.fieldNames().forEachRemaining(name -> {
                if (!MEMBERS.contains(name)) {
                    throw new IllegalArgumentException("found " + name + " in an operation, expected op, path, value");
                }
            });
            apply(patched, operation);
        }
        return new Manifest(patched);
    }

    private static void apply(ObjectNode root, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asText());
        JsonNode parent = path.head() == null ? root : root.at(path.head());
        String last = path.last() == null ? "" : path.last().getMatchingProperty();
        JsonNode value = operation.path("value").deepCopy();
        boolean done = switch (operation.path("op").asText()) {
            case "add" -> add(parent, last, value);
            case "replace" -> remove(parent, last).isPresent() && add(parent, last, value);
            case "remove" -> remove(parent, last).isPresent();
            case "test" -> root.at(path).equals(value);
            default ->
                throw new IllegalArgumentException(
                        "found op: " + operation.path("op") + ", expected one of add, remove, replace, test");
        };
        if (!done) {
            throw new IllegalArgumentException("cannot " + operation.path("op").asText() + " at " + path);
        }
    }

    private static boolean add(JsonNode parent, String last, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
            return true;
        }
        if (parent instanceof ArrayNode list) {
            int index = last.equals("-") ? list.size() : index(last);
            if (index >= 0 && index <= list.size()) {
                list.insert(index, value);
                return true;
            }
        }
        return false;
    }

    private static Optional<JsonNode> remove(JsonNode parent, String last) {
        if (parent instanceof ObjectNode object) {
            return Optional.ofNullable(object.remove(last));
        }
        return parent instanceof ArrayNode list && index(last) >= 0
                ? Optional.ofNullable(list.remove(index(last)))
                : Optional.empty();
    }

    private static int index(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    }
}
