package dev.weft.scale.simulator;

import dev.weft.scale.lag.Reading;

/** A trigger of a ScaledObject, as KEDA calls it from its poll loop and for the HPA. */
interface KedaTrigger {

    /** What a trigger says: the metric's value, and whether there should be any replica. */
    record Said(double metric, boolean active) {}

    /** Asks it; unknown is an error. A trigger may remember that it was called. */
    Reading<Said> ask(Sight sight);

    /** Returns whether a push trigger wants replicas at once; a polled one never does. */
    default boolean pushes(Sight sight) {
        return false;
    }
}
