package dev.weft.workflow.engine;

import java.io.Serializable;

/**
 * What an instance may use up; more is an error of type {@code runtime}.
 *
 * @param stateBytes of what is kept of one instance; whoever keeps it looks, and has it {@linkplain Engine#fault fail}
 * @param outputBytes of what one task makes, as JSON text
 * @param frames that run side by side
 * @param iterations of one loop
 * @param stepsAtOnce of one activation; what is left is done in the next
 * @param steps of the whole life
 * @param events that wait for a {@code foreach}
 * @param retries of one task
 * @param longestDelay between two attempts, in milliseconds
 */
public record Limits(
        int stateBytes,
        int outputBytes,
        int frames,
        int iterations,
        int stepsAtOnce,
        long steps,
        int events,
        int retries,
        long longestDelay)
        implements Serializable {

    /** What holds where nothing is said. */
    public static final Limits USUAL =
            new Limits(1 << 20, 512 << 10, 1024, 100_000, 10_000, 10_000_000, 1000, 1000, 3_600_000);
}
