package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.workflow.Extension;

/**
 * A task with extensions around it. What is before it is done in the order of the document, what is after it in the
 * opposite one; all see the task's raw input, or its output, and what they make is dropped. Only if something before it
 * exits, the task is left out, and what was made is taken for what it would have made.
 */
final class Extended extends Frame {

    private int stage;
    private long applying;
    private boolean exited;
    private int chosen = Run.NO_CASE;
    private JsonNode output = NullNode.getInstance();

    Extended(Run run, Op op) {
        super(op, run.at(), run.at().branch, run.raw, run.raw, run.around.now());
    }

    Extended(Op op, Frame parent) {
        super(op, parent);
    }

    @Override
    FrameKind kind() {
        return FrameKind.EXTENDED;
    }

    /** Returns whether the task itself is being done. */
    boolean isDoing() {
        return stage == count();
    }

    /** Returns what the task has made; null before it has. */
    JsonNode output() {
        return output;
    }

    /** What is before the task says that it is to be left out. */
    void exits() {
        exited = stage < count();
    }

    /** Begins with the first extension that applies. */
    void begin(Run run) throws Failed {
        run.focus(this);
        for (int i = 0; i < count(); i++) {
            Extension extension = op.extensions.get(i).extension();
            if (run.expressions.holds(extension.when(), raw)) {
                applying |= 1L << i;
            }
        }
        forward(run);
    }

    @Override
    void leave(Run run) throws Failed {
        if (exited) {
            exited = false;
            stage = count();
            run.focus(this);
            run.finish(op, run.data, Run.NO_CASE);
            return;
        }
        stage++;
        forward(run);
    }

    /** The task has completed. */
    void done(Run run, JsonNode made, int byCase) throws Failed {
        output = made;
        chosen = byCase;
        stage++;
        forwardAfter(run);
    }

    private void forward(Run run) throws Failed {
        for (; stage < count(); stage++) {
            if ((applying & 1L << stage) != 0) {
                run.go(op.extensions.get(stage).before(), raw);
                return;
            }
        }
        if (stage == count()) {
            run.focus(this);
            run.begin(op);
        } else {
            forwardAfter(run);
        }
    }

    private void forwardAfter(Run run) throws Failed {
        for (; stage <= 2 * count(); stage++) {
            int extension = 2 * count() - stage;
            if ((applying & 1L << extension) != 0) {
                run.go(op.extensions.get(extension).after(), output);
                return;
            }
        }
        run.pop(this);
        run.jump(op.jump(chosen), output);
    }

    private int count() {
        return op.extensions.size();
    }

    @Override
    void write(InstanceWriter out) {
        out.number(stage);
        out.number(applying);
        out.flag(exited);
        out.number(chosen + 1);
        out.json(output);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        stage = in.upTo(2 * count());
        applying = in.number();
        exited = in.flag();
        chosen = in.count() - 1;
        output = in.json();
    }
}
