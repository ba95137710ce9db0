package dev.weft.job;

/**
 * Where the mesh refuses instead of growing.
 *
 * @param maxEventBytes the largest record, key, value and headers together, that is routed, or that a transform may
 *     make; larger ones go to the dead letter
 * @param remembering how many steps of one route may remember: room is kept for so many. Negative: as many as the
 *     routes of the file need
 * @param maxHops through how many replies of targets an event may lead to another
 * @param patternMemoryBytes about how much memory each subtask may use for what patterns remember; more of it is on
 *     disk
 * @param functionMemoryBytes about how much memory each subtask may use for what functions remember; more of it is on
 *     disk
 * @param functionBacklogBytes how many bytes of messages may wait for the functions of a subtask; more of them go to
 *     the dead letter
 */
public record Limits(
        int maxEventBytes,
        int remembering,
        int maxHops,
        long patternMemoryBytes,
        long functionMemoryBytes,
        long functionBacklogBytes) {}
