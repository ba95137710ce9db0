package dev.weft.testkit.flink;

/** How often the operator of a scenario dies. A test that takes this as its parameter is a test of recovery too. */
public enum Recovery {
    /** Never: the plain run. */
    NEVER,
    /**
     * After every step of the story: a snapshot is taken, the operator is thrown away, and another goes on from the
     * snapshot. What an operator keeps anywhere but in its state is lost, and the story ends differently.
     */
    AFTER_EVERY_STEP
}
