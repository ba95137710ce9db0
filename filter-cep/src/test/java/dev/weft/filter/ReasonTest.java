package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.event.MeshEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the index says of each rule, in short, is what matching answers and what the rule's explanation says at length.
 */
class ReasonTest {

    /** {@code -Dweft.seed=N} tries other cases than the usual. */
    @Test
    void agreesWithMatchingAndWithTheExplanation() {
        long seed = Long.getLong("weft.seed", 20261121);
        System.out.println("reason test: seed " + seed);
        Random random = new Random(seed);
        List<Rule> all =
                Stream.generate(new RandomRules(random)::next).limit(1_000).toList();
        List<MeshEvent> events =
                Stream.generate(new RandomEvents(random)::next).limit(300).toList();
        for (int set = 0; set < 40; set++) {
            List<Rule> rules = random.ints(1 + random.nextInt(200), 0, all.size())
                    .mapToObj(all::get)
                    .toList();
            RuleIndex index = RuleIndex.of(rules.subList(0, rules.size() / 2)).with(rest(rules));
            for (int i = 0; i < 5; i++) {
                MeshEvent event = events.get(random.nextInt(events.size()));
                assertThat(index.reasons(event).stream().map(Reason::outcome))
                        .as("seed %s, set %s: %s of %s", seed, set, rules, event)
                        .isEqualTo(outcomes(index, event))
                        .isEqualTo(PlainRuleSet.of(rules).reasons(event).stream()
                                .map(Reason::outcome)
                                .toList());
                assertEachDecides(index, event);
            }
        }
    }

    private static Map<Integer, Rule> rest(List<Rule> rules) {
        Map<Integer, Rule> rest = new HashMap<>();
        IntStream.range(rules.size() / 2, rules.size()).forEach(i -> rest.put(i, rules.get(i)));
        return rest;
    }

    private static List<Outcome> outcomes(RuleIndex index, MeshEvent event) {
        Matches matches = new Matches();
        index.match(event, matches);
        Outcome[] outcomes =
                Stream.generate(() -> Outcome.REFUSED).limit(index.size()).toArray(Outcome[]::new);
        IntStream.range(0, matches.matchedCount()).forEach(i -> outcomes[matches.matched(i)] = Outcome.MATCHED);
        IntStream.range(0, matches.undecidedCount()).forEach(i -> outcomes[matches.undecided(i)] = Outcome.UNDECIDED);
        return List.of(outcomes);
    }

    /** What refuses a rule is something that the rule's explanation found to fail. */
    private static void assertEachDecides(RuleIndex index, MeshEvent event) {
        List<Reason> reasons = index.reasons(event);
        for (int rule = 0; rule < reasons.size(); rule++) {
            Explanation explanation = index.explain(rule, event);
            Reason reason = reasons.get(rule);
            if (reason.outcome() == Outcome.REFUSED && reason.because().contains(" is asked: ")) {
                String asked = reason.because().substring(0, reason.because().indexOf("; seen: "));
                assertThat(explanation.alternatives().stream()
                                .flatMap(alternative -> alternative.findings().stream())
                                .filter(finding -> finding.outcome() == Outcome.REFUSED)
                                .map(finding -> finding.path() + " is asked: " + finding.asked()))
                        .as("%s refuses rule %s of %s", reason.because(), rule, event)
                        .contains(asked);
            }
        }
    }

    @Test
    void namesTheTestThatDecides() {
        List<Rule> rules = List.of(
                Written.rule("{type: [a], data: {n: [{numeric: ['>', 5]}]}}"),
                Written.rule("{type: [test], data: {n: [{numeric: ['>', 5]}]}}"),
                Written.rule("{type: [test], data: {n: [1]}}"),
                Written.rule("{data: {items: {a: [1], b: [2]}}}"),
                Rule.everything(),
                Rule.nothing());
        MeshEvent event = Events.withPayload("{\"n\": 1, \"items\": [{\"a\": 1, \"b\": 1}, {\"a\": 2, \"b\": 2}]}");
        assertThat(RuleIndex.of(rules).reasons(event))
                .extracting(Reason::because)
                .containsExactly(
                        "type is asked: is \"a\"; seen: \"test\"",
                        "data.n is asked: is > 5; seen: 1",
                        "all that is asked holds",
                        "no single object of the payload has all that is asked of it",
                        "every event is wanted",
                        "no event is wanted");
    }

    @Test
    void saysWhatADamagedPayloadLeavesOpen() {
        List<Rule> rules = IntStream.range(0, 100)
                .mapToObj(i -> Written.rule("{type: [" + (i < 40 ? "test" : "other") + "], data: {n: [" + i + "]}}"))
                .toList();
        List<Reason> reasons = RuleIndex.of(rules).reasons(Events.withPayload("{\"n\": "));
        assertThat(reasons.subList(0, 40)).containsOnly(new Reason(Outcome.UNDECIDED, "the payload cannot be read"));
        assertThat(reasons.subList(40, 100))
                .containsOnly(new Reason(Outcome.REFUSED, "type is asked: is \"other\"; seen: \"test\""));
    }

    @Test
    void explainsTenThousandRulesAtOnce() {
        List<Rule> rules = IntStream.range(0, 10_000)
                .mapToObj(i -> Written.rule("{subject: [s" + i + "], data: {f" + i + ": [" + i + "]}}"))
                .toList();
        RuleIndex index = RuleIndex.of(rules);
        MeshEvent event = Events.of("t", Map.of("subject", "s7"), "application/json", "{\"f7\": 7}");
        List<Reason> reasons = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> index.reasons(event));
        assertThat(reasons.get(7).outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(reasons.get(8).because()).isEqualTo("subject is asked: is \"s8\"; seen: \"s7\"");
    }
}
