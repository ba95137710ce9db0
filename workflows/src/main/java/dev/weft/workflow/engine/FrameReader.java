package dev.weft.workflow.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads frames, with those inside them; makes sure that each is of the kind that its task has. */
final class FrameReader {

    private FrameReader() {}

    /**
     * Reads one.
     *
     * @param ready takes those that are ready, at the place that is theirs
     */
    static Frame read(InstanceReader in, Instance instance, @Nullable Frame parent, List<@Nullable Frame> ready)
            throws InstanceUnreadable {
        FrameKind kind = in.one(FrameKind.values());
        Op op = in.op();
        Frame frame = parent == null ? root(kind, op, instance) : made(in, kind, op, parent, instance);
        if (frame.depth > Run.DEEPEST + 2) {
            throw new InstanceUnreadable("found frames nested deeper than " + frame.depth);
        }
        frame.input = in.json();
        frame.raw = in.json();
        frame.startedAt = frame.branch.startedAt + in.signed();
        frame.deadline = in.time();
        frame.wake = in.time();
        int place = in.size();
        if (place > 0) {
            frame.ready = true;
            frame.at = in.opOrNone();
            frame.with = in.json();
            while (ready.size() < place) {
                ready.add(null);
            }
            ready.set(place - 1, frame);
        }
        frame.read(in);
        for (int left = in.size(); left > 0; left--) {
            frame.adopt(read(in, instance, frame, ready));
        }
        return frame;
    }

    private static Frame root(FrameKind kind, Op op, Instance instance) throws InstanceUnreadable {
        if (kind != FrameKind.BRANCH || op != instance.program.root) {
            throw new InstanceUnreadable("found " + kind + " of " + op.pointer + " as the whole of an instance");
        }
        return new Branch(op, instance.startedAt);
    }

    private static Frame made(InstanceReader in, FrameKind kind, Op op, Frame parent, Instance instance)
            throws InstanceUnreadable {
        if (kind == FrameKind.BRANCH) {
            if (parent instanceof Fork fork && fork.op == op) {
                instance.branches++;
                return new Branch(fork, fork.numberOf(in));
            }
            throw new InstanceUnreadable("found a branch of " + op.pointer + " inside of " + parent.kind());
        }
        if (parent instanceof Fork) {
            throw new InstanceUnreadable("found " + kind + " inside of a fork, expected a branch");
        }
        Frame frame = ofTask(kind, op, parent);
        if (frame == null) {
            throw new InstanceUnreadable("found " + kind + " for " + op.pointer + ", which is of another kind");
        }
        return frame;
    }

    private static @Nullable Frame ofTask(FrameKind kind, Op op, Frame parent) {
        return switch (kind) {
            case BLOCK -> op instanceof DoOp || op instanceof FunctionOp ? new Block(op, parent) : null;
            case LOOP -> op instanceof LoopOp loop ? new Loop(loop, parent) : null;
            case ATTEMPT -> op instanceof AttemptOp attempt ? new Attempt(attempt, parent) : null;
            case FORK -> op instanceof ForkingOp forking ? new Fork(forking, parent) : null;
            case LISTENING -> op instanceof ListenOp listen ? new Listening(listen, parent) : null;
            case CALLING -> op instanceof CallOp ? new Calling(op, parent) : null;
            case CHILD -> op instanceof ChildOp ? new Child(op, parent) : null;
            case PAUSE -> op instanceof WaitOp ? new Pause(op, parent) : null;
            case EXTENDED -> op.extensions.isEmpty() ? null : new Extended(op, parent);
            case COMPENSATING ->
                op instanceof CompensateOp || op instanceof RootOp ? new Compensating(op, parent) : null;
            case BRANCH -> null;
        };
    }
}
