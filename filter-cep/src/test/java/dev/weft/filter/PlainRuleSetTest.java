package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.event.MeshEvent;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlainRuleSetTest {

    @Test
    void tellsTheMatchedRulesAscending() {
        assertThat(matches(
                        "{\"a\": 1, \"b\": 2}",
                        "{data: {b: [2]}}",
                        "{type: [x]}",
                        "{data: {a: [1]}}",
                        "{type: [test]}"))
                .hasToString("matched [0, 2, 3]");
    }

    @Test
    void tellsUndecidedRulesApartFromTheRest() {
        Matches matches =
                matches("{\"a\": ", "{type: [test]}", "{data: {a: [1]}}", "{type: [x], data: {a: [1]}}", "{data: [5]}");
        assertThat(matches.toString()).startsWith("matched [0], undecided [1, 3]: ");
        assertThat(matches.damage()).startsWith("the payload is not the JSON it says it is: it ends too early");
    }

    @Test
    void seesNoDamageWhereNoRuleAsksForThePayload() {
        assertThat(matches("{\"a\": ", "{type: [x], data: {a: [1]}}", "{type: [test]}"))
                .hasToString("matched [1]");
    }

    @Test
    void takesAPayloadThatIsNotJsonForNone() {
        MeshEvent text = Events.of("t", Map.of(), "text/plain", "{\"a\": ");
        assertThat(Answers.of(Written.rule("{data: {a: [{exists: false}]}}"), text))
                .isEqualTo(Outcome.MATCHED);
        assertThat(Answers.of(Written.rule("{data: {a: [{exists: true}]}}"), text))
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void replacesWhatTheAnswerHeld() {
        RuleSet rules = PlainRuleSet.of(Stream.of("{data: {a: [1]}}", "{type: [test]}")
                .map(Written::rule)
                .toList());
        Matches matches = new Matches();
        rules.match(Events.withPayload("{"), matches);
        rules.match(Events.withPayload("{\"a\": 2}"), matches);
        assertThat(matches).hasToString("matched [1]");
        assertThat(matches.damage()).isNull();
        assertThatThrownBy(() -> matches.matched(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void holdsAnyNumberOfMatches() {
        List<Rule> rules =
                IntStream.range(0, 1_000).mapToObj(i -> Rule.everything()).toList();
        Matches matches = new Matches();
        PlainRuleSet.of(rules).match(Events.withPayload("{}"), matches);
        assertThat(matches.matchedCount()).isEqualTo(1_000);
        assertThat(matches.matched(999)).isEqualTo(999);
    }

    /** A rule reads no more of the payload than it wants, and together they read what all want: that must not show. */
    @Test
    void answersAboutManyRulesAsAboutEach() {
        RandomPatterns patterns = new RandomPatterns(new Random(5));
        List<Rule> rules = Stream.generate(() -> Written.rule("{data: " + patterns.pattern() + "}"))
                .limit(50)
                .toList();
        RuleSet together = PlainRuleSet.of(rules);
        Matches matches = new Matches();
        for (int i = 0; i < 200; i++) {
            MeshEvent event = Events.withPayload(patterns.payload().toString());
            together.match(event, matches);
            int[] alone = IntStream.range(0, rules.size())
                    .filter(rule -> Answers.of(rules.get(rule), event) == Outcome.MATCHED)
                    .toArray();
            assertThat(IntStream.range(0, matches.matchedCount())
                            .map(matches::matched)
                            .toArray())
                    .isEqualTo(alone);
        }
    }

    private static Matches matches(String payload, String... rules) {
        Matches matches = new Matches();
        PlainRuleSet.of(Stream.of(rules).map(Written::rule).toList()).match(Events.withPayload(payload), matches);
        return matches;
    }
}
