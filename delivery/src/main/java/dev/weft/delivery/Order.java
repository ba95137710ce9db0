package dev.weft.delivery;

/** In which order events reach a target. */
public enum Order {
    /** As they come, several at once, and those that failed later. */
    NONE,
    /** Events of one key one after the other: a key that fails holds up itself and no other. */
    PER_KEY
}
