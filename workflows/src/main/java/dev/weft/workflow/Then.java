package dev.weft.workflow;

/** Where the flow goes after a task. */
public sealed interface Then {

    /** To the next task in the order of declaration; after the last, out of the scope. */
    record Continue() implements Then {}

    /** Out of the scope: the list of tasks in which the task stands. */
    record Exit() implements Then {}

    /** To the end of the workflow, from wherever. */
    record End() implements Then {}

    /** To a task of the same scope, which the reader has made sure of. */
    record To(String task) implements Then {}

    Then CONTINUE = new Continue();
    Then EXIT = new Exit();
    Then END = new End();
}
