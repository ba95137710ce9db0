package dev.weft.scale.simulator;

/**
 * A run as a picture shows it: values at every {@code step}-th second.
 *
 * @param arrivals records per second, a mean over the step
 * @param waiting records
 * @param age of the oldest record that can be read, seconds
 * @param replicas that were asked for
 * @param running subtasks
 */
public record Course(int step, double[] arrivals, long[] waiting, int[] age, int[] replicas, int[] running) {}
