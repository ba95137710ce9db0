package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import org.jspecify.annotations.Nullable;

/** A {@code for}, one iteration after the other. */
final class Loop extends Frame {

    private final LoopOp loop;
    private JsonNode items;
    private int index = -1;

    Loop(Run run, LoopOp op, ArrayNode items) {
        super(run, op);
        this.loop = op;
        this.items = items;
    }

    Loop(LoopOp op, Frame parent) {
        super(op, parent);
        this.loop = op;
        this.items = input;
    }

    @Override
    FrameKind kind() {
        return FrameKind.LOOP;
    }

    @Override
    void leave(Run run) throws Failed {
        index++;
        JsonNode before = run.data;
        if (index < items.size() && holds(run, before)) {
            run.go(loop.scope, before);
        } else {
            run.pop(this);
            run.finish(op, before, Run.NO_CASE);
        }
    }

    private boolean holds(Run run, JsonNode before) throws Failed {
        if (loop.body.whilst() == null) {
            return true;
        }
        run.focus(this);
        return run.expressions.test(loop.body.whilst(), before);
    }

    @Override
    @Nullable
    JsonNode local(String name) {
        if (name.equals(loop.body.each())) {
            return items.get(index);
        }
        return name.equals(loop.body.at()) ? IntNode.valueOf(index) : null;
    }

    @Override
    void write(InstanceWriter out) {
        out.json(items);
        out.number(index + 1);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        items = in.array();
        index = in.upTo(items.size()) - 1;
    }
}
