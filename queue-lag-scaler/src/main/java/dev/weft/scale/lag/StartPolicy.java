package dev.weft.scale.lag;

import java.time.Instant;

/** Where a consumer begins in a partition it has no position in. */
public sealed interface StartPolicy {

    /** At the first record that is there. */
    record Earliest() implements StartPolicy {}

    /** Behind the last one there was when the scaler saw the partition first. */
    record Latest() implements StartPolicy {}

    /** At the first record that is not older. */
    record From(Instant time) implements StartPolicy {}
}
