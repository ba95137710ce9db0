package dev.weft.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a person most likely meant. */
public final class Nearest {

    private static final int MOST_EDITS = 2;
    private static final int SHOWN_AT_MOST = 20;

    private Nearest() {}

    /**
     * Returns the accepted name nearest to {@code typed}, if it is at most two edits (insert, delete, replace, swap of
     * neighbours) and at most a third of the typed length away; the alphabetically first of equals. Upper and lower
     * case count as equal.
     */
    public static Optional<String> to(String typed, Collection<String> accepted) {
        int limit = Math.min(MOST_EDITS, Math.max(1, typed.length() / 3));
        record Candidate(String name, int edits) {}
        return accepted.stream()
                .map(name -> new Candidate(name, edits(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.edits() <= limit)
                .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** Returns the names as a person would list them: {@code one of a, b, c}; {@code a} if there is one only. */
    public static String list(Collection<String> accepted) {
        if (accepted.isEmpty()) {
            return "nothing here";
        }
        String names = String.join(", ", accepted.stream().limit(SHOWN_AT_MOST).toList());
        String rest = accepted.size() > SHOWN_AT_MOST ? " and " + (accepted.size() - SHOWN_AT_MOST) + " more" : "";
        return accepted.size() == 1 ? names : "one of " + names + rest;
    }

    /** The optimal string alignment distance. */
    private static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replace = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
