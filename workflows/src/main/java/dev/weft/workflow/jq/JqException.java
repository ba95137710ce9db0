package dev.weft.workflow.jq;

import dev.weft.config.Location;
import dev.weft.config.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mistake in the text of an expression, found before it is ever evaluated. */
public final class JqException extends Exception {

    private static final long serialVersionUID = 1;

    private final String found;
    private final String expected;
    private final @Nullable String suggestion;

    JqException(String found, String expected) {
        this(found, expected, null);
    }

    JqException(String found, String expected, @Nullable String suggestion) {
        super("found " + found + ", expected " + expected
                + (suggestion == null ? "" : ". Did you mean \"" + suggestion + "\"?"));
        this.found = found;
        this.expected = expected;
        this.suggestion = suggestion;
    }

    /** Returns the mistake as a problem of the file the expression stands in. */
    public Problem problem(Location at, String path) {
        return new Problem(at, path, found, expected, Optional.ofNullable(suggestion));
    }
}
