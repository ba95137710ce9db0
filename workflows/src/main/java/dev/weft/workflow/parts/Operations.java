package dev.weft.workflow.parts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.workflow.call.CallMistake;
import dev.weft.workflow.call.OpenApi;
import java.util.Set;

/** Checks that the document of an API has the operation that is called. */
public final class Operations {

    private Operations() {}

    /**
     * Checks it.
     *
     * @param at where the operation is named
     * @param endpoint of the document
     */
    public static void check(Node at, String id, String endpoint, JsonNode document, Problems problems) {
        try {
            Set<String> known = new OpenApi(document, endpoint).operations();
            if (!known.contains(id)) {
                problems.addUnknown(at, "operation", id, known);
            }
        } catch (CallMistake e) {
            problems.add(at, at.described(), "an operation of a description of an API: " + e.getMessage());
        }
    }
}
