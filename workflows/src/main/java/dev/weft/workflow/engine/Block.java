package dev.weft.workflow.engine;

/** Tasks one after the other: a {@code do}, or a function that was called. */
final class Block extends Frame {

    private final boolean function;

    Block(Run run, Op op, boolean function) {
        super(run, op);
        this.function = function;
    }

    Block(Op op, Frame parent) {
        super(op, parent);
        this.function = op instanceof FunctionOp;
    }

    @Override
    FrameKind kind() {
        return FrameKind.BLOCK;
    }

    @Override
    boolean hides() {
        return function;
    }

    @Override
    void leave(Run run) throws Failed {
        run.pop(this);
        run.finish(op, run.data, Run.NO_CASE);
    }
}
