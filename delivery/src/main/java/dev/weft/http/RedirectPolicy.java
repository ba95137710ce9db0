package dev.weft.http;

/** What becomes of an answer that names another address. */
public enum RedirectPolicy {
    /** It is the answer. */
    NONE,
    /** It is followed where it stays on the same scheme, host and port and keeps the method: 307 and 308. */
    SAME_ORIGIN
}
