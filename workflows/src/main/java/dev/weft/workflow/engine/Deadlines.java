package dev.weft.workflow.engine;

import org.jspecify.annotations.Nullable;

/** Which frame's time comes next: the earliest; at the same time the one deepest inside; then the first of them. */
final class Deadlines {

    private Deadlines() {}

    static long next(Frame frame) {
        long next = due(frame);
        for (int i = 0; i < frame.children(); i++) {
            next = Math.min(next, next(frame.child(i)));
        }
        return next;
    }

    /** Returns the frame; null where none is due by then. */
    static @Nullable Frame earliest(Frame frame, long now) {
        Frame best = due(frame) <= now ? frame : null;
        for (int i = 0; i < frame.children(); i++) {
            Frame inner = earliest(frame.child(i), now);
            if (inner != null && (best == null || isBefore(inner, best))) {
                best = inner;
            }
        }
        return best;
    }

    private static boolean isBefore(Frame one, Frame other) {
        long difference = due(one) - due(other);
        return difference < 0 || (difference == 0 && one.depth > other.depth);
    }

    private static long due(Frame frame) {
        return Math.min(frame.wake, frame.deadline);
    }
}
