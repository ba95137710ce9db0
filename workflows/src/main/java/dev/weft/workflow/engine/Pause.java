package dev.weft.workflow.engine;

/** A {@code wait}. */
final class Pause extends Frame {

    Pause(Run run, Op op, long until) {
        super(run, op);
        this.wake = until;
    }

    Pause(Op op, Frame parent) {
        super(op, parent);
    }

    @Override
    FrameKind kind() {
        return FrameKind.PAUSE;
    }

    @Override
    void awake(Run run) throws Failed {
        run.pop(this);
        run.finish(op, input, Run.NO_CASE);
    }
}
