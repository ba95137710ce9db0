package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Signals that are kept until an instance is resumed, as bytes. */
final class HeldSignal {

    private static final int EVENT = 0;
    private static final int CALL_ENDED = 1;
    private static final int CHILD_ENDED = 2;

    private HeldSignal() {}

    static void write(InstanceWriter out, Signal signal) {
        if (signal instanceof Signal.Event event) {
            out.octet(EVENT);
            out.text(event.token());
            out.number(event.filter());
            out.json(event.event());
        } else if (signal instanceof Signal.CallEnded ended) {
            out.octet(CALL_ENDED);
            out.text(ended.token());
            out.flag(ended.result() != null);
            if (ended.result() != null) {
                out.json(ended.result());
            }
            out.error(ended.error());
        } else if (signal instanceof Signal.ChildEnded ended) {
            out.octet(CHILD_ENDED);
            out.text(ended.token());
            out.flag(ended.output() != null);
            if (ended.output() != null) {
                out.json(ended.output());
            }
            out.error(ended.error());
        } else {
            throw new IllegalArgumentException("not kept while suspended: " + signal);
        }
    }

    static Signal read(InstanceReader in) throws InstanceUnreadable {
        int kind = in.octet();
        String token = in.text();
        if (kind == EVENT) {
            int filter = in.count();
            if (in.json() instanceof ObjectNode event) {
                return new Signal.Event(token, filter, event);
            }
            throw new InstanceUnreadable("found an event that is no object");
        }
        if (kind == CALL_ENDED) {
            return new Signal.CallEnded(token, in.flag() ? in.json() : null, in.error());
        }
        if (kind == CHILD_ENDED) {
            return new Signal.ChildEnded(token, in.flag() ? in.json() : null, in.error());
        }
        throw new InstanceUnreadable("found a signal of kind " + kind + ", which is not known");
    }
}
