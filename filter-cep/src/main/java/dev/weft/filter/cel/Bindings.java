package dev.weft.filter.cel;

import org.jspecify.annotations.Nullable;

/** What the names of a {@link Scope} stand for in one calculation. */
@FunctionalInterface
public interface Bindings {

    /** For expressions that name nothing but the event they are asked of. */
    Bindings NONE = name -> null;

    /**
     * Returns a {@code List} of {@link dev.weft.event.EventView} for a step, one such view for {@code prev}, a
     * {@code String}, an {@code Instant} or a {@code Map} of texts to these for a value; null where it stands for
     * nothing, and then what depends on it fails as missing.
     */
    @Nullable
    Object value(String name);
}
