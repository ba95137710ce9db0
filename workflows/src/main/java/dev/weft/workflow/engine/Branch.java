package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * What runs side by side with others: a branch of a {@link Fork}, or the instance as a whole. Has a context of its own.
 */
final class Branch extends Frame {

    final @Nullable Fork fork;
    final int number;
    JsonNode context = NullNode.getInstance();

    /** Makes that of an instance. */
    Branch(Op root, long startedAt) {
        super(root, null, null, NullNode.getInstance(), NullNode.getInstance(), startedAt);
        this.fork = null;
        this.number = 0;
    }

    Branch(Fork fork, int number) {
        super(fork.op, fork, null, fork.raw, fork.input, fork.startedAt);
        this.fork = fork;
        this.number = number;
        this.context = fork.branch.context;
    }

    @Override
    FrameKind kind() {
        return FrameKind.BRANCH;
    }

    @Override
    void leave(Run run) throws Failed {
        if (fork == null) {
            run.complete(run.data);
        } else {
            fork.completed(run, this);
        }
    }

    @Override
    @Nullable
    JsonNode local(String name) {
        if (fork == null || fork.items == null) {
            return null;
        }
        ForEachOp loop = (ForEachOp) fork.op;
        return name.equals(loop.body.each())
                ? fork.items.get(number)
                : name.equals(loop.body.at()) ? IntNode.valueOf(number) : null;
    }

    @Override
    void write(InstanceWriter out) {
        out.json(context);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        context = in.json();
    }
}
