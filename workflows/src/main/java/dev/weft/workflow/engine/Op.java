package dev.weft.workflow.engine;

import dev.weft.workflow.Extension;
import dev.weft.workflow.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task, compiled: it knows the tasks around it, and has a number by which instances refer to it. */
abstract class Op {

    final int number;
    final Task task;
    final String pointer;

    /** Whether an expression of the task asks for {@code $task}. */
    boolean tellsTask;

    @Nullable
    Op next;

    Jump then = Jump.LEAVE;
    List<Around> extensions = List.of();

    @Nullable
    Compensation compensation;

    Op(int number, Task task) {
        this.number = number;
        this.task = task;
        this.pointer = task.pointer();
    }

    /** Does what the task does, as far as it goes at once; the run knows the task's data, and is told of the end. */
    abstract void begin(Run run) throws Failed;

    /** Resolves the names of other tasks of the list in which this one stands. */
    void link(Scope scope) {
        then = scope.jump(task.then(), next);
    }

    /** Returns the lists of tasks that are done as part of this one, those of functions and extensions as well. */
    List<Scope> inner() {
        return List.of();
    }

    /** Returns where it goes from the case with that number; from {@link Run#NO_CASE} by the task's own word. */
    Jump jump(int chosen) {
        return then;
    }

    /** An extension of a task, compiled. */
    record Around(Extension extension, Scope before, Scope after) {}
}
