package dev.weft.workflow.engine;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import java.util.List;

final class ForkOp extends ForkingOp {

    private final Body.Fork body;
    private final List<Scope> branches;

    ForkOp(int number, Task task, Body.Fork body, List<Scope> branches) {
        super(number, task);
        this.body = body;
        this.branches = branches;
    }

    @Override
    List<Scope> inner() {
        return branches;
    }

    @Override
    int branches() {
        return branches.size();
    }

    @Override
    Scope branch(int number) {
        return branches.get(number);
    }

    @Override
    int need(int count) {
        return body.need();
    }

    @Override
    int atOnce() {
        return Integer.MAX_VALUE;
    }

    @Override
    boolean competes() {
        return body.competes();
    }

    @Override
    void begin(Run run) throws Failed {
        Fork fork = new Fork(run, this, null, branches.size());
        run.push(fork);
        fork.begin(run);
    }
}
