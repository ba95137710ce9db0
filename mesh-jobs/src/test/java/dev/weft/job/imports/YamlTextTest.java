package dev.weft.job.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {

    private static final Placed PLACED = new Placed(new Location("test", 1, 1), "$");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "a b",
            "a  b",
            " a",
            "a ",
            "null",
            "True",
            "NO",
            "~",
            "5",
            "-5",
            ".5",
            "0x1F",
            ".inf",
            "a: b",
            "a #b",
            "#",
            "- a",
            "-",
            "?",
            "a,b",
            "[a]",
            "{a}",
            "it's",
            "\"q\"",
            "it's \"q\"",
            "\\",
            "a\\b",
            "a\nb",
            "\t",
            "\u0000",
            "\u0085\u2028\uFEFF",
            "é",
            "straße",
            "日本",
            "😀",
            "\uFFFD",
            "${NAME}",
            "$${NAME}",
            "${NAME:x}",
            "${data.x}",
            "$",
            "$or",
            "&a",
            "*a",
            "!t",
            "%",
            "@x",
            "`",
            "x*y",
            "a|b",
            ">",
            "---",
            "...",
            "<<",
            "=",
            "shop.order.",
            ".tmp",
            "/a/b",
            "a@b",
            "2026-11-21T03:29:00Z",
            "x".repeat(200),
            "a ".repeat(20_000) + "b");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shop.order.    | shop.order.
            EC2 State      | EC2 State
            /a/b           | /a/b
            $or            | $or
            NO             | "NO"
            5              | "5"
            a: b           | "a: b"
            say "x"        | 'say "x"'
            ${NAME}        | "$${NAME}"
            ${data.x}      | "${data.x}"
            """)
    void textsAreQuotedOnlyWhereTheyMust(String text, String written) {
        assertThat(YamlText.scalar(text)).isEqualTo(written);
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        long seed = Long.getLong("weft.seed", 20261121);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Node node = node(random, 4);

            String written = YamlText.of(node, 0, random.nextInt(3));

            assertThat(read(written))
                    .as("seed %d, case %d: %s", seed, i, written)
                    .isEqualTo(plain(node));
        }
    }

    private static Object read(String written) {
        Problems problems = new Problems();
        Node node = YamlReader.read("written", written, Substitution.from(Map.of("NAME", "wrong")), problems)
                .orElseThrow(() -> new AssertionError(problems.inReadingOrder() + written));
        assertThat(problems.inReadingOrder()).as(written).isEmpty();
        return plain(node);
    }

    private static Object plain(Node node) {
        if (node instanceof Mapping mapping) {
            Map<String, Object> members = new LinkedHashMap<>();
            mapping.members().forEach((name, member) -> members.put(name, plain(member)));
            return members;
        }
        return node instanceof Sequence list
                ? list.items().stream().map(YamlTextTest::plain).toList()
                : Objects.requireNonNullElse(((Scalar) node).value(), "(null)");
    }

    private static Node node(Random random, int depth) {
        int kind = depth == 0 ? random.nextInt(4) : random.nextInt(8);
        switch (kind) {
            case 0:
                return new Scalar(PLACED.at(), "$", null, "null");
            case 1:
                return PLACED.flag(random.nextBoolean());
            case 2:
                BigDecimal number = BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(4));
                return new Scalar(PLACED.at(), "$", number, number.toString());
            case 3:
                return PLACED.text(text(random));
            case 4, 5:
                Map<String, Node> members = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(name(random), node(random, depth - 1));
                }
                return PLACED.mapping(members);
            default:
                List<Node> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(node(random, depth - 1));
                }
                return PLACED.list(items);
        }
    }

    /** YAML takes no longer ones, neither here nor in a source. */
    private static String name(Random random) {
        String text = text(random);
        return text.substring(0, Math.min(text.length(), 1_000));
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
