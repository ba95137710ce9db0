package dev.weft.filter.sql;

import java.util.Optional;

/** Why a text is no expression: the first thing found that cannot stand where it does. */
public final class SqlMistake extends Exception {

    private static final long serialVersionUID = 1;

    private final String where;
    private final String found;
    private final String expected;
    private final transient Optional<String> suggestion;
    private final boolean missingFunction;

    SqlMistake(String where, String found, String expected, Optional<String> suggestion, boolean missingFunction) {
        super("found " + found + " at " + where + ", expected " + expected);
        this.where = where;
        this.found = found;
        this.expected = expected;
        this.suggestion = suggestion;
        this.missingFunction = missingFunction;
    }

    /** Returns what was found and where, ready to stand after the word "found". */
    public String found() {
        return found + " at " + where;
    }

    /** Returns what could have stood there, ready to stand after the word "expected". */
    public String expected() {
        return expected;
    }

    /** Returns what was probably meant. */
    public Optional<String> suggestion() {
        return suggestion;
    }

    /** Returns whether only a function is not there, or not with so many arguments: a MissingFunctionError. */
    public boolean isMissingFunction() {
        return missingFunction;
    }
}
