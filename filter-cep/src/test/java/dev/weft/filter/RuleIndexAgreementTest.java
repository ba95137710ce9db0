package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random sets of rules, answered about random events by the index and by the plain matcher. {@code -Dweft.seed=N} tries
 * other cases than the usual, {@code -Dweft.fuzz=N} asks so many questions instead of 200,000.
 */
class RuleIndexAgreementTest {

    private static final int RULES = 3_000;
    private static final int EVENTS = 2_000;
    private static final int EVENTS_PER_SET = 200;
    private static final int LARGEST_SET = 250;

    @Test
    void answersAsThePlainMatcherDoes() {
        long seed = Long.getLong("weft.seed", 20261121);
        int questions = Integer.getInteger("weft.fuzz", 200_000);
        System.out.println("rule index agreement test: seed " + seed + ", " + questions + " (rule set, event) answers");
        Random random = new Random(seed);
        Tally tally = new Tally();
        while (tally.questions < questions) {
            List<Rule> rules =
                    Stream.generate(new RandomRules(random)::next).limit(RULES).toList();
            List<MeshEvent> events = Stream.generate(new RandomEvents(random)::next)
                    .limit(EVENTS)
                    .toList();
            for (int set = 0; set < RULES / 3 && tally.questions < questions; set++) {
                compare(some(rules, size(random), random), events, random, seed, tally);
            }
        }
        assertThat(tally.matched).as("answers with a match").isGreaterThan(questions / 2);
        assertThat(tally.undecided).as("answers with an undecided rule").isGreaterThan(questions / 50);
        assertThat(tally.none).as("answers without a match").isGreaterThan(questions / 200);
    }

    /** Mostly small, where each rule is tried; now and then so large that branches have branches. */
    private static int size(Random random) {
        return 1 + (int) (LARGEST_SET * Math.pow(random.nextDouble(), 4));
    }

    private static <T> List<T> some(List<T> of, int count, Random random) {
        return random.ints(count, 0, of.size()).mapToObj(of::get).toList();
    }

    private static void compare(List<Rule> rules, List<MeshEvent> events, Random random, long seed, Tally tally) {
        RuleSet plain = PlainRuleSet.of(rules);
        RuleSet index = RuleIndex.of(rules);
        Matches expected = new Matches();
        Matches answered = new Matches();
        for (MeshEvent event : some(events, EVENTS_PER_SET, random)) {
            plain.match(event, expected);
            index.match(event, answered);
            if (!answered.toString().equals(expected.toString())) {
                List<Rule> alone = rules.stream()
                        .filter(rule -> !answer(RuleIndex.of(List.of(rule)), event)
                                .equals(answer(PlainRuleSet.of(List.of(rule)), event)))
                        .toList();
                assertThat(answered)
                        .as(
                                "seed %s, question %s: %s with %s of %s; answered otherwise by themselves: %s",
                                seed, tally.questions, event, event.data(), rules, alone)
                        .hasToString(expected.toString());
            }
            tally.add(expected);
        }
    }

    private static String answer(RuleSet rules, MeshEvent event) {
        Matches matches = new Matches();
        rules.match(event, matches);
        return matches.toString();
    }

    private static final class Tally {
        private int questions;
        private int matched;
        private int undecided;
        private int none;

        void add(Matches answer) {
            questions++;
            matched += answer.matchedCount() > 0 ? 1 : 0;
            undecided += answer.undecidedCount() > 0 ? 1 : 0;
            none += answer.matchedCount() == 0 && answer.undecidedCount() == 0 ? 1 : 0;
        }
    }
}
