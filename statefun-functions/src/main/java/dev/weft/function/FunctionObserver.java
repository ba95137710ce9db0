package dev.weft.function;

/**
 * Is told what happens, for metrics: each type of function has its own. Does nothing of what it does not override. Used
 * by the task's thread.
 */
public interface FunctionObserver {

    /** Does nothing. */
    FunctionObserver NOBODY = new FunctionObserver() {};

    /** Calls ended, well or not. */
    default void called(FunctionType type, int messages, long nanos, Outcome outcome) {}

    /** Messages wait for calls of their address to end, or for room. */
    default void waiting(FunctionType type, int messagesMore) {}

    /** Calls are under way. */
    default void underWay(FunctionType type, int callsMore) {}

    /** A function's values take more or fewer bytes. */
    default void valueBytes(FunctionType type, long bytesMore) {}

    /** How a call ended. */
    enum Outcome {
        DONE,
        UNDECLARED,
        RETRIED,
        GIVEN_UP
    }
}
