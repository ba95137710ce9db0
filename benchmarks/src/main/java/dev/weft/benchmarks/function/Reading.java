package dev.weft.benchmarks.function;

/**
 * What a player's process says of itself, since it began.
 *
 * @param cpuNanos of all its threads
 */
record Reading(long messages, long cpuNanos) {

    /** What the line starts with. */
    static final String LINE = "measured ";

    static Reading parse(String line) {
        String[] parts = line.strip().split(" ", -1);
        return new Reading(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    /** Returns how many messages a second of CPU time has taken on since an earlier reading. */
    double perCpuSecondSince(Reading before) {
        return (messages - before.messages) * 1e9 / (cpuNanos - before.cpuNanos);
    }
}
