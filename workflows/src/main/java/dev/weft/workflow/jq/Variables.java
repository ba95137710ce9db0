package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of an expression's variables, asked for by name, without the dollar sign, when they are needed. */
@FunctionalInterface
public interface Variables {

    /** No variables. */
    Variables NONE = name -> null;

    /** Returns the value of the variable, or null where there is none: then the evaluation fails. */
    @Nullable
    JsonNode get(String name);

    /** Returns the variables of a map. */
    static Variables of(Map<String, JsonNode> values) {
        return values::get;
    }
}
