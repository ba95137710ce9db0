package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the sum is about what a heap shows is checked by {@code MatchingCost}: here no heap is measured. */
class RuleMemoryTest {

    @Test
    void isTheSameForTheSameRules() {
        assertThat(RuleIndex.of(rules(500)).memory())
                .isEqualTo(RuleIndex.of(rules(500)).memory());
    }

    @Test
    void growsWithTheRules() {
        RuleMemory few = RuleIndex.of(rules(100)).memory();
        RuleMemory many = RuleIndex.of(rules(1_000)).memory();
        assertThat(many.rules()).isEqualTo(1_000);
        assertThat(many.ruleBytes()).isBetween(9 * few.ruleBytes(), 11 * few.ruleBytes());
        assertThat(many.indexBytes()).isBetween(5 * few.indexBytes(), 15 * few.indexBytes());
        assertThat(many.bytesPerRule()).isBetween(300L, 3_000L);
    }

    @Test
    void countsWhatWasRemovedUntilItIsMerged() {
        RuleIndex index = RuleIndex.of(rules(100));
        Map<Integer, Rule> removals = new HashMap<>();
        IntStream.range(0, 60).forEach(i -> removals.put(i, Rule.nothing()));
        assertThat(index.with(removals).memory()).isEqualTo(index.memory());
        assertThat(index.with(removals).merged().memory().rules()).isEqualTo(40);
    }

    @Test
    void isNothingWhereThereIsNoRule() {
        assertThat(PlainRuleSet.of(List.of()).memory()).isEqualTo(RuleMemory.NONE);
        assertThat(RuleMemory.NONE.bytesPerRule()).isZero();
    }

    private static List<Rule> rules(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Written.rule("{type: [t" + i + "], subject: [{prefix: s" + i
                        + "}], data: {n: [{numeric: ['>', " + i + "]}]}}"))
                .toList();
    }
}
