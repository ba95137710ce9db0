package dev.weft.workflow.call;

import dev.weft.delivery.BreakerPolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * How much calls may take of those who are called, and of us.
 *
 * @param concurrency the most calls at once to one scheme, host and port, of one caller; the others wait their turn
 * @param timeout for one call, from when its turn comes
 * @param connectTimeout for one connection, TLS included
 * @param maxResponseBytes of an answer's body
 * @param breaker when a host is taken for dead; its calls fail at once then
 */
public record CallTerms(
        int concurrency, Duration timeout, Duration connectTimeout, int maxResponseBytes, BreakerPolicy breaker)
        implements Serializable {

    /** What holds where nothing is said: 64 at once, 30 s, 4 MiB. */
    public static final CallTerms USUAL =
            new CallTerms(64, Duration.ofSeconds(30), Duration.ofSeconds(5), 4 << 20, BreakerPolicy.DEFAULT);
}
