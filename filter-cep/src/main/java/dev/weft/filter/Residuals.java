package dev.weft.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The residuals of an index, each once, and which of them a conjunction has. Most conjunctions have none. */
final class Residuals {

    private static final int[] NONE = {};

    private final List<Residual> byNumber;

    /** For each conjunction the numbers of its residuals in its order; null if no conjunction has any. */
    private final int @Nullable [][] ofConjunction;

    private Residuals(List<Residual> byNumber, int @Nullable [][] ofConjunction) {
        this.byNumber = List.copyOf(byNumber);
        this.ofConjunction = ofConjunction;
    }

    /** Returns the residuals of conjunctions whose numbers are their places in the list. */
    static Residuals of(List<Conjunction> conjunctions) {
        Map<Residual, Integer> numbers = new LinkedHashMap<>();
        int[][] ofConjunction = new int[conjunctions.size()][];
        for (int i = 0; i < ofConjunction.length; i++) {
            List<Residual> residuals = conjunctions.get(i).residuals();
            residuals.forEach(each -> numbers.putIfAbsent(each, numbers.size()));
            ofConjunction[i] = residuals.isEmpty()
                    ? NONE
                    : residuals.stream().mapToInt(numbers::get).toArray();
        }
        return new Residuals(new ArrayList<>(numbers.keySet()), numbers.isEmpty() ? null : ofConjunction);
    }

    /** Returns how many there are. */
    int count() {
        return byNumber.size();
    }

    Residual get(int number) {
        return byNumber.get(number);
    }

    /** Returns the numbers of a conjunction's residuals, in the order in which they are asked. */
    int[] of(int conjunction) {
        return ofConjunction == null ? NONE : ofConjunction[conjunction];
    }

    /** Returns whether one of a conjunction's residuals cannot be asked before the payload is read. */
    boolean wantPayload(int conjunction) {
        for (int number : of(conjunction)) {
            if (!byNumber.get(number).wantedPaths().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    void addTo(Footprint footprint) {
        footprint.object(8).list(byNumber);
        if (ofConjunction != null) {
            footprint.references(ofConjunction.length);
            for (int[] numbers : ofConjunction) {
                if (numbers.length > 0) {
                    footprint.ints(numbers.length);
                }
            }
        }
    }
}
