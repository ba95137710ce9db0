package dev.weft.filter;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a rule asks of one attribute. */
record AttributeTest(String name, Alternatives alternatives) implements Serializable {

    /** Returns whether any value will do. */
    boolean isPresence() {
        return alternatives.anyOf().size() == 1 && alternatives.anyOf().get(0) instanceof Condition.Present;
    }

    boolean holds(@Nullable String value) {
        return alternatives.matchAttribute(value);
    }
}
