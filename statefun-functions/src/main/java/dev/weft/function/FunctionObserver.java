package dev.weft.function;

/** Is told what happens, for metrics: each type of function has its own. Used by the task's thread. */
public interface FunctionObserver {

    /** Calls ended, well or not. */
    void called(FunctionType type, int messages, long nanos, Outcome outcome);

    /** Messages wait for calls of their address to end, or for room. */
    void waiting(FunctionType type, int messagesMore);

    /** Calls are under way. */
    void underWay(FunctionType type, int callsMore);

    /** A function's values take more or fewer bytes. */
    void valueBytes(FunctionType type, long bytesMore);

    /** How a call ended. */
    enum Outcome {
        DONE,
        UNDECLARED,
        RETRIED,
        GIVEN_UP
    }
}
