package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.WorkflowError;
import org.jspecify.annotations.Nullable;

/** A call to the world that has not ended. */
final class Calling extends Frame {

    private long token;

    Calling(Run run, Op op, long token) {
        super(run, op);
        this.token = token;
    }

    Calling(Op op, Frame parent) {
        super(op, parent);
    }

    @Override
    FrameKind kind() {
        return FrameKind.CALLING;
    }

    @Override
    boolean awaits(long awaited) {
        return token == awaited;
    }

    void ended(Run run, @Nullable JsonNode result, @Nullable WorkflowError error) throws Failed {
        run.pop(this);
        run.finish(op, run.result(op, result, error), Run.NO_CASE);
    }

    @Override
    void withdraw(Run run) {
        run.does(new Effect.CancelCall(run.instance.token(token)));
    }

    @Override
    void write(InstanceWriter out) {
        out.number(token);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        token = in.number();
    }
}
