package dev.weft.oracle.autoscaler;

import java.util.OptionalDouble;

/**
 * The metrics of a job of one vertex at one moment, as a line of text says them.
 *
 * @param millis the time
 * @param running whether the job runs
 * @param runningSince in milliseconds; of no meaning unless it runs
 * @param parallelism of the vertex
 * @param recordsIn taken in since the execution began
 * @param busiest the busiest subtask, milliseconds per second
 * @param busy all subtasks together, milliseconds per second
 * @param backPressured the mean of all subtasks, milliseconds per second
 * @param recordsPerSecond all subtasks together
 * @param pendingRecords empty before the metric is registered
 */
record Seen(
        long millis,
        boolean running,
        long runningSince,
        int parallelism,
        long recordsIn,
        double busiest,
        double busy,
        double backPressured,
        double recordsPerSecond,
        OptionalDouble pendingRecords) {

    /** Reads the ten values in their order, with a blank between; {@code -} stands for a metric that is not there. */
    static Seen read(String line) {
        String[] values = line.split(" ");
        return new Seen(
                Long.parseLong(values[0]),
                Boolean.parseBoolean(values[1]),
                Long.parseLong(values[2]),
                Integer.parseInt(values[3]),
                Long.parseLong(values[4]),
                Double.parseDouble(values[5]),
                Double.parseDouble(values[6]),
                Double.parseDouble(values[7]),
                Double.parseDouble(values[8]),
                values[9].equals("-") ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(values[9])));
    }
}
