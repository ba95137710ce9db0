package dev.weft.filter;

import dev.weft.filter.NumberCondition.NumberIn;
import dev.weft.filter.NumberCondition.NumberIs;
import dev.weft.filter.NumberCondition.NumberRange;
import dev.weft.filter.NumberCondition.NumberRange.Bound;
import dev.weft.filter.TextCondition.EqualsIgnoringCase;
import dev.weft.filter.TextCondition.TextIn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guesses how often tests hold, from the tests alone: events are taken to be spread as the rules' literals are. A guess
 * decides only where a rule lies in the index, never what it answers.
 */
final class Selectivity {

    private static final double NULL = 0.1;
    private static final double BOOLEAN = 0.5;
    private static final double ABSENT = 0.4;
    private static final double PRESENT = 0.9;

    /** Beginnings and ends overlap: one value has more of them than it has whole texts. */
    private static final double OVERLAP = 1.5;

    private final Map<Integer, Literals> byField = new HashMap<>();

    private Selectivity() {}

    /** What rules look for in one field. */
    private static final class Literals {
        private int texts;
        private int parts;
        private final List<Double> numbers = new ArrayList<>();
        private double[] sortedNumbers = {};
    }

    /** Returns what can be guessed when these tests are asked, each given once. */
    static Selectivity of(Collection<FieldTest> tests) {
        Selectivity selectivity = new Selectivity();
        for (FieldTest test : tests) {
            Literals literals = selectivity.byField.computeIfAbsent(test.field(), field -> new Literals());
            test.asked().anyOf().forEach(condition -> count(condition, literals));
        }
        for (Literals literals : selectivity.byField.values()) {
            literals.sortedNumbers = literals.numbers.stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            literals.numbers.clear();
        }
        return selectivity;
    }

    private static void count(Condition condition, Literals into) {
        if (condition instanceof TextIn literals) {
            into.texts += literals.texts().size();
        } else if (condition instanceof EqualsIgnoringCase) {
            into.texts++;
        } else if (condition instanceof TextCondition) {
            into.parts++;
        } else if (condition instanceof NumberIn literals) {
            literals.numbers().forEach(number -> into.numbers.add(number.doubleValue()));
        } else if (condition instanceof NumberIs literal) {
            into.numbers.add(literal.wanted().doubleValue());
        } else if (condition instanceof NumberRange range) {
            countBound(range.lower(), into);
            countBound(range.upper(), into);
        } else if (condition instanceof Condition.All all) {
            all.every().forEach(member -> count(member, into));
        } else if (condition instanceof ContainsAll all) {
            all.every().forEach(member -> count(member, into));
        }
    }

    private static void countBound(@Nullable Bound bound, Literals into) {
        if (bound != null) {
            into.numbers.add(bound.at().doubleValue());
        }
    }

    /** Returns for which share of events the test may be expected to hold, from 0 to 1. */
    double shareThatHolds(FieldTest test) {
        Literals literals = byField.getOrDefault(test.field(), new Literals());
        double sum = 0;
        for (Condition condition : test.asked().anyOf()) {
            sum += share(condition, literals);
        }
        return Math.min(1, sum);
    }

    private static double share(Condition condition, Literals literals) {
        if (condition instanceof Condition.All all) {
            return leastShare(all.every(), literals);
        }
        if (condition instanceof ContainsAll all) {
            return leastShare(all.every(), literals);
        }
        if (condition instanceof TextCondition text) {
            return share(text, literals);
        }
        if (condition instanceof NumberIn numbers) {
            return numbers.numbers().size() / (literals.sortedNumbers.length + 1.0);
        }
        if (condition instanceof NumberIs) {
            return 1 / (literals.sortedNumbers.length + 1.0);
        }
        if (condition instanceof NumberRange range) {
            return share(range, literals.sortedNumbers);
        }
        if (condition instanceof Condition.Absent) {
            return ABSENT;
        }
        return condition instanceof Condition.NullIs
                ? NULL
                : condition instanceof Condition.BooleanIs ? BOOLEAN : PRESENT;
    }

    private static double leastShare(List<Condition> every, Literals literals) {
        return every.stream()
                .mapToDouble(member -> share(member, literals))
                .min()
                .orElse(1);
    }

    private static double share(TextCondition condition, Literals literals) {
        if (!DictionaryBuilder.isFindable(condition)) {
            return PRESENT;
        }
        if (condition instanceof TextIn texts) {
            return texts.texts().size() / (literals.texts + 1.0);
        }
        return condition instanceof EqualsIgnoringCase
                ? 1 / (literals.texts + 1.0)
                : Math.min(PRESENT, OVERLAP / (literals.parts + 1.0));
    }

    /** How many of the numbers that rules name are in the range. */
    private static double share(NumberRange range, double[] numbers) {
        Bound lower = range.lower();
        Bound upper = range.upper();
        int from = lower == null ? 0 : place(lower.at().doubleValue(), numbers);
        int to = upper == null ? numbers.length : place(upper.at().doubleValue(), numbers) + 1;
        return Math.max(1, to - from) / (numbers.length + 2.0);
    }

    private static int place(double number, double[] numbers) {
        int found = Arrays.binarySearch(numbers, number);
        return found >= 0 ? found : -found - 1;
    }
}
