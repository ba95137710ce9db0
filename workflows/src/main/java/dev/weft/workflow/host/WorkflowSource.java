package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.read.DefinitionReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a definition is read from, in a form that can be kept for as long as instances go on by it.
 *
 * @param document whose language it says itself
 * @param resources what the document refers to outside it, by the endpoint as the document writes it
 * @param terms as in {@link HostedDefinition}
 */
public record WorkflowSource(
        JsonNode document,
        Map<String, JsonNode> resources,
        @Nullable WorkflowTerms terms) {

    private static final int VERSION = 1;

    public static WorkflowSource of(Definition definition, @Nullable WorkflowTerms terms) {
        return new WorkflowSource(definition.document(), definition.resources(), terms);
    }

    /**
     * Returns the definition that was read from it.
     *
     * @param known the ids of all workflows that it may run
     * @throws IllegalArgumentException if something is wrong with it, which was right once; one line for each mistake
     */
    public Definition definition(Set<DefinitionId> known) {
        return DefinitionReader.again(document, resources, known);
    }

    /** Writes it, with the version of the form. */
    public byte[] form() {
        FormWriter out = new FormWriter(VERSION, 4096).bytes(JsonBytes.of(document));
        out.signed(resources.size());
        resources.forEach((endpoint, resource) -> out.text(endpoint).bytes(JsonBytes.of(resource)));
        out.flag(terms != null);
        if (terms != null) {
            terms.write(out);
        }
        return out.done();
    }

    /** Reads it. */
    public static WorkflowSource read(byte[] form) throws UnreadableException {
        FormReader in = new FormReader("the source of a workflow", form, VERSION);
        JsonNode document = JsonBytes.read(in.bytes());
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        for (int left = in.size(); left > 0; left--) {
            resources.put(in.text(), JsonBytes.read(in.bytes()));
        }
        WorkflowTerms terms = in.flag() ? WorkflowTerms.read(in) : null;
        in.end();
        return new WorkflowSource(document, resources, terms);
    }
}
