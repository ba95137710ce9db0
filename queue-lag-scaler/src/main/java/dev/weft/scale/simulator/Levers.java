package dev.weft.scale.simulator;

/** What can be done to the model from outside. */
public interface Levers {

    /** Sets how many TaskManagers there should be. */
    void setReplicas(int replicas);

    /**
     * Tells the job its parallelism, at least 1.
     *
     * @return whether it was taken; not in reactive mode, and not while the JobManager cannot be asked
     */
    boolean setParallelism(int upperBound);

    /** Asks for a checkpoint now; false if the JobManager cannot be asked or the job does not run. */
    boolean triggerCheckpoint();
}
