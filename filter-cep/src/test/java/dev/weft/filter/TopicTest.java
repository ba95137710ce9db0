package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.MeshEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code topic} of a route, and the trie that finds one filter among many. */
class TopicTest {

    private static final Problems NONE = new Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders/+/eu/#                              | {\"subject\":[{\"topic\":\"orders/+/eu/#\"}]}",
                "[a/#, b]                                   | {\"subject\":[{\"topic\":\"a/#\"},{\"topic\":\"b\"}]}",
                "[b, b]                                     | {\"subject\":[{\"topic\":\"b\"}]}",
                "{attribute: mqtttopic, levels: a/+/b}      | {\"mqtttopic\":[{\"topic\":\"a/+/b\"}]}",
                "{attribute: mqtttopic, levels: [a/+, b/+]} | {\"mqtttopic\":[{\"topic\":\"a/+\"},{\"topic\":\"b/+\"}]}",
            })
    void isARuleOnTheLevelsOfAnAttribute(String topic, String rule) {
        assertThat(parsed(topic, NONE)).hasToString(rule);
        assertThat(NONE.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b+ | rule.yaml:1:1: $: found a wildcard that shares its level, \"b+\", in \"a/b+\", expected levels "
                        + "joined by /, each a text or +, the last one also #",
                "5 | rule.yaml:1:1: $: found the number 5, expected a text in quotes",
                "[] | rule.yaml:1:1: $: found an empty list, expected from one to 10000 filters",
                "{levels: a} | rule.yaml:1:1: $.attribute: found nothing, expected the name of an attribute",
                "{attribute: subject} | rule.yaml:1:1: $.levels: found nothing, expected a filter such as orders/+/eu/#",
                "{attribute: Subject, levels: a} | rule.yaml:1:13: $.attribute: found \"Subject\", expected an "
                        + "attribute's name: lower-case letters and digits. Did you mean \"subject\"?",
                "{attribute: subject, level: a} | rule.yaml:1:22: $.level: found unknown key \"level\", expected one of "
                        + "attribute, levels. Did you mean \"levels\"?",
            })
    void mistakesAreReportedWhereTheyStand(String topic, String message) {
        Problems problems = new Problems();
        assertThat(parsed(topic, problems)).isEqualTo(Rule.nothing());
        assertThat(problems.inReadingOrder().stream().map(Problem::message)).containsExactly(message);
    }

    @Test
    void theTrieFindsWhatMatchesOneByOne() {
        Random random = new Random(20261121);
        String[] of = {"a", "b", "c", "", "+", "$a", "ab"};
        Supplier<String> levels = () -> IntStream.rangeClosed(0, random.nextInt(5))
                .mapToObj(i -> of[random.nextInt(of.length)])
                .collect(Collectors.joining("/"));
        List<Rule> rules = Stream.generate(levels)
                .map(text -> text.isEmpty() ? "x" : text)
                .map(text -> parsed("'" + text + (random.nextInt(3) == 0 ? "/#'" : "'"), NONE))
                .limit(2_000)
                .toList();
        RuleSet index = RuleIndex.of(rules);
        RuleSet plain = PlainRuleSet.of(rules);
        Matches found = new Matches();
        Matches expected = new Matches();
        int matched = 0;
        for (int i = 0; i < 2_000; i++) {
            String subject = levels.get();
            MeshEvent event = Events.withAttributes(Map.of("subject", subject.isEmpty() ? "a" : subject));
            index.match(event, found);
            plain.match(event, expected);
            assertThat(found).as(subject).hasToString(expected.toString());
            matched += expected.matchedCount();
        }
        assertThat(matched).isGreaterThan(10_000);
    }

    /** Filters and text made to send the search down every path. */
    @Test
    void hostileLevelsAreBounded() {
        List<Rule> rules = IntStream.range(0, 10_000)
                .mapToObj(i -> IntStream.range(0, 14)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "a" : "+")
                        .collect(Collectors.joining("/")))
                .map(text -> parsed(text + "/b", NONE))
                .toList();
        RuleSet index = RuleIndex.of(rules);
        Matches found = new Matches();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 100; i++) {
                index.match(Events.withAttributes(Map.of("subject", "a/".repeat(14) + "c")), found);
                index.match(Events.withAttributes(Map.of("subject", "a/".repeat(200_000))), found);
            }
        });
        assertThat(found.matchedCount()).isZero();
    }

    @Test
    void levelsAndLengthAreBounded() {
        Problems problems = new Problems();
        parsed("a/".repeat(200), problems);
        assertThat(problems.inReadingOrder().get(0).message())
                .contains("201 levels of 400 characters; at most 100 of 1000 are taken");
    }

    private static Rule parsed(String topic, Problems problems) {
        Node node = YamlReader.read("rule.yaml", topic, Substitution.none(), problems)
                .orElseThrow();
        return TopicParser.parse(node, problems);
    }
}
