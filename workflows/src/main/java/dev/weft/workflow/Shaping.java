package dev.weft.workflow;

import dev.weft.workflow.jq.JsonSchema;
import dev.weft.workflow.jq.Template;
import org.jspecify.annotations.Nullable;

/**
 * How data is checked and made anew where it comes in, goes out or is exported.
 *
 * @param schema what it must satisfy: before it is shaped where it comes in, after it elsewhere; null for anything
 * @param as what it becomes; null for itself
 */
public record Shaping(@Nullable JsonSchema schema, @Nullable Template as) {

    /** Nothing is checked, nothing changes. */
    public static final Shaping NONE = new Shaping(null, null);
}
