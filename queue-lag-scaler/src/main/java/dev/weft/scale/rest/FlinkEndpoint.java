package dev.weft.scale.rest;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where the REST interface of a Flink cluster is, and how to speak with it.
 *
 * @param url {@code http} or {@code https}, with a path only if a proxy wants one
 * @param credentials sent with every request
 * @param tls whom to trust and what to show; what the JVM trusts if empty
 * @param within so long may a reading of a job take in all, or one thing a job is told; connecting takes half of it at
 *     most
 * @param answerBytes an answer that is longer is not read
 */
public record FlinkEndpoint(
        URI url, Optional<Credentials> credentials, Optional<SSLContext> tls, Duration within, int answerBytes) {

    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES = 16 << 20;

    /** Checks the URL; the message is for the person who wrote it. */
    public FlinkEndpoint {
        boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isWeb || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"%s\" is not the address of a JobManager, such as http://jobmanager:8081".formatted(url));
        }
        if (within.isNegative() || within.isZero() || answerBytes <= 0) {
            throw new IllegalArgumentException("no time or no room for an answer: " + within + ", " + answerBytes);
        }
    }

    /** Returns the endpoint at a URL, without credentials, with 5 s for an answer of at most 16 MB. */
    public static FlinkEndpoint at(URI url) {
        return new FlinkEndpoint(url, Optional.empty(), Optional.empty(), WITHIN, ANSWER_BYTES);
    }

    /** Returns the same with credentials. */
    public FlinkEndpoint with(Credentials shown) {
        return new FlinkEndpoint(url, Optional.of(shown), tls, within, answerBytes);
    }

    /** Returns the same with whom to trust and what to show. */
    public FlinkEndpoint with(SSLContext context) {
        return new FlinkEndpoint(url, credentials, Optional.of(context), within, answerBytes);
    }

    /** Returns the same with another bound for time. */
    public FlinkEndpoint within(Duration limit) {
        return new FlinkEndpoint(url, credentials, tls, limit, answerBytes);
    }
}
