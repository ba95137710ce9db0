package dev.weft.workflow.classic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.jq.Literals;

/** Reads what 0.8 gives no meaning to. */
final class Metadatas {

    private Metadatas() {}

    static Metadata read(Fields fields) {
        return fields.optional("metadata")
                .fields()
                .filter(it -> it.node() instanceof Mapping)
                .map(it -> new Metadata((ObjectNode) Literals.json(it.node())))
                .orElse(Metadata.NONE);
    }
}
