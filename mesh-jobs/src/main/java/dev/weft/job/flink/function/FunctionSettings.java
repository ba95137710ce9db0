package dev.weft.job.flink.function;

import java.io.Serializable;

/**
 * What the operators of functions are told of the job.
 *
 * @param memoryBytes what functions may take of each subtask's memory besides calls that are under way, about: half of
 *     it is for rows, the rest for messages and what checkpoints hold of them
 * @param backlogBytes how many bytes of messages may wait on disk for the functions of a subtask
 */
public record FunctionSettings(CatalogFactory functions, FunctionEdge edge, long memoryBytes, long backlogBytes)
        implements Serializable {

    long addressBytes() {
        return memoryBytes * 3 / 8;
    }

    long delayBytes() {
        return memoryBytes / 8;
    }

    /** Returns what messages that a runtime holds may take. */
    long waitingBytes() {
        return memoryBytes / 8;
    }

    /** Returns what each of the two queues may take. */
    long queueBytes() {
        return memoryBytes / 8;
    }

    /** Returns what the log of one checkpoint may take. */
    long logBytes() {
        return memoryBytes / 8;
    }
}
