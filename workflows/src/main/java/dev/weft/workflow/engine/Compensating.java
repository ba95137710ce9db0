package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.workflow.WorkflowError;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what has completed, the last first, one after the other. What compensation does is not compensated. One
 * that fails fails the whole.
 */
final class Compensating extends Frame {

    private JsonNode data;
    private @Nullable WorkflowError cause;
    private Compensation.@Nullable Registered current;

    /**
     * Makes one.
     *
     * @param cause with which the instance fails in the end; null where the flow goes on
     */
    Compensating(Run run, Op op, JsonNode data, @Nullable WorkflowError cause) {
        super(run, op);
        this.data = data;
        this.cause = cause;
    }

    Compensating(Op op, Frame parent) {
        super(op, parent);
        this.data = NullNode.getInstance();
    }

    @Override
    FrameKind kind() {
        return FrameKind.COMPENSATING;
    }

    @Override
    boolean hides() {
        return true;
    }

    @Override
    void leave(Run run) throws Failed {
        if (current != null) {
            Compensation compensation = compensation(current.op());
            if (compensation.policy() == Compensation.Policy.CURRENT) {
                data = run.data;
            }
            run.lifecycle.taskCompensated(current.op());
        }
        current = run.instance.lastRegistered();
        if (current != null) {
            Compensation compensation = compensation(current.op());
            boolean flows = compensation.policy() == Compensation.Policy.CURRENT;
            run.go(compensation.scope(), flows ? data : current.data());
            return;
        }
        run.pop(this);
        if (cause == null) {
            run.finish(op, data, Run.NO_CASE);
        } else {
            run.faulted(cause);
        }
    }

    private static Compensation compensation(Op op) {
        return java.util.Objects.requireNonNull(op.compensation);
    }

    @Override
    void write(InstanceWriter out) {
        out.json(data);
        out.error(cause);
        out.registered(current);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        data = in.json();
        cause = in.error();
        current = in.registered();
    }
}
