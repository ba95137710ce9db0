package dev.weft.scale.simulator;

/** Somebody who takes part in the comparison. */
public interface Contender {

    /** Returns the name in tables, such as {@code keda-kafka}. */
    String name();

    /** Returns how a change of size reaches the job. */
    Rescaling rescaling();

    /** Begins a run; what it returns is used for that run only. */
    Autoscaler begin(Terms terms);

    /** How a change of size reaches the job. */
    enum Rescaling {
        /** The adaptive scheduler: the job is told a parallelism and takes it with the next checkpoint. */
        ADAPTIVE,
        /** Reactive mode: the job takes all the slots there are; it cannot be told a number. */
        REACTIVE,
        /**
         * The adaptive scheduler of a native cluster: the job is told, and fetches or frees its TaskManagers itself.
         */
        NATIVE
    }
}
