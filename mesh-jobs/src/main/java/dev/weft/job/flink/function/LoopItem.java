package dev.weft.job.flink.function;

import dev.weft.function.Message;

/** What goes from one subtask of functions to another. */
sealed interface LoopItem {

    /** Returns a number whose key group is one of the subtask it goes to. */
    int key();

    /** A message for a function there. */
    record Sent(int key, Message message) implements LoopItem {}

    /**
     * A round of the {@linkplain Census count} of messages comes by.
     *
     * @param sent how many were sent by those who were counted so far
     * @param arrived how many have come to them
     * @param isOver whether the count is over, and nothing is on its way
     */
    record Round(int key, long sent, long arrived, boolean isOver) implements LoopItem {}
}
