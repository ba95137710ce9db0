package dev.weft.function;

import java.util.function.Consumer;

/**
 * Takes messages to functions and applies what comes of it. At one address one call is under way at a time; messages
 * that come meanwhile wait, in order, and go together in the next. What a call asks for is applied at once, in one turn
 * of the task's thread, so that a checkpoint has all of it or nothing.
 *
 * <p>A message has been taken when its call has been applied; until then it is {@linkplain #unfinished unfinished}, and
 * a checkpoint holds it as a message on its way.
 *
 * <p>Used by the task's thread.
 */
public final class FunctionRuntime {

    public FunctionRuntime(
            FunctionCatalog catalog, Rows rows, FunctionHost host, FunctionObserver observer, long memoryBytes) {
        throw new UnsupportedOperationException();
    }

    /** Takes a message to its function, now or when its turn comes. */
    public void take(Message message) {
        throw new UnsupportedOperationException();
    }

    /** Sends what functions of that id wanted to be sent by now. */
    public void wakeDelays(String id) {
        throw new UnsupportedOperationException();
    }

    /** Forgets what was to be forgotten at that address by now. */
    public void wake(Address address) {
        throw new UnsupportedOperationException();
    }

    /** Whether so much waits for calls that no further message should be given until some have ended. */
    public boolean isFull() {
        throw new UnsupportedOperationException();
    }

    /** Whether nothing waits and no call is under way. */
    public boolean isIdle() {
        throw new UnsupportedOperationException();
    }

    /** Gives every message that was taken and is not applied, those of each address in their order. */
    public void unfinished(Consumer<Message> taker) {
        throw new UnsupportedOperationException();
    }
}
