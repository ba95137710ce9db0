package dev.weft.function;

import dev.weft.event.Reason;

/** Where a runtime runs: carries what functions send, and tells the time. Used by the task's thread. */
public interface FunctionHost {

    /** Takes a message to whatever function, in the order of calls for each pair of addresses. */
    void send(Message message);

    /** Takes what a function says to the world outside. */
    void egress(Address from, Effects.Egress egress, Message cause);

    /** Takes a message that no function takes. */
    void deadLetter(Message message, Reason reason, String detail);

    /** Returns what the clock on the wall shows, in milliseconds since 1970. */
    long now();

    /** Returns what a clock shows that only goes forward, in nanoseconds since some time. Costs little. */
    long nanoTime();

    /** Runs something on the task's thread after that time, unless the job ends or fails before. */
    void later(long millis, Runnable task);

    /** Runs something on the task's thread soon. Any thread may ask. */
    void soon(Runnable task);
}
