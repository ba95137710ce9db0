package dev.weft.cep.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import dev.weft.cep.offline.Happened;
import dev.weft.cep.offline.PatternRun;
import dev.weft.cep.offline.TimedEvent;
import dev.weft.cep.offline.Told;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    private static final Pattern PATTERN = WrittenPatterns.one("""
            id: seen
            partitionBy: subject
            within: 1m
            sequence: [{ step: a, where: { type: [A] } }]
            emit: { type: seen, subject: "${key}", data: { n: "${a.data.n}", of: { list: [1, two] } } }
            """);

    private static final List<TimedEvent> EVENTS = Happened.events("A:x:1@0", "A:y:2@1", "A:x:3.0@2");

    @ParameterizedTest(name = "{0}: {1} came, {2} missing, {3} unexpected")
    @CsvSource(delimiter = '|', textBlock = """
            [{pattern: seen}, {pattern: seen}, {pattern: seen}]                                    | 3 | 0 | 0
            [{pattern: seen}, {pattern: seen, subject: x}, {pattern: seen, subject: y}]            | 3 | 0 | 0
            [{pattern: seen, subject: x}, {pattern: seen, data: {n: 1}}]                           | 2 | 0 | 1
            [{pattern: seen, subject: z}]                                                          | 0 | 1 | 3
            []                                                                                     | 0 | 0 | 3
            {exactly: false, expected: []}                                                         | 0 | 0 | 0
            {exactly: false, expected: [{pattern: seen, subject: y}]}                              | 1 | 0 | 0
            {inOrder: true, expected: [{pattern: seen, subject: x}, {pattern: seen, subject: y}, {pattern: seen}]} | 3 | 0 | 0
            {inOrder: true, expected: [{pattern: seen, subject: y}, {pattern: seen, subject: x}, {pattern: seen}]} | 2 | 1 | 1
            {inOrder: true, exactly: false, expected: [{pattern: seen}, {pattern: seen, data: {n: 3}}]} | 2 | 0 | 0
            [{pattern: seen, data: {n: 3}}, {pattern: seen, time: '1970-01-01T01:00:00.001+01:00'}] | 2 | 0 | 1
            [{pattern: seen, events: {a: [A2]}}, {pattern: seen, events: {a: A3}}]                 | 2 | 0 | 1
            [{pattern: seen, data: {of: {list: [1, two]}}}]                                        | 1 | 0 | 2
            [{pattern: seen, data: {of: {list: [1]}}}]                                             | 0 | 1 | 3
            [{pattern: seen, data: {of: {list: [1, 2]}}}]                                          | 0 | 1 | 3
            """)
    void asManyExpectationsAreMetAsCanBe(String expected, int came, int missing, int unexpected) {
        Verdict verdict = verdict(expected);
        assertThat(List.of(
                        verdict.came().size(),
                        verdict.missing().size(),
                        verdict.unexpected().size()))
                .containsExactly(came, missing, unexpected);
        assertThat(verdict.isPassed()).isEqualTo(missing + unexpected == 0);
    }

    @Test
    void saysWhatIsOtherwiseInTheNearestThatWasNotExpected() {
        Verdict verdict = verdict("""
                - { pattern: seen, subject: x, data: { n: 1 } }
                - { pattern: seen, subject: x, type: sen, time: "1970-01-01T00:00:00Z", data: { n: 2, m: 1 }, events: { a: [A2] } }
                """);
        Verdict.Missing missing = verdict.missing().get(0);
        assertThat(Objects.requireNonNull(missing.nearest()).key().text()).isEqualTo("y");
        assertThat(missing.differences())
                .containsExactly(
                        new Difference("type", "\"sen\"", "\"seen\""),
                        new Difference("subject", "\"x\"", "\"y\""),
                        new Difference("time", "\"1970-01-01T00:00:00Z\"", "\"1970-01-01T00:00:00.001Z\""),
                        new Difference("data.m", "1", "nothing"));
    }

    @Test
    void aMatchThatCannotBeAnEventMeetsNothing() {
        Told fault = new Told("seen", told().get(0).key(), 0, told().get(0).taken(), null, null, "no type");
        Verdict verdict = Verdict.of(expected("[{ pattern: seen }]"), List.of(fault));
        assertThat(verdict.missing().get(0).differences()).containsExactly(new Difference("event", "one", "no type"));
        assertThat(verdict.unexpected()).containsExactly(fault);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            [{pattern: sen}]                           | e.yaml:1:12: $[0].pattern: found unknown pattern "sen", expected seen. Did you mean "seen"?
            [{}]                                       | e.yaml:1:2: $[0].pattern: found nothing, expected the id of a pattern
            [{pattern: seen, time: today}]             | e.yaml:1:24: $[0].time: found "today", expected a time such as 2026-11-21T03:00:00Z
            [{pattern: seen, events: {b: [A1]}}]       | e.yaml:1:27: $[0].events.b: found unknown step "b", expected a. Did you mean "a"?
            [{pattern: seen, events: {a: [A9]}}]       | e.yaml:1:31: $[0].events.a[0]: found unknown event id "A9", expected one of A1, A2, A3. Did you mean "A1"?
            [{pattern: seen, events: {a: {}}}]         | e.yaml:1:30: $[0].events.a: found an empty mapping, expected the id of an event
            {expected: 3}                              | e.yaml:1:12: $.expected: found the number 3, expected a list of events, [] for none
            {expected: [], exatly: true}               | e.yaml:1:16: $.exatly: found unknown key "exatly", expected one of expected, inOrder, exactly. Did you mean "exactly"?
            """)
    void mistakesAreSaidWithTheirPlace(String written, String message) {
        Problems problems = new Problems();
        read(written, problems);
        assertThat(problems.inReadingOrder()).extracting(Problem::message).containsExactly(message);
    }

    private static Verdict verdict(String expected) {
        return Verdict.of(expected(expected), told());
    }

    private static List<Told> told() {
        return PatternRun.of(List.of(PATTERN)).run(EVENTS, 1_000).heard();
    }

    private static Expected expected(String written) {
        Problems problems = new Problems();
        Expected expected = read(written, problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return expected;
    }

    private static Expected read(String written, Problems problems) {
        Node root = YamlReader.read("e.yaml", written, Substitution.none(), problems)
                .orElseThrow();
        return new ExpectedReader(List.of(PATTERN), List.of("A1", "A2", "A3"), problems).read(root);
    }
}
