package dev.weft.benchmarks.pattern;

/**
 * What one run cost, for each event that was measured.
 *
 * @param micros CPU time of the thread that finds, the share of a checkpoint included
 * @param ofCheckpoint of that, what a checkpoint took, divided by the events between two
 * @param elsewhere CPU time of the process's other threads: garbage collection, compilation, RocksDB's own threads
 * @param bytes that the thread allocated
 * @param matches of the whole stream
 * @param ids the sum of what the ids of their events hash to
 */
record Cost(double micros, double ofCheckpoint, double elsewhere, double bytes, long matches, long ids) {

    String line() {
        return micros + " " + ofCheckpoint + " " + elsewhere + " " + bytes + " " + matches + " " + ids;
    }

    static Cost parse(String line) {
        String[] parts = line.strip().split(" ", -1);
        return new Cost(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]));
    }
}
