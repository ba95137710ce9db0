package dev.weft.cep.offline;

import java.util.List;

/**
 * What a {@link PatternRun} found.
 *
 * @param told in the order of their times; those of one instant pattern by pattern
 * @param counts one for each pattern
 * @param events how many events happened before the time ended, or just then
 * @param end when that was, milliseconds since 1970
 */
public record RunResult(List<Told> told, List<PatternCounts> counts, int events, long end) {

    public RunResult {
        told = List.copyOf(told);
        counts = List.copyOf(counts);
    }

    /** Returns what someone would hear of. */
    public List<Told> heard() {
        return told.stream().filter(Told::isHeard).toList();
    }
}
