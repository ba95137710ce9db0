package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code -Dweft.seed=N} tries other changes than the usual, {@code -Dweft.changes=N} so many sequences of them. */
class RuleIndexChangeTest {

    private static final int STEPS = 8;
    private static final int EVENTS_PER_STEP = 4;

    @Test
    void answersAfterAnyChangesAsAFreshIndexDoes() {
        long seed = Long.getLong("weft.seed", 20261121);
        int sequences = Integer.getInteger("weft.changes", 125);
        System.out.println("rule index change test: seed " + seed + ", " + sequences + " sequences of 8 changes");
        Random random = new Random(seed);
        List<Rule> rules =
                Stream.generate(new RandomRules(random)::next).limit(2_000).toList();
        List<MeshEvent> events =
                Stream.generate(new RandomEvents(random)::next).limit(500).toList();
        for (int sequence = 0; sequence < sequences; sequence++) {
            Matches reused = new Matches();
            List<Rule> wanted = new ArrayList<>(random.ints(random.nextInt(150), 0, rules.size())
                    .mapToObj(rules::get)
                    .toList());
            RuleSet plain = PlainRuleSet.of(wanted);
            RuleIndex index = RuleIndex.of(wanted);
            for (int step = 0; step < STEPS; step++) {
                Map<Integer, Rule> changes = changes(wanted, rules, random);
                plain = plain.with(changes);
                index = random.nextInt(4) == 0 ? index.with(changes).merged() : index.with(changes);
                assertThat(index.size()).isEqualTo(wanted.size());
                RuleIndex fresh = RuleIndex.of(wanted);
                for (int i = 0; i < EVENTS_PER_STEP; i++) {
                    MeshEvent event = events.get(random.nextInt(events.size()));
                    assertThat(matched(index, event, reused))
                            .as("seed %s, sequence %s, step %s: %s", seed, sequence, step, event)
                            .isEqualTo(matched(fresh, event, new Matches()))
                            .isEqualTo(matched(plain, event, new Matches()));
                }
            }
        }
    }

    /** Adds, replaces and removes rules, now one and now many; {@code wanted} is what they are afterwards. */
    private static Map<Integer, Rule> changes(List<Rule> wanted, List<Rule> rules, Random random) {
        Map<Integer, Rule> changes = new LinkedHashMap<>();
        int most = random.nextInt(5) == 0 ? 60 : 3;
        for (int i = random.nextInt(most); i >= 0; i--) {
            int number = random.nextInt(wanted.size() + 3);
            Rule rule = random.nextInt(3) == 0 ? Rule.nothing() : rules.get(random.nextInt(rules.size()));
            while (wanted.size() <= number) {
                wanted.add(Rule.nothing());
            }
            wanted.set(number, rule);
            changes.put(number, rule);
        }
        return changes;
    }

    @Test
    void leavesTheIndexAsItWas() {
        RuleIndex before = RuleIndex.of(List.of(rule("a"), rule("b")));
        RuleIndex after = before.with(Map.of(0, rule("c"), 2, rule("a")));
        Matches matches = new Matches();
        for (int i = 0; i < 2; i++) {
            assertThat(matched(before, event("a"), matches)).isEqualTo("matched [0]");
            assertThat(matched(after, event("a"), matches)).isEqualTo("matched [2]");
        }
        assertThat(before.explain(0, event("a")).outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(after.explain(0, event("a")).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void giveUpTheirNumberWhenRemoved() {
        RuleIndex index = RuleIndex.of(List.of(rule("a"), rule("a"))).with(Map.of(0, Rule.nothing()));
        assertThat(matched(index, event("a"), new Matches())).isEqualTo("matched [1]");
        assertThat(index.explain(0, event("a")).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(matched(index.with(Map.of(0, rule("a"))), event("a"), new Matches()))
                .isEqualTo("matched [0, 1]");
    }

    @Test
    void readsThePayloadForOldAndNewRulesAtOnce() {
        RuleIndex index = RuleIndex.of(List.of(Written.rule("{data: {n: [1]}}")))
                .with(Map.of(1, Written.rule("{data: {m: [{exists: false}], n: [1]}}")));
        assertThat(matched(index, Events.withPayload("{\"n\": 1}"), new Matches()))
                .isEqualTo("matched [0, 1]");
        assertThat(matched(index, Events.withPayload("{\"n\": "), new Matches()))
                .startsWith("matched [], undecided [0, 1]");
    }

    /**
     * However rules come, an event meets few pieces: each rule is compiled again only when their number has doubled.
     */
    @Test
    void staysInFewPieces() {
        RuleIndex index = RuleIndex.of(List.of());
        for (int i = 0; i < 3_000; i++) {
            index = index.with(Map.of(i, rule("s" + i)));
            assertThat(index.segments().all()).hasSizeLessThan(33);
        }
        assertThat(index.merged().segments().all()).hasSizeLessThan(8);
        assertThat(index.merged().isMerged()).isTrue();
        assertThat(matched(index.merged(), event("s77"), new Matches())).isEqualTo("matched [77]");
    }

    @Test
    void forgetsWhatWasRemovedWhenMerged() {
        List<Rule> rules = IntStream.range(0, 1_000)
                .mapToObj(i -> Written.rule("{a" + i + ": [x]}"))
                .toList();
        Map<Integer, Rule> removals = new LinkedHashMap<>();
        IntStream.range(0, 600).forEach(i -> removals.put(i, Rule.nothing()));
        RuleIndex index = RuleIndex.of(rules).with(removals);
        assertThat(index.isMerged()).isFalse();
        assertThat(index.merged().segments().fields().count()).isEqualTo(400);
        assertThat(index.merged().size()).isEqualTo(1_000);
    }

    private static Rule rule(String subject) {
        return Written.rule("{subject: [" + subject + "]}");
    }

    private static MeshEvent event(String subject) {
        return Events.withAttributes(Map.of("subject", subject));
    }

    private static String matched(RuleSet rules, MeshEvent event, Matches matches) {
        rules.match(event, matches);
        return matches.toString();
    }
}
