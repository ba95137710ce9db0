package dev.weft.filter.sql;

import org.jspecify.annotations.Nullable;

/** The attributes of one event. */
@FunctionalInterface
public interface Attributes {

    /**
     * Returns the value of the attribute of that name, in lower case: a {@code String}, {@code Integer} or
     * {@code Boolean}; null if the event lacks it.
     */
    @Nullable
    Object get(String name);
}
