package dev.weft.workflow.engine;

import org.jspecify.annotations.Nullable;

/**
 * Where the flow goes after a task.
 *
 * @param to the next task; null where it leaves the list
 */
record Jump(@Nullable Op to, Way way) {

    static final Jump LEAVE = new Jump(null, Way.LEAVE);
    static final Jump EXIT = new Jump(null, Way.EXIT);
    static final Jump END = new Jump(null, Way.END);

    enum Way {
        GO,
        /** Out of the list, as it was the last task of it. */
        LEAVE,
        /** Out of the list, as the document says. */
        EXIT,
        /** To the end of the workflow. */
        END
    }
}
