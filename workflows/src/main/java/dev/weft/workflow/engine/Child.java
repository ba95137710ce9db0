package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.WorkflowError;
import org.jspecify.annotations.Nullable;

/** Another instance that is waited for. */
final class Child extends Frame {

    private long token;
    private String childInstance;

    Child(Run run, Op op, long token, String childInstance) {
        super(run, op);
        this.token = token;
        this.childInstance = childInstance;
    }

    Child(Op op, Frame parent) {
        super(op, parent);
        this.childInstance = "";
    }

    @Override
    FrameKind kind() {
        return FrameKind.CHILD;
    }

    @Override
    boolean awaits(long awaited) {
        return token == awaited;
    }

    void ended(Run run, @Nullable JsonNode output, @Nullable WorkflowError error) throws Failed {
        run.pop(this);
        run.finish(op, run.result(op, output, error), Run.NO_CASE);
    }

    @Override
    void withdraw(Run run) {
        run.does(new Effect.CancelChild(childInstance, "the task that waited for it was cancelled"));
    }

    @Override
    void write(InstanceWriter out) {
        out.number(token);
        out.text(childInstance);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        token = in.number();
        childInstance = in.text();
    }
}
