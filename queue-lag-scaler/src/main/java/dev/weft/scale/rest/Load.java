package dev.weft.scale.rest;

/**
 * What a vertex did lately.
 *
 * @param recordsPerSecond taken in, all subtasks together
 * @param busiest the share of time its busiest subtask is busy, 0 to 1
 * @param backPressured the share of time the subtask that waits most waits for who comes next, 0 to 1
 */
record Load(double recordsPerSecond, double busiest, double backPressured) {

    static final Load NONE = new Load(0, 0, 0);
}
