package dev.weft.workflow.host;

import org.jspecify.annotations.Nullable;

/**
 * What a schedule by time keeps.
 *
 * @param rule what the document says, by which another schedule is known
 * @param next the time of the tick that is on its way, milliseconds since 1970; -1 for none
 * @param running the instance whose end is waited for; null for none
 * @param started the number of the next that is started after the end of the one before; counted from when the schedule
 *     was set, in milliseconds since 1970
 */
record TimedState(String rule, long next, @Nullable String running, long started) {

    static final String TYPENAME = "weft.workflow/timed";

    private static final int VERSION = 1;

    byte[] form() {
        return new FormWriter(VERSION)
                .text(rule)
                .signed(next)
                .textOrNone(running)
                .signed(started)
                .done();
    }

    static TimedState read(byte[] form) throws UnreadableException {
        FormReader in = new FormReader("the state of a schedule", form, VERSION);
        TimedState state = new TimedState(in.text(), in.signed(), in.textOrNone(), in.signed());
        in.end();
        return state;
    }

    TimedState waitingFor(long time) {
        return new TimedState(rule, time, null, started);
    }
}
