package dev.weft.scale.lag;

/**
 * The position a job itself told of a partition.
 *
 * @param position the offset behind the last record it took
 * @param sampledMs when the job was asked
 * @param checkpoint the newest completed checkpoint when this position was seen first
 */
record Live(long position, long sampledMs, long checkpoint) {}
