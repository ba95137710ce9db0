package dev.weft.workflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a document says that the language gives no meaning to. Nobody may change the node. */
public record Metadata(ObjectNode json) {

    public static final Metadata NONE = new Metadata(JsonNodeFactory.instance.objectNode());
}
