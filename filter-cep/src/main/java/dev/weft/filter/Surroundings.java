package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in an event a value stands while a rule is evaluated: what conditions find that look beyond the one value.
 *
 * <p>Of a path that leads through an array, the object in which evaluation stands is taken, as far as that path is the
 * way to the value. So two fields below an array are taken from the same object.
 */
final class Surroundings {

    /** Nothing is around: conditions that look beyond the value hold of every value. */
    static final Surroundings NONE = new Surroundings(null, MissingNode.getInstance(), new boolean[0]);

    private final @Nullable MeshEvent event;
    private final JsonNode root;
    private final boolean[] inWhole;

    /** The object in which evaluation stands, by the number of names that lead to it. */
    private final List<JsonNode> objects = new ArrayList<>();

    private List<String> path = List.of();

    /**
     * @param event null where only the payload is known
     * @param inWhole for each leaf that is asked of the whole payload, by its number, whether it holds there
     */
    Surroundings(@Nullable MeshEvent event, JsonNode root, boolean[] inWhole) {
        this.event = event;
        this.root = root;
        this.inWhole = inWhole;
    }

    boolean holdsInWhole(int leaf) {
        return inWhole[leaf];
    }

    /** Evaluation comes to an object to which so many names lead. */
    void enter(int names, JsonNode object) {
        while (objects.size() <= names) {
            objects.add(MissingNode.getInstance());
        }
        objects.set(names, object);
    }

    /** Evaluation comes to the values of a field. */
    void stand(List<String> at) {
        path = at;
    }

    @Nullable
    MeshEvent event() {
        return event;
    }

    /** Returns what the path leads to, arrays and all; a missing node where it leads nowhere. */
    JsonNode find(List<String> other) {
        int shared = 0;
        int most = Math.min(path.size() - 1, other.size());
        while (shared < most && path.get(shared).equals(other.get(shared))) {
            shared++;
        }
        JsonNode from = path.isEmpty() ? root : objects.get(shared);
        return below(from, other, shared);
    }

    /** Of a path through arrays, returns an array of what is found in each element. */
    private static JsonNode below(JsonNode value, List<String> names, int at) {
        if (at == names.size()) {
            return value;
        }
        if (!value.isArray()) {
            return below(value.path(names.get(at)), names, at + 1);
        }
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < value.size(); i++) {
            JsonNode one = below(value.get(i), names, at);
            if (!one.isMissingNode()) {
                found.add(one);
            }
        }
        return found;
    }
}
