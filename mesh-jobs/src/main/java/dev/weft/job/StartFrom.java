package dev.weft.job;

/** Where reading starts when a job starts without a savepoint. */
public enum StartFrom {
    /** After the consumer group's last commit; at the earliest record of partitions without one. */
    COMMITTED,
    EARLIEST,
    LATEST
}
