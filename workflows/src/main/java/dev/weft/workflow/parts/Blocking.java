package dev.weft.workflow.parts;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import java.util.List;

/** Tells which tasks may take time: those that wait for something, or have such a task within them. */
final class Blocking {

    private Blocking() {}

    static boolean mayWait(Task task) {
        Body body = task.body();
        return body instanceof Body.Wait
                || body instanceof Body.Listen
                || body instanceof Body.Call
                || body instanceof Body.CallFunction
                || body instanceof Body.RunWorkflow
                || body instanceof Body.Do inner && mayWait(inner.tasks())
                || body instanceof Body.For loop && mayWait(loop.tasks())
                || body instanceof Body.ForEach loop && mayWait(loop.tasks())
                || body instanceof Body.Fork fork && mayWait(fork.branches())
                || body instanceof Body.Try attempt && mayWait(attempt.tasks());
    }

    private static boolean mayWait(List<Task> tasks) {
        return tasks.stream().anyMatch(Blocking::mayWait);
    }
}
