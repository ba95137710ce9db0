package dev.weft.filter;

import dev.weft.event.MeshEvent;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a rule asks of one attribute. */
record AttributeTest(String name, Alternatives alternatives) implements Serializable {

    boolean holds(@Nullable String value, MeshEvent event) {
        return alternatives.matchAttribute(value, event);
    }
}
