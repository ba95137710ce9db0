package dev.weft.workflow.host;

import dev.weft.workflow.engine.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What an instance came from.
 *
 * @param at when what began it was put where it was read from, milliseconds since 1970: events put since then are meant
 *     for it, even if they came faster than its start
 * @param parent the instance that waits for its end; null for none
 * @param schedule the id of the schedule that waits for its end; null for none
 */
record Origin(
        long at, Signal.@Nullable Parent parent, @Nullable String schedule) {

    void write(FormWriter out) {
        out.signed(at).flag(parent != null);
        if (parent != null) {
            out.text(parent.instance()).text(parent.token());
        }
        out.textOrNone(schedule);
    }

    static Origin read(FormReader in) throws UnreadableException {
        long at = in.signed();
        Signal.Parent parent = in.flag() ? new Signal.Parent(in.text(), in.text()) : null;
        return new Origin(at, parent, in.textOrNone());
    }
}
