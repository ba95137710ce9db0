package dev.weft.workflow.engine;

import dev.weft.workflow.Task;

/** A task with branches that run side by side. */
abstract class ForkingOp extends Op {

    ForkingOp(int number, Task task) {
        super(number, task);
    }

    /** Returns how many branches are declared. */
    abstract int branches();

    /** Returns what a branch does. */
    abstract Scope branch(int number);

    /** Returns how many of so many branches must complete. */
    abstract int need(int branches);

    /** Returns how many may run at a time. */
    abstract int atOnce();

    /** Returns whether what is made is what the last branch made that was needed. */
    abstract boolean competes();
}
