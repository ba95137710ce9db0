package dev.weft.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlExpressionTest {

    private static final Map<String, Object> EVENT = Map.of(
            "type",
            "shop.order",
            "subject",
            "F",
            "seq",
            "10",
            "flag",
            "true",
            "face",
            "a\uD83D\uDE00b",
            "padded",
            "\u00A0 a\u0000 \u2003");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type = 'shop.order'                        | true",
                "TYPE = 'shop.order'                        | true",
                "'shop.order' = type                        | true",
                "seq = 10                                   | true",
                "seq = '10'                                 | true",
                "seq = '010'                                | false",
                "seq = 010                                  | true",
                "10 = '010'                                 | false",
                "'TRUE' = true                              | true",
                "true = 'TRUE'                              | false",
                "flag AND subject = 'F'                     | true",
                "name = 'F' OR subject = 'F'                | missing attribute name",
                "subject = 'F' OR name = 'F'                | true",
                "subject = 'G' AND name = 'F'               | false",
                "(EXISTS name AND name = 'F') OR subject = 'F' | true",
                "NOT (name = 'F')                           | missing attribute name",
                "NOT EXISTS name                            | true",
                "subject XOR TRUE                           | 'F' is not true or false",
                "seq < 9                                    | false",
                "subject > 5                                | 'F' is not an integer of 32 bits",
                "2 + 3 * 4 - 10 / 3 % 2                     | 13",
                "-10 % 3                                    | -1",
                "-7 / 2                                     | -3",
                "7-2                                        | 5",
                "7 -2                                       | 5",
                "- 2147483647 - 1                           | -2147483648",
                "-2147483648                                | -2147483648",
                "2147483647 + 1                             | 2147483648 is beyond 32 bits",
                "-2147483648 / -1                           | 2147483648 is beyond 32 bits",
                "- (-2147483648)                            | 2147483648 is beyond 32 bits",
                "46341 * 46341                              | 2147488281 is beyond 32 bits",
                "1 / 0                                      | division by zero",
                "1 % (seq - 10)                             | division by zero",
                "INT('+5') + INT('-0')                      | 5",
                "INT('')                                    | '' is not an integer of 32 bits",
                "INT('99999999999999999999')                | '99999999999999999999' is not an integer of 32 bits",
                "INT('٣')                                   | '٣' is not an integer of 32 bits",
                "BOOL('fAlSe')                              | false",
                "BOOL('falſe')                              | 'falſe' is not true or false",
                "NOT 10                                     | false",
                "NOT 0                                      | true",
                "NOT seq = 10                               | '10' is not true or false",
                "TRUE OR TRUE AND FALSE                     | false",
                "TRUE OR (TRUE AND FALSE)                   | true",
                "TRUE XOR TRUE XOR TRUE                     | true",
                "seq IN (9, 10)                             | true",
                "10 IN ('9', '010')                         | true",
                "seq NOT IN ('9', '10')                     | false",
                "subject IN ('F', name)                     | missing attribute name",
                "type LIKE 'shop._rder'                     | true",
                "type LIKE '%o%.%d%'                        | true",
                "type LIKE 'shop'                           | false",
                "type NOT LIKE 'x%'                         | true",
                "seq LIKE '1_'                              | true",
                "face LIKE 'a_b'                            | true",
                "face LIKE 'a__b'                           | false",
                "'a%b' LIKE 'a\\%b'                         | true",
                "'a\\b' LIKE 'a\\b'                         | true",
                "'aXb' LIKE 'a\\%b'                         | false",
                "'' LIKE '%'                                | true",
                "'aaab' LIKE '%a_b'                         | true",
                "'abcabd' LIKE '%ab_%d'                     | true",
                "LENGTH(face)                               | 3",
                "LEFT(face, 2)                              | a\uD83D\uDE00",
                "RIGHT(face, 2)                             | \uD83D\uDE00b",
                "LEFT(type, -1)                             | LEFT of -1 characters",
                "SUBSTRING(type, 6)                         | order",
                "SUBSTRING(type, -5, 2)                     | or",
                "SUBSTRING(face, 2, 1)                      | \uD83D\uDE00",
                "SUBSTRING(type, 1, -1)                     | SUBSTRING of -1 characters",
                "SUBSTRING('', 1)                           | SUBSTRING from 1 of 0 characters",
                "LENGTH(TRIM(padded))                       | 2",
                "CONCAT_WS('-', type, 5, TRUE)              | shop.order-5-true",
                "UPPER('straße')                            | STRASSE",
                "'it\\'s' = \"it's\"                        | true",
                "tRuE AnD NoT fAlSe                         | true"
            })
    void answersAsTheSpecificationSays(String expression, String answer) throws Exception {
        assertThat(SqlExpression.parse(expression).evaluate(EVENT::get)).hasToString(answer);
    }

    @ParameterizedTest(name = "{0} is understood as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=1 or b=2 and c=3         | (a = 1 OR b = 2) AND c = 3",
                "a = 1 AND b = 2 AND c = 3  | a = 1 AND b = 2 AND c = 3",
                "not a = 'x'                | (NOT a) = 'x'",
                "not exists a               | NOT EXISTS a",
                "- a like '5'               | - a LIKE '5'",
                "a * b in (1)               | a * b IN (1)",
                "(a * b) in (1)             | (a * b) IN (1)",
                "a - (b - c) - d            | a - (b - c) - d",
                "a + b < c * 2 = TRUE       | a + b < c * 2 = TRUE",
                "a <> length( b )           | a != LENGTH(b)",
                "a = \"it's\"               | a = \"it's\"",
                "(((a = 1)))                | a = 1"
            })
    void isShownAsItWasUnderstood(String expression, String shown) throws Exception {
        assertThat(SqlExpression.parse(expression)).hasToString(shown);
        assertThat(SqlExpression.parse(shown)).isEqualTo(SqlExpression.parse(expression));
    }

    @Test
    void isTheSameReadFromWhatItShowsAndAfterSerialization() throws Exception {
        RandomSql sql = new RandomSql(new Random(20261121));
        for (int i = 0; i < 2_000; i++) {
            SqlExpression expression = SqlExpression.parse(sql.expression());
            assertThat(SqlExpression.parse(expression.toString())).isEqualTo(expression);
            SqlExpression shown = SqlExpression.of(expression.root());
            assertThat(shown).isEqualTo(expression);
            if (i < 100) {
                assertThat(serialized(shown)).isEqualTo(expression);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = 2147483648      | found the number 2147483648 at character 5",
                "a = -2147483649     | found the number -2147483649 at character 6",
                "(a = 1              | found the end at character 7, expected an operator or \")\"",
                "a = 1)              | found \")\" at character 6, expected an operator or the end",
                "a IN ()             | found \")\" at character 7",
                "a IN 5              | found \"5\" at character 6, expected \"(\"",
                "a LIKE b            | expected the pattern, text in quotes",
                "a NOT = 5           | found \"=\" at character 7, expected LIKE or IN",
                "EXISTS 'a'          | expected an attribute's name",
                "EXISTS in           | expected an attribute's name",
                "a_b = 5             | found \"a_b\" at character 1, expected an attribute's name",
                "a = 'it''s'         | within text a quote is written \\'",
                "a = 'x              | found text that does not end",
                "a ? b               | found \"?\" at character 3",
                "UPER(a) = 'X'       | unknown function \"UPER\"",
                "CONCAT_WS() = ''    | found CONCAT_WS with 0 arguments at character 1, expected at least 1 argument",
                "+ a                 | found \"+\" at character 1"
            })
    void saysWhatIsWrongAndWhere(String expression, String message) {
        assertThatThrownBy(() -> SqlExpression.parse(expression))
                .isInstanceOf(SqlMistake.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatCouldNotBeEvaluatedInBoundedStack() {
        String parentheses = "(".repeat(10_000) + "TRUE" + ")".repeat(10_000);
        String nots = "NOT ".repeat(10_000) + "TRUE";
        String minuses = "- ".repeat(10_000) + "1 = 1";
        String sums = "1" + " + 1".repeat(10_000) + " = 1";
        String calls = "LOWER(".repeat(10_000) + "a" + ")".repeat(10_000) + " = 'a'";
        for (String deep : new String[] {parentheses, nots, minuses, sums, calls}) {
            assertThatThrownBy(() -> SqlExpression.parse(deep))
                    .isInstanceOf(SqlMistake.class)
                    .hasMessageContaining("more than 100");
        }
        assertThatThrownBy(() -> SqlExpression.parse(" ".repeat(300_000))).isInstanceOf(SqlMistake.class);
        assertThatThrownBy(() -> SqlExpression.parse("a LIKE '" + "a".repeat(2_000) + "'"))
                .isInstanceOf(SqlMistake.class);
    }

    @Test
    void evaluatesLongChainsAndLists() throws Exception {
        assertThat(SqlExpression.parse("TRUE" + " AND TRUE".repeat(15_000)).evaluate(EVENT::get))
                .isEqualTo(true);
        assertThat(SqlExpression.parse("seq IN (0" + ", 1".repeat(15_000) + ", 10)")
                        .evaluate(EVENT::get))
                .isEqualTo(true);
    }

    @Test
    void makesNoTextThatMemoryCannotHold() throws Exception {
        String doubled = "face";
        for (int i = 0; i < 12; i++) {
            doubled = "CONCAT(" + doubled + ", " + doubled + ")";
        }
        Object value = SqlExpression.parse(doubled).evaluate(name -> "x".repeat(1_000));
        assertThat(value).isInstanceOf(Failure.class).asString().startsWith("text of ");
    }

    /** A matcher that tried each place anew would need 10^12 steps. */
    @Test
    void likeIsNotSlowedByPatternsThatNearlyMatch() throws Exception {
        String pattern = "%" + "a".repeat(480) + "_" + "a".repeat(480) + "b%";
        Object value = SqlExpression.parse("x LIKE '" + pattern + "'").evaluate(name -> "a".repeat(1_000_000));
        assertThat(value).isEqualTo(false);
    }

    @Test
    void likeAgreesWithARegularExpression() throws Exception {
        Random random = new Random(20261121);
        for (int i = 0; i < 5_000; i++) {
            String pattern = word(random, "ab_%", 8);
            String text = word(random, "ab", 10);
            String regex = pattern.replace("_", ".").replace("%", ".*");
            assertThat(SqlExpression.parse("x LIKE '" + pattern + "'").evaluate(name -> text))
                    .as("%s like %s", text, pattern)
                    .isEqualTo(text.matches(regex));
        }
    }

    private static String word(Random random, String alphabet, int longest) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    private static Object serialized(SqlExpression expression) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(expression);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
