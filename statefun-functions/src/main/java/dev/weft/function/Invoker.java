package dev.weft.function;

import java.util.List;
import java.util.function.Consumer;

/** Calls the functions of some types. One exists for each subtask; the task's thread uses it. */
public interface Invoker extends AutoCloseable {

    /**
     * Returns what functions of that type keep, as far as it is known before any of them was called. Values that are
     * declared only when a function is called come as {@link Answer.Undeclared}.
     */
    List<ValueDeclaration> declared(FunctionType type);

    /**
     * Calls a function. Never throws, and gives exactly one answer: before this returns, where the function needs no
     * time, or later, on whatever thread.
     */
    void call(Invocation invocation, Consumer<Answer> answer);

    /** Gives up what is under way; answers need not come any more. */
    @Override
    void close();
}
