package dev.weft.filter.cel;

/** A part of an expression, ready to be run. */
@FunctionalInterface
interface Code {

    /** Returns the part's value, or a {@link Failed}. */
    Object eval(Run run);
}
