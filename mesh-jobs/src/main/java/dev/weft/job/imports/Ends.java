package dev.weft.job.imports;

import java.util.Optional;

/**
 * Where the imported routes begin and end, if the person who imports says so; otherwise the source's own names are
 * used.
 *
 * @param from the channel that is read
 * @param to the channel that is written
 */
public record Ends(Optional<String> from, Optional<String> to) {

    /** Nothing is said: channels are named after what the source names. */
    public static final Ends OF_THE_SOURCE = new Ends(Optional.empty(), Optional.empty());
}
