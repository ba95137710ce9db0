package dev.weft.workflow;

import dev.weft.workflow.jq.Jq;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a document say to Weft, which the language itself cannot say.
 *
 * @param compensatesOnFault of {@code compensateOnFault}: whether an error that nobody catches takes back what has
 *     completed, before the instance is faulted
 * @param search of {@code search}: by what instances are found, by name. Asked of {@code $context}, and sees
 *     {@code $context}, {@code $workflow} and {@code $runtime}
 * @param earlyEvents of {@code earlyEvents}: how long events are kept for those that will listen for them; null for the
 *     usual
 */
public record Dialect(
        boolean compensatesOnFault,
        Map<String, Jq> search,
        @Nullable Duration earlyEvents) {

    /** Says nothing. */
    public static final Dialect NONE = new Dialect(false, Map.of(), null);
}
