package dev.weft.scale.simulator;

/** Who decides the size of the job in one run of the model. May keep state; is used by one thread. */
public interface Autoscaler {

    /** Takes its turn; called once in each simulated second, in order. */
    void tick(Sight sight, Levers levers);
}
