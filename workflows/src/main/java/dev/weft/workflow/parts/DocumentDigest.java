package dev.weft.workflow.parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.digest.Sha256;
import dev.weft.workflow.jq.CanonicalJson;
import java.util.HexFormat;
import java.util.Map;

/**
 * What tells apart two documents: not their layout, and not the order of the members of objects. Numbers count as they
 * are written. It is kept of each definition, so it never changes.
 */
public final class DocumentDigest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DocumentDigest() {}

    /** Returns the SHA-256, in hex, of a document and what it refers to. */
    public static String of(JsonNode document, Map<String, JsonNode> resources) {
        ObjectNode whole = JSON.objectNode();
        whole.set("document", document);
        ObjectNode beside = JSON.objectNode();
        resources.forEach(beside::set);
        whole.set("resources", beside);
        return HexFormat.of().formatHex(Sha256.of(CanonicalJson.sorted(whole).toString()));
    }
}
