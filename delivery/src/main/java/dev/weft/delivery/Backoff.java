package dev.weft.delivery;

/** How the wait grows from one retry to the next. */
public enum Backoff {
    /** By the base each time. */
    LINEAR,
    /** To the double each time. */
    EXPONENTIAL
}
