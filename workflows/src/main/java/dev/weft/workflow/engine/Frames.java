package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.workflow.Errors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The frames of a run's instance: how branches begin and end, and how what is inside a frame is cancelled. */
final class Frames {

    private final Run run;

    Frames(Run run) {
        this.run = run;
    }

    /** Has a branch go on there when it is its turn. */
    static void makeReady(Frame which, @Nullable Op op, JsonNode with) {
        which.ready = true;
        which.at = op;
        which.with = with;
    }

    /** What a branch was about to go on with is not done. */
    void makeIdle(Frame which) {
        which.ready = false;
        which.at = null;
        which.with = NullNode.getInstance();
        run.instance.ready.remove(which);
    }

    /** A frame is no more. */
    static void drop(Frame which) {
        which.dropped = true;
        if (which.parent != null && which.parent.child == which) {
            which.parent.child = null;
        }
    }

    /** Has a branch begin when it is its turn. */
    void start(Branch branch, Scope scope, JsonNode with) {
        makeReady(branch, scope.first, with);
        run.instance.ready.add(branch);
    }

    /** A branch is no more. */
    void end(Branch branch) {
        if (!branch.dropped) {
            branch.dropped = true;
            run.instance.branches--;
        }
    }

    void countBranch(Op op) throws Failed {
        if (run.instance.branches >= run.around.limits().frames()) {
            throw new Failed(
                    Errors.RUNTIME,
                    op.pointer,
                    "runs more than " + run.around.limits().frames() + " branches side by side");
        }
        run.instance.branches++;
    }

    void cancelChildren(Frame which) {
        for (int i = which.children() - 1; i >= 0; i--) {
            cancel(which.child(i));
        }
    }

    void cancel(Frame which) {
        boolean told = which.child != null && isToldWith(which, which.child);
        cancelChildren(which);
        which.withdraw(run);
        if (which instanceof Branch branch) {
            Objects.requireNonNull(branch.fork).remove(branch);
            end(branch);
        } else {
            if (!told) {
                run.lifecycle.taskCancelled(which.op);
            }
            drop(which);
        }
    }

    /** Returns whether two frames are of the same task, as those of a task with extensions around it. */
    static boolean isToldWith(Frame outer, Frame inner) {
        return outer instanceof Extended && outer.op == inner.op;
    }
}
