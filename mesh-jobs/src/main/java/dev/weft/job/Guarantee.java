package dev.weft.job;

/** What a reader of the output topics may rely on after a failure. */
public enum Guarantee {
    /** Each event once for readers with {@code isolation.level=read_committed}; seen when a checkpoint completes. */
    EXACTLY_ONCE,
    /** No event is lost, some may come twice; seen within milliseconds. */
    AT_LEAST_ONCE
}
