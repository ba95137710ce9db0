package dev.weft.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The wildcards of one field, until it is known by which of their literals each is found best: its start or its end,
 * which is looked for in one place, unless so many others share both that a literal between two stars tells it apart.
 */
final class WildcardTable {

    /** Beyond this length, a key inside a text would not cut better, only take longer to look for at every place. */
    private static final int LONGEST_INSIDE = 8;

    /**
     * So many that start or end alike are asked one by one sooner than something is looked for everywhere in a text.
     */
    private static final int CROWD = 32;

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> starts = new HashMap<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<String, Integer> insides = new HashMap<>();

    private record Entry(String start, String end, String inside, Branch branch) {}

    /** @param glob has a star, and a literal */
    void add(Glob glob, Branch branch) {
        String longest = glob.longestInside();
        String inside = longest.substring(0, Math.min(LONGEST_INSIDE, longest.length()));
        entries.add(new Entry(glob.start(), glob.end(), inside, branch));
        starts.merge(glob.start(), 1, Integer::sum);
        ends.merge(glob.end(), 1, Integer::sum);
        insides.merge(inside, 1, Integer::sum);
    }

    /** Puts each under the literal that fewest share; what is found there is still to be asked. */
    void fill(AffixTable.Draft byStart, AffixTable.Draft byEnd, AffixTable.Draft byInside) {
        for (Entry entry : entries) {
            int alikeStart = sharing(starts, entry.start);
            int alikeEnd = sharing(ends, entry.end);
            int alikeInside = sharing(insides, entry.inside);
            if (Math.min(alikeStart, alikeEnd) > Math.max(CROWD, alikeInside)) {
                byInside.add(entry.inside, entry.branch, false);
            } else if (alikeStart <= alikeEnd) {
                byStart.add(entry.start, entry.branch, false);
            } else {
                byEnd.add(entry.end, entry.branch, false);
            }
        }
    }

    /** Nothing is found by the empty text. */
    private static int sharing(Map<String, Integer> counts, String literal) {
        return literal.isEmpty() ? Integer.MAX_VALUE : counts.getOrDefault(literal, 0);
    }
}
