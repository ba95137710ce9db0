package dev.weft.function;

import java.util.List;

/** What a call came to. */
public sealed interface Answer permits Answer.Done, Answer.Undeclared, Answer.Failed {

    /** The function has run: these are its effects, which are applied together. */
    record Done(Effects effects) implements Answer {}

    /**
     * The function has not run, as it keeps values that the runtime did not know of. It is called again, with the same
     * messages.
     *
     * @param missing at least one
     */
    record Undeclared(List<ValueDeclaration> missing) implements Answer {}

    /**
     * The call came to nothing, and nothing of it counts.
     *
     * @param detail in words, for people
     * @param isWorthRetrying whether the same call may succeed later
     */
    record Failed(String detail, boolean isWorthRetrying) implements Answer {}
}
