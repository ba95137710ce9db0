package dev.weft.workflow.read;

import dev.weft.workflow.parts.Locals;
import java.util.List;

/**
 * Where a task stands.
 *
 * @param pointer its JSON pointer
 * @param siblings the names of its scope, to which {@code then} may lead
 * @param extended whether extensions apply to it: not to tasks of extensions
 */
record Place(String name, String pointer, Locals locals, List<String> siblings, boolean extended) {

    /** Returns the pointer of something within the task. */
    String below(String... keys) {
        StringBuilder below = new StringBuilder(pointer);
        for (String key : keys) {
            below.append('/').append(escaped(key));
        }
        return below.toString();
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
