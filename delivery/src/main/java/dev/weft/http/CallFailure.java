package dev.weft.http;

/**
 * No answer came.
 *
 * @param detail what happened, for a person: names the host, never a secret
 */
public record CallFailure(Kind kind, String detail) implements CallResult {

    /** Why no answer came. */
    public enum Kind {
        /** The endpoint took no connection, or its name is not known. */
        CONNECT,
        /** The connection broke, or what came over it is not HTTP. */
        BROKEN,
        /** No complete answer came in time. */
        TIMEOUT,
        /** The answer is larger than is taken. */
        TOO_LARGE,
        /** TLS could not be agreed upon: a certificate that is not trusted, or not for that host. */
        TLS,
        /** No credentials could be had: the token endpoint does not answer, or refuses. */
        CREDENTIALS,
        /** The address is one that must not be called. Calling it again would not help. */
        FORBIDDEN_ADDRESS,
        /** The endpoint was closed by us. */
        CLOSED
    }
}
