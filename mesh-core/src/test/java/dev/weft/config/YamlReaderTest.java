package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NO | \"NO\"",
                "on | \"on\"",
                "12:30 | \"12:30\"",
                "1_000 | \"1_000\"",
                "2026-11-21 | \"2026-11-21\"",
                "a # comment | \"a\"",
                "'5' | \"5\"",
                "\"true\" | \"true\"",
                "!!str 5 | \"5\"",
                "! 5 | \"5\"",
                "false | the boolean false",
                "True | the boolean True",
                "~ | null",
                "Null | null",
                "5 | the number 5",
                "+5 | the number +5",
                "-0.5e3 | the number -0.5e3",
                ".5 | the number .5",
                "0x1F | the number 0x1F",
                "0o17 | the number 0o17",
                "!!int 7 | the number 7",
                "9007199254740993 | the number 9007199254740993",
                "[] | an empty list",
                "[a] | a list",
                "{} | an empty mapping",
                "{a: b} | a mapping",
                "\"a\\u0007b\" | \"a\u0007b\"",
            })
    void typesScalarsByTheCoreSchema(String text, String described) {
        assertThat(read(text).described()).isEqualTo(described);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"0x1F, 31", "0o17, 15", "1e3, 1000", "007, 7"})
    void readsNumbersByValue(String text, String value) {
        assertThat(((Scalar) read(text)).value())
                .asString()
                .satisfies(number -> assertThat(new BigDecimal(number)).isEqualByComparingTo(value));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | f:1:1: $: found an empty file, expected a YAML or JSON document",
                "# only a comment | f:1:17: $: found an empty file, expected a YAML or JSON document",
                "`a: 1\nb: 2\na: 3` | f:3:1: $.a: found the key \"a\" a second time, expected each key once: it first stands on line 1",
                "`a: {b: 1, b: 2}` | f:1:11: $.a.b: found the key \"b\" a second time, expected each key once: it first stands on line 1",
                "`a: {\"b\": 1, b: 2}` | f:1:13: $.a.b: found the key \"b\" a second time, expected each key once: it first stands on line 1",
                "5: a | f:1:1: $: found the number 5 as a key, expected text as a key: put it in quotes",
                "~: a | f:1:1: $: found null as a key, expected text as a key: put it in quotes",
                "true: a | f:1:1: $: found the boolean true as a key, expected text as a key: put it in quotes",
                "[a]: b | f:1:1: $: found a list as a key, expected text as a key",
                "? {a: b} | f:1:3: $: found a mapping as a key, expected text as a key",
                "`x: &x {a: 1}\ny: {<<: *x}` | f:2:5: $.y: found the merge key <<, expected the keys themselves: nothing is merged here",
                "`a: 1\n---\nb: 2` | f:2:1: $: found a second document, expected one document in a file",
                "a: !foo 5 | f:1:4: $.a: found the tag !foo, expected no tag",
                "a: !!binary aGk= | f:1:4: $.a: found the tag !!binary, expected no tag",
                "a: !!set {b} | f:1:4: $.a: found the tag !!set, expected no tag",
                "a: !!int x | f:1:4: $.a: found \"x\" tagged !!int, expected what the tag says",
                "a: .nan | f:1:4: $.a: found .nan, expected a finite number, or text in quotes",
                "a: -.inf | f:1:4: $.a: found -.inf, expected a finite number, or text in quotes",
                "a: 1e99999999999 | f:1:4: $.a: found 1e99999999999, expected a number of fewer digits, or text in quotes",
                "a: *x | f:1:4: $.a: found the alias *x, expected an anchor of that name before it",
                "a: &x [*x] | f:1:8: $.a[0]: found the alias *x, expected no alias inside of what it stands for",
                "`a: b: c` | f:1:5: $: found a mistake in the YAML: mapping values are not allowed here, expected a YAML or JSON document",
                "`a:\n  - b\n c: d` | f:3:2: $: found a mistake in the YAML: while parsing a block mapping, expected <block end>, but found '<block mapping start>', expected a YAML or JSON document",
                "`a: [b` | f:1:6: $: found a mistake in the YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>, expected a YAML or JSON document",
                "`a: \"b` | f:1:6: $: found a mistake in the YAML: while scanning a quoted scalar, found unexpected end of stream, expected a YAML or JSON document",
                "`a:\n\tb: c` | f:2:1: $: found a mistake in the YAML: while scanning for the next token, found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation), expected a YAML or JSON document",
                "`a: x\nb: \u0001` | f:2:4: $: found the character U+0001, expected printable text",
                "a: ${NONE} | f:1:4: $.a: found ${NONE}, which is not set in the environment, expected a variable that is set, or a default as in ${NONE:default}",
            })
    void reportsWhatYamlWouldHide(String text, String message) {
        assertThat(problemsOf(text)).isEqualTo(message);
    }

    @Test
    void goesOnAfterAMistakeThatLeavesTheRestReadable() {
        assertThat(problemsOf("a: 1\na: 2\nb: !x 1\n5: c\nd: ${NONE}\n").lines())
                .hasSize(4);
    }

    @Test
    void knowsWhereEachPartStands() {
        String text = "a:\n  b:\n    - c\n    - { d: 'e',  \"f\": [g] }\n\u00e4\ud83d\ude00: h\n";

        assertThat(places(read(text))).isEqualTo("""
                $ 1:1
                $.a 2:3
                $.a.b 3:5
                $.a.b[0] 3:7
                $.a.b[1] 4:7
                $.a.b[1].d 4:12
                $.a.b[1].f 4:23
                $.a.b[1].f[0] 4:24
                $['\u00e4\ud83d\ude00'] 5:5""");
    }

    @Test
    void knowsWhereAKeyStands() {
        Mapping root = (Mapping) read("a: 1\n\"b\": {c: 2}\n");
        assertThat(root.keyAt("b")).hasToString("f:2:1");
        assertThat(((Mapping) member(root, "b")).keyAt("c")).hasToString("f:2:7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\uFEFFa: [b]`",
                "`a: [b]\r\n`",
                "`a:\t[b]`",
                "`{\n\t\"a\":\t[\"b\"]\n}\n`",
                "`---\na: [b]\n...\n`"
            })
    void acceptsEveryWayToWriteTheSame(String text) {
        assertThat(places(read(text))).startsWith("$ ").contains("$.a[0] ");
        assertThat(problemsOf(text)).isEmpty();
    }

    @Test
    void readsJson() {
        String json = "{\"a\": \"\\/\\u00e9\\n\\\"\", \"b\": [1.5e2, true, null, {}], \"c\\td\": \"\\ud83d\\ude00\"}";
        Mapping root = (Mapping) read(json);
        assertThat(((Scalar) member(root, "a")).value()).isEqualTo("/\u00e9\n\"");
        assertThat(((Sequence) member(root, "b")).items())
                .extracting(Node::described)
                .containsExactly("the number 1.5e2", "the boolean true", "null", "an empty mapping");
        assertThat(((Scalar) member(root, "c\td")).value()).isEqualTo("\ud83d\ude00");
    }

    @Test
    void anAliasHasThePathAndPlaceWhereItStands() {
        String text = "a: &x { b: [c] }\nd: *x\n";
        assertThat(places(read(text))).isEqualTo("""
                $ 1:1
                $.a 1:4
                $.a.b 1:12
                $.a.b[0] 1:13
                $.d 2:4
                $.d.b 1:12
                $.d.b[0] 1:13""");
    }

    @Test
    void refusesAliasesThatExplode() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        assertThat(problemsOf(text.toString()))
                .contains("found aliases that stand for more than 10000 values, expected fewer aliases");
    }

    @ParameterizedTest(name = "{0} repeated")
    @CsvSource({"[", "{a: ", "'- '"})
    void refusesDeepNesting(String opening) {
        assertThat(problemsOf(opening.repeat(5_000))).contains("found nesting, expected at most 100 levels");
    }

    @Test
    void refusesNestingThroughAliases() {
        StringBuilder text = new StringBuilder("a0: &a0 x\n");
        for (int i = 1; i < 200; i++) {
            text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }
        assertThat(problemsOf(text.toString())).contains("found nesting, expected at most 100 levels");
    }

    @Test
    void refusesMoreThanAMebibyte() {
        assertThat(problemsOf("#".repeat((1 << 20) + 1)))
                .isEqualTo("f:1:1: $: found 1048577 characters, expected at most 1048576");
    }

    @Test
    void readsManyKeysInTimeThatGrowsWithTheirNumber() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("key").append(i).append(": ").append(i).append('\n');
        }
        assertThat(((Mapping) read(text.toString())).names()).hasSize(50_000);
    }

    @Test
    void saysAProblemOnOneLineWhateverTheFileHolds() {
        assertThat(problemsOf("\"a\\nb\\e[31m\": !x y").lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("a\\nb\\u001b[31m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"a: | 9", "a: ! | x", "a: *| y", "a: ${|A", "{a: .nan, |b: c", "a: &b |x"})
    void aProblemIsAsLongAsAPersonReadsWhateverTheFileHolds(String start, String repeated) {
        assertThat(problemsOf(start + repeated.repeat(200_000)).length()).isLessThan(1_000);
    }

    @Test
    void readsEveryDocumentThatHasSomethingInIt() {
        Problems problems = new Problems();

        List<Node> documents = readingAll("# first\n---\na: &x 1\n---\n---\n# nothing\n---\n- b\n...\n", problems);

        assertThat(problems.inReadingOrder()).isEmpty();
        assertThat(documents.stream().map(YamlReaderTest::places)).containsExactly("$ 3:1\n$.a 3:4", "$ 8:1\n$[0] 8:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | f:1:1: $: found an empty file, expected a YAML or JSON document",
                "`---\n---\n# nothing\n` | f:4:1: $: found an empty file, expected a YAML or JSON document",
                "`a: &x 1\n---\nb: *x\n` | f:3:4: $.b: found the alias *x, expected an anchor of that name before it",
                "`a: 1\na: 2\n---\nb: [\n` | f:2:1: $.a: found the key \"a\" a second time, expected each key once: it first stands on line 1 & f:5:1: $: found a mistake in the YAML"
            })
    void mistakesStandInTheirDocument(String text, String messages) {
        Problems problems = new Problems();
        var unused = readingAll(text, problems);

        String found = problems.inReadingOrder().stream().map(Problem::message).collect(Collectors.joining(" & "));
        assertThat(found).startsWith(messages);
    }

    private static List<Node> readingAll(String text, Problems problems) {
        return YamlReader.readAll("f", text, Substitution.none(), problems);
    }

    private static Node member(Mapping mapping, String name) {
        return Objects.requireNonNull(mapping.get(name));
    }

    private static Node read(String text) {
        return reading(text, new Problems()).orElseThrow();
    }

    private static String problemsOf(String text) {
        Problems problems = new Problems();
        reading(text, problems);
        return problems.inReadingOrder().stream().map(Problem::message).collect(Collectors.joining("\n"));
    }

    private static Optional<Node> reading(String text, Problems problems) {
        return YamlReader.read("f", text, Substitution.from(Map.of()), problems);
    }

    private static String places(Node node) {
        String here = node.path() + " " + node.at().line() + ":" + node.at().column();
        if (node instanceof Mapping mapping) {
            return mapping.members().values().stream()
                    .map(member -> "\n" + places(member))
                    .collect(Collectors.joining("", here, ""));
        }
        if (node instanceof Sequence sequence) {
            return sequence.items().stream().map(item -> "\n" + places(item)).collect(Collectors.joining("", here, ""));
        }
        return here;
    }
}
