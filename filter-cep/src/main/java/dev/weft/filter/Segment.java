package dev.weft.filter;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Some rules of a {@link RuleIndex}, compiled together. Rules can be taken out of it but not put in; what is compiled
 * is shared with the segment it was before, and only loses what was taken out when it is compiled anew.
 */
final class Segment {

    private final Plan plan;
    private final List<Rule> rules;

    /** For each of the plan's rules its number in the index; ascending. */
    private final int[] numbers;

    private final BitSet removed;
    private final int count;

    /** Added up when first asked for: it takes longer than to compile a rule. */
    private volatile @Nullable RuleMemory memory;

    private Segment(Plan plan, List<Rule> rules, int[] numbers, BitSet removed, @Nullable RuleMemory memory) {
        this.plan = plan;
        this.rules = rules;
        this.numbers = numbers;
        this.removed = removed;
        this.memory = memory;
        this.count = rules.size() - removed.cardinality();
    }

    /**
     * Compiles rules.
     *
     * @param numbers of each rule its number in the index; ascending
     * @param fields that the rules ask about
     */
    static Segment of(List<Rule> rules, int[] numbers, AskedFields fields) {
        return new Segment(IndexBuilder.plan(rules, fields), rules, numbers, new BitSet(), null);
    }

    Plan plan() {
        return plan;
    }

    /** Returns how many rules there are that were not taken out. */
    int count() {
        return count;
    }

    /** Returns whether so many rules were taken out that it is worth compiling the others anew. */
    boolean isSparse() {
        return count < rules.size() / 2;
    }

    /** Returns the place of the rule of that number, or a negative number if it is not here or was taken out. */
    int find(int number) {
        int place = Arrays.binarySearch(numbers, number);
        return place >= 0 && removed.get(place) ? -1 : place;
    }

    Rule rule(int place) {
        return rules.get(place);
    }

    /** Returns the number of the rule at that place in the plan. */
    int number(int place) {
        return numbers[place];
    }

    boolean isRemoved(int place) {
        return removed.get(place);
    }

    /** Returns the segment without the rules of these numbers, of which some may be elsewhere. */
    Segment without(Collection<Integer> gone) {
        BitSet more = (BitSet) removed.clone();
        for (int number : gone) {
            int place = find(number);
            if (place >= 0) {
                more.set(place);
            }
        }
        return more.equals(removed) ? this : new Segment(plan, rules, numbers, more, memory);
    }

    void forEach(ObjIntConsumer<Rule> action) {
        for (int place = 0; place < numbers.length; place++) {
            if (!removed.get(place)) {
                action.accept(rules.get(place), numbers[place]);
            }
        }
    }

    /** Returns the memory of the rules and of what was compiled of them, those taken out included. */
    RuleMemory memory() {
        RuleMemory known = memory;
        if (known == null) {
            Footprint compiled = new Footprint().object(24).ints(numbers.length).list(rules);
            plan.addTo(compiled);
            known = RuleMemory.of(rules, compiled);
            memory = known;
        }
        return known;
    }
}
