package dev.weft.workflow.engine;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;

/** Goes by the first case that holds, then by the one without a condition, then by the task's own word. */
final class SwitchOp extends Op {

    private final Body.Case[] cases;
    private final Jump[] jumps;

    SwitchOp(int number, Task task, Body.Switch body) {
        super(number, task);
        this.cases = body.cases().toArray(new Body.Case[0]);
        this.jumps = new Jump[cases.length];
    }

    @Override
    void link(Scope scope) {
        super.link(scope);
        for (int i = 0; i < cases.length; i++) {
            jumps[i] = scope.jump(cases[i].then(), next);
        }
    }

    @Override
    Jump jump(int chosen) {
        return chosen < 0 || chosen >= jumps.length ? then : jumps[chosen];
    }

    @Override
    void begin(Run run) throws Failed {
        int chosen = Run.NO_CASE;
        for (int i = 0; i < cases.length; i++) {
            if (cases[i].when() == null) {
                chosen = i;
            } else if (run.expressions.test(cases[i].when(), run.input)) {
                chosen = i;
                break;
            }
        }
        run.finish(this, run.input, chosen);
    }
}
