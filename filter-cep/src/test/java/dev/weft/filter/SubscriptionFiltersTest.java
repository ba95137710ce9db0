package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionFiltersTest {

    @ParameterizedTest(name = "{0} of an event with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{exact: {type: test}}                            |             | matched",
                "{exact: {type: Test}}                            |             | refused",
                "{exact: {type: test, subject: a}}                | subject=a   | matched",
                "{exact: {type: test, subject: a}}                | subject=b   | refused",
                "{exact: {subject: a}}                            |             | refused",
                "{exact: {subject: '::1'}}                        | subject=0:0:0:0:0:0:0:1 | refused",
                "{prefix: {subject: ab}}                          | subject=abc | matched",
                "{prefix: {subject: ab}}                          | subject=Abc | refused",
                "{prefix: {subject: ab}}                          |             | refused",
                "{prefix: {subject: a, type: t}}                  | subject=abc | matched",
                "{suffix: {subject: bc}}                          | subject=abc | matched",
                "{suffix: {subject: ab}}                          | subject=abc | refused",
                "{all: [{prefix: {subject: a}}, {suffix: {subject: c}}]} | subject=abc | matched",
                "{all: [{prefix: {subject: a}}, {suffix: {subject: d}}]} | subject=abc | refused",
                "{any: [{exact: {subject: a}}, {exact: {type: test}}]}   |             | matched",
                "{any: [{exact: {subject: a}}, {exact: {subject: b}}]}   | subject=b   | matched",
                "{any: [{exact: {subject: a}}, {exact: {subject: b}}]}   | subject=c   | refused",
                "{not: {exact: {subject: a}}}                     | subject=a   | refused",
                "{not: {exact: {subject: a}}}                     | subject=b   | matched",
                "{not: {exact: {subject: a}}}                     |             | matched",
                "{not: {prefix: {subject: a}}}                    |             | matched",
                "{not: {not: {prefix: {subject: a}}}}             |             | refused",
                "{not: {not: {prefix: {subject: a}}}}             | subject=abc | matched",
                "{not: {exact: {type: test, subject: a}}}         | subject=b   | matched",
                "{not: {exact: {type: test, subject: a}}}         | subject=a   | refused",
                "{not: {all: [{exact: {type: x}}, {suffix: {subject: a}}]}} | subject=a | matched",
                "{not: {any: [{exact: {type: x}}, {suffix: {subject: a}}]}} | subject=a | refused",
                "{not: {any: [{exact: {subject: b}}, {suffix: {subject: a}}]}} |        | matched"
            })
    void answersAsTheSubscriptionsApiSays(String filter, String attribute, String outcome) {
        Map<String, String> attributes = attribute == null
                ? Map.of()
                : Map.of(attribute.split("=", 2)[0], attribute.split("=", 2)[1]);
        assertThat(Answers.of(Selected.rule("{filters: [" + filter + "]}"), Events.withAttributes(attributes)))
                .hasToString(outcome);
    }

    @Test
    void allFiltersOfTheListMustAgree() {
        Rule rule = Selected.rule("{filters: [{exact: {type: test}}, {prefix: {subject: a}}]}");
        assertThat(Answers.of(rule, Events.withAttributes(Map.of("subject", "ab"))))
                .isEqualTo(Outcome.MATCHED);
        assertThat(Answers.of(rule, Events.withAttributes(Map.of()))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void thePatternBesideThemMustAgreeToo() {
        Rule rule = Selected.rule("{where: {data: {n: [1]}}, filters: [{exact: {type: test}}]}");
        assertThat(Answers.of(rule, Events.withPayload("{\"n\": 1}"))).isEqualTo(Outcome.MATCHED);
        assertThat(Answers.of(rule, Events.withPayload("{\"n\": 2}"))).isEqualTo(Outcome.REFUSED);
        assertThat(Answers.of(rule, Events.withPayload("{"))).isEqualTo(Outcome.UNDECIDED);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{exact: {type: a}}                          | {'type':['a']}",
                "{not: {exact: {type: a}}}                   | {'type':[{'anything-but':['a']},{'exists':false}]}",
                "{not: {not: {prefix: {type: a}}}}           | {'type':[{'prefix':'a'}]}",
                "{any: [{exact: {id: a}}, {exact: {id: b}}]} | {'id':['a','b']}",
                "{any: [{exact: {id: a}}, {any: [{exact: {type: a}}, {prefix: {id: b}}]}]}"
                        + " | {'$or':[{'id':['a',{'prefix':'b'}]},{'type':['a']}]}",
                "{all: [{exact: {id: a}}, {exact: {id: a}}]} | {'id':['a']}",
                "{all: [{prefix: {id: a}}, {suffix: {id: z}}]}"
                        + " | {'$and':[{'id':[{'suffix':'z'}]}],'id':[{'prefix':'a'}]}",
                "{not: {any: [{exact: {id: a}}, {suffix: {type: b}}]}} | {'id':[{'anything-but':['a']},{'exists':false}],"
                        + "'type':[{'anything-but':{'suffix':['b']}},{'exists':false}]}",
                "{exact: {subject: '::1'}}                   | {'subject':[{'$text':'::1'}]}"
            })
    void becomesTestsThatAnIndexKnows(String filter, String canonical) {
        assertThat(Selected.rule("{filters: [" + filter + "]}")).hasToString(canonical.replace('\'', '"'));
    }

    @Test
    void manyAlternativesOfOneAttributeAreOneTest() {
        String filters = IntStream.range(0, 9_999)
                .mapToObj(i -> "{exact: {type: t" + i + "}}")
                .collect(Collectors.joining(",", "[{any: [", "]}]"));
        Rule rule = Selected.rule("{filters: " + filters + "}");
        assertThat(rule.combinations()).isEqualTo(1);
        assertThat(Answers.of(rule, Events.of("t", Map.of("type", "t77"), null, null)))
                .isEqualTo(Outcome.MATCHED);
    }

    /** Each is made together with the specification's definition of what it says. */
    private record Sample(String text, Predicate<Map<String, String>> holds) {}

    @Test
    void answersRandomFiltersAsTheirDefinitionsDo() {
        Random random = new Random(20261121);
        int matched = 0;
        for (int i = 0; i < 500; i++) {
            Sample sample = sample(random, 3);
            Rule rule = Selected.rule("{filters: [" + sample.text() + "]}");
            for (int j = 0; j < 10; j++) {
                Map<String, String> attributes = attributes(random);
                boolean expected = sample.holds().test(attributes);
                matched += expected ? 1 : 0;
                assertThat(Answers.of(rule, Events.withAttributes(attributes)))
                        .as("%s of %s", sample.text(), attributes)
                        .isEqualTo(Outcome.of(expected));
            }
        }
        assertThat(matched).isBetween(1_000, 4_000);
    }

    private static final List<String> VALUES = List.of("a", "ab", "b", "bab");

    private static Sample sample(Random random, int depth) {
        String name = random.nextBoolean() ? "x" : "y";
        String value = VALUES.get(random.nextInt(VALUES.size()));
        return switch (random.nextInt(depth == 0 ? 3 : 6)) {
            case 0 -> leaf("exact", name, value, String::equals);
            case 1 -> leaf("prefix", name, value, String::startsWith);
            case 2 -> leaf("suffix", name, value, String::endsWith);
            case 3 -> {
                Sample of = sample(random, depth - 1);
                yield new Sample("{not: " + of.text() + "}", of.holds().negate());
            }
            case 4 -> {
                Sample one = sample(random, depth - 1);
                Sample other = sample(random, depth - 1);
                yield new Sample(
                        "{all: [" + one.text() + ", " + other.text() + "]}",
                        one.holds().and(other.holds()));
            }
            default -> {
                Sample one = sample(random, depth - 1);
                Sample other = sample(random, depth - 1);
                yield new Sample(
                        "{any: [" + one.text() + ", " + other.text() + "]}",
                        one.holds().or(other.holds()));
            }
        };
    }

    private static Sample leaf(String dialect, String name, String value, BiPredicate<String, String> holds) {
        return new Sample(
                "{" + dialect + ": {" + name + ": " + value + "}}",
                attributes -> attributes.containsKey(name) && holds.test(attributes.get(name), value));
    }

    private static Map<String, String> attributes(Random random) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : List.of("x", "y")) {
            if (random.nextInt(4) > 0) {
                attributes.put(name, VALUES.get(random.nextInt(VALUES.size())));
            }
        }
        return attributes;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{filters: []}                                  | found an empty list, expected a list of at least one",
                "{filters: {exact: {type: a}}}                  | expected a list of at least one filter",
                "{filters: [{exakt: {type: a}}]}                | unknown dialect \"exakt\", expected one of exact, prefix,"
                        + " suffix, all, any, not, sql. Did you mean \"exact\"?",
                "{filters: [{exact: {type: a}, prefix: {type: a}}]} | found 2 keys in one filter: exact, prefix",
                "{filters: [{}]}                                | expected one dialect in each filter",
                "{filters: [a]}                                 | expected a filter such as {prefix: {type: shop.}}",
                "{filters: [{exact: {}}]}                       | expected attributes with the text that is asked for",
                "{filters: [{exact: {type: ''}}]}               | expected text that is not empty",
                "{filters: [{exact: {type: null}}]}             | expected text that is not empty",
                "{filters: [{exact: {n: 5}}]}                   | expected text, as every attribute is: \"5\" in quotes",
                "{filters: [{exact: {n: [a]}}]}                 | expected text that is not empty",
                "{filters: [{exact: {'': a}}]}                  | found \"\", expected an attribute's name",
                "{filters: [{exact: {Type: a}}]}                | Did you mean \"type\"?",
                "{filters: [{exact: {data: a}}]}                | found the payload, expected an attribute's name",
                "{filters: [{all: []}]}                         | expected a list of at least one filter",
                "{filters: [{any: []}]}                         | expected a list of at least one filter",
                "{filters: [{not: [{exact: {type: a}}]}]}       | expected one filter; for several write {not: {any: [...]}}"
            })
    void refusesWhatTheSubscriptionsApiDoesNotKnow(String selection, String message) {
        assertThat(Selected.of(selection).messages()).singleElement().asString().contains(message);
    }

    @Test
    void refusesFiltersThatMultiplyOut() {
        String wide = IntStream.range(0, 40)
                .mapToObj(i -> "{exact: {a" + i + ": x}}")
                .collect(Collectors.joining(",", "{any: [", "]}"));
        String other = wide.replace("{exact: {a", "{exact: {b");
        assertThat(Selected.of("{filters: [" + wide + "," + other + "]}").messages())
                .singleElement()
                .asString()
                .contains("found filters that multiply out to 1600 combinations, expected at most 1000");
        String where = IntStream.range(0, 40)
                .mapToObj(i -> "{c" + i + ": [x]}")
                .collect(Collectors.joining(",", "{$or: [", "]}"));
        assertThat(Selected.of("{where: " + where + ", filters: [" + wide + "]}")
                        .messages())
                .singleElement()
                .asString()
                .contains(
                        "$.filters: found filters that multiply out to 40 combinations, and 40 times as many with what stands beside");
    }

    @Test
    void refusesFiltersThatNestTooDeeply() {
        String deep = "{not: ".repeat(200) + "{exact: {type: a}}" + "}".repeat(200);
        assertThat(Selected.of("{filters: [" + deep + "]}").messages())
                .singleElement()
                .asString()
                .contains("at most 100 levels");
    }
}
