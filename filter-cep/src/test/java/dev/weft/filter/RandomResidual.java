package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A residual that answers by a hash of what it reads: holds, does not, or fails. Of those that read an attribute and
 * the payload some know their answer by the attribute alone, as an expression with "or" may.
 */
record RandomResidual(int number, String attribute, List<List<String>> wantedPaths) implements Residual {

    private static final List<List<List<String>>> WANTED = List.of(
            List.of(), List.of(), List.of(List.of("a")), List.of(List.of("a", "b"), List.of("c")), List.of(List.of()));

    static RandomResidual next(Random random) {
        List<String> attributes = RandomRules.ATTRIBUTES;
        return new RandomResidual(
                random.nextInt(5),
                attributes.get(random.nextInt(attributes.size())),
                WANTED.get(random.nextInt(WANTED.size())));
    }

    @Override
    public String language() {
        return "random";
    }

    @Override
    public String text() {
        return number + " " + attribute + " " + wantedPaths;
    }

    @Override
    public List<String> attributes() {
        return List.of(attribute);
    }

    @Override
    public Answer answer(MeshEvent event, @Nullable JsonNode root) {
        String value = event.attribute(attribute);
        int byAttribute = Math.floorMod(String.valueOf(value).hashCode() + number, 8);
        if (wantedPaths.isEmpty() || byAttribute < 2) {
            return answer(byAttribute);
        }
        return root == null
                ? Answer.UNREADABLE
                : answer(Math.floorMod(read(root).hashCode() + number, 8));
    }

    /** Only what it wants: others may have made more be read. */
    private String read(JsonNode root) {
        StringBuilder read = new StringBuilder();
        for (List<String> path : wantedPaths) {
            JsonNode at = root;
            for (String name : path) {
                at = at.path(name);
            }
            read.append(at.isObject() && !path.isEmpty() ? "{}" : at);
        }
        return read.toString();
    }

    private static Answer answer(int hash) {
        return hash == 0 || hash > 5 ? Answer.TRUE : hash == 2 ? Answer.failure("hash 2") : Answer.FALSE;
    }
}
