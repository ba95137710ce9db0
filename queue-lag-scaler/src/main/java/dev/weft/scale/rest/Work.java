package dev.weft.scale.rest;

/**
 * What a subtask has done since its execution began. The times add up to how long it runs, so they are the clock of the
 * numbers beside them: how late the JobManager has heard of them does not matter.
 *
 * @param records taken in
 * @param busyMillis spent on them, also while it waits for a target outside of the job
 * @param idleMillis spent without any
 * @param backPressuredMillis spent waiting for who comes next in the job
 */
record Work(double records, double busyMillis, double idleMillis, double backPressuredMillis) {

    /** What has been done at the beginning. */
    static final Work NONE = new Work(0, 0, 0, 0);

    /** Returns how long the subtask runs. */
    double millis() {
        return busyMillis + idleMillis + backPressuredMillis;
    }

    /** Returns what was done since then. */
    Work since(Work earlier) {
        return new Work(
                Math.max(0, records - earlier.records),
                Math.max(0, busyMillis - earlier.busyMillis),
                Math.max(0, idleMillis - earlier.idleMillis),
                Math.max(0, backPressuredMillis - earlier.backPressuredMillis));
    }
}
