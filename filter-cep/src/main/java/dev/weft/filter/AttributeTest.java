package dev.weft.filter;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a rule asks of one attribute. */
record AttributeTest(String name, Alternatives alternatives) implements Serializable {

    boolean holds(@Nullable String value) {
        return alternatives.matchAttribute(value);
    }
}
