package dev.weft.function;

import java.util.Optional;

/** Which functions there are, and how they are called. Used by the task's thread. */
public interface FunctionCatalog {

    /** Returns who calls functions of that type, and how; nothing where there is no such function. */
    Optional<Entry> of(FunctionType type);

    /** Functions of one type; many types may share an invoker. */
    record Entry(Invoker invoker, FunctionTerms terms) {}
}
