package dev.weft.workflow.engine;

import dev.weft.workflow.Then;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of tasks, compiled, within which they go to each other. */
final class Scope {

    final List<Op> ops;
    final @Nullable Op first;

    Scope(List<Op> ops) {
        this.ops = ops;
        this.first = ops.isEmpty() ? null : ops.get(0);
        for (int i = 0; i + 1 < ops.size(); i++) {
            ops.get(i).next = ops.get(i + 1);
        }
        ops.forEach(op -> op.link(this));
    }

    /** Returns where a directive leads that is written at one of these tasks. */
    Jump jump(Then then, @Nullable Op next) {
        if (then instanceof Then.To to) {
            return new Jump(named(to.task()), Jump.Way.GO);
        }
        if (then instanceof Then.Exit) {
            return Jump.EXIT;
        }
        if (then instanceof Then.End) {
            return Jump.END;
        }
        return next == null ? Jump.LEAVE : new Jump(next, Jump.Way.GO);
    }

    private Op named(String name) {
        for (Op op : ops) {
            if (op.task.name().equals(name)) {
                return op;
            }
        }
        throw new IllegalArgumentException(
                "no task " + name + " stands in the list of tasks from which one goes there");
    }
}
