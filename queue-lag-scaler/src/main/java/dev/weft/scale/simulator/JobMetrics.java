package dev.weft.scale.simulator;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The metrics of a running job of one chained vertex, as Flink's registry shows them.
 *
 * @param subtasks by index
 * @param pendingRecords the sum of what the readers of the source have left; Flink registers it with the first record
 *     that was fetched in an execution, so it is empty before
 */
public record JobMetrics(List<Subtask> subtasks, OptionalDouble pendingRecords) {

    public JobMetrics {
        subtasks = List.copyOf(subtasks);
    }

    /**
     * One subtask. The shares are means of the last seconds.
     *
     * @param busy {@code busyTimeMsPerSecond} / 1000
     * @param backPressured {@code backPressuredTimeMsPerSecond} / 1000
     * @param recordsIn taken from the source since this execution began
     * @param recordsPerSecond the rate of the last seconds
     */
    public record Subtask(double busy, double backPressured, long recordsIn, double recordsPerSecond) {}
}
