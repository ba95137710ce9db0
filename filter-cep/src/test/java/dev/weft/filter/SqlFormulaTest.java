package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import dev.weft.filter.sql.RandomSql;
import dev.weft.filter.sql.SqlExpression;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFormulaTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type = 'a'                        | {'type':['a']}",
                "x != 'a'                          | {'x':[{'anything-but':['a']}]}",
                "NOT (x = 'a')                     | {'x':[{'anything-but':['a']}]}",
                "x IN ('a', 'b')                   | {'x':['a','b']}",
                "x NOT IN ('a', 'b')               | {'x':[{'anything-but':['a','b']}]}",
                "x LIKE 'a%'                       | {'x':[{'prefix':'a'}]}",
                "x LIKE '%a'                       | {'x':[{'suffix':'a'}]}",
                "x LIKE 'a%%b%'                    | {'x':[{'wildcard':'a*b*'}]}",
                "x LIKE 'a\\%*\\_'                 | {'x':['a%*_']}",
                "x LIKE '*%\\z'                  | {'x':[{'wildcard':'\\\\**\\\\\\\\z'}]}",
                "x LIKE '%'                        | {'x':[{'prefix':''}]}",
                "x LIKE 'ab_c'                     | {'$sql':['x LIKE `ab_c`'],'x':[{'prefix':'ab'}]}",
                "EXISTS x                          | {'x':[{'exists':true}]}",
                "NOT EXISTS x                      | {'x':[{'exists':false}]}",
                "EXISTS type                       | {}",
                "TRUE                              | {}",
                "type = 'a' AND x = 'b'            | {'type':['a'],'x':['b']}",
                "EXISTS x AND x = 'b'              | {'x':['b']}",
                "type = 'a' OR type = 'b'          | {'type':['a','b']}",
                "x = 'a' OR x = 'b'                | {'x':['a','b']}",
                "x = 'a' OR type = 'b'             | {'$or':[{'type':['b'],'x':[{'exists':true}]},{'x':['a']}]}",
                "(x = 'a' OR type = 'b') AND y = 'c' "
                        + "| {'$or':[{'type':['b'],'x':[{'exists':true}],'y':['c']},{'x':['a'],'y':['c']}]}",
                "NOT (x = 'a' AND type = 'b')      | "
                        + "{'$or':[{'type':[{'anything-but':['b']}],'x':[{'exists':true}]},{'x':[{'anything-but':['a']}]}]}",
                "x = 5                             | {'$sql':['x = 5']}",
                "type = 'a' AND LENGTH(x) > 3      | {'$sql':['LENGTH(x) > 3'],'type':['a']}",
                "type = 'a' OR LENGTH(x) > 3       | {'$sql':['type = `a` OR LENGTH(x) > 3']}",
                "x = y                             | {'$sql':['x = y']}",
                "'a' = x                           | {'$sql':['`a` = x']}",
                "x AND type = 'a'                  | {'$sql':['BOOL(x)'],'type':['a']}"
            })
    void becomesTestsThatAnIndexKnows(String sql, String canonical) {
        assertThat(rule(sql)).hasToString(canonical.replace('\'', '"').replace('`', '\''));
    }

    @Test
    void longChainsStayOneTest() {
        String chain =
                IntStream.range(0, 10_000).mapToObj(i -> "x = 'v" + i + "'").collect(Collectors.joining(" OR "));
        Rule rule = rule(chain);
        assertThat(rule.combinations()).isEqualTo(1);
        assertThat(Answers.of(rule, Events.withAttributes(Map.of("x", "v77")))).isEqualTo(Outcome.MATCHED);
    }

    @Test
    void whatWouldMultiplyOutTooFarIsAskedAsItStands() {
        String wide = IntStream.range(0, 8)
                .mapToObj(i -> "(x" + i + " = 'a' OR y" + i + " = 'b')")
                .collect(Collectors.joining(" AND "));
        Rule rule = rule(wide);
        assertThat(rule.combinations()).isEqualTo(32);
        assertThat(rule.toString()).contains("\"$sql\":[\"x5 = 'a' OR y5 = 'b'\"");
        String where = IntStream.range(0, 500)
                .mapToObj(i -> "{id: [i" + i + "], a" + i + ": [x]}")
                .collect(Collectors.joining(",", "{$or: [", "]}"));
        Rule beside = Selected.rule("{where: " + where + ", sql: \"" + wide + "\"}");
        assertThat(beside.combinations()).isEqualTo(500);
    }

    @Test
    void nestedLogicIsNeverMultipliedOutWithoutEnd() {
        String nested = "x = 'a'";
        for (int i = 0; i < 45; i++) {
            nested = "((" + nested + ") OR y" + i + " = 'b') AND z" + i + " = 'c'";
        }
        assertThat(rule(nested).combinations()).isLessThanOrEqualTo(32);
    }

    /** The oracle evaluates the whole expression; {@code -Dweft.seed=N} tries other cases than the usual. */
    @Test
    void answersAsTheExpressionEvaluated() throws Exception {
        long seed = Long.getLong("weft.seed", 20261121);
        Random random = new Random(seed);
        RandomSql sql = new RandomSql(random);
        int matched = 0;
        int extracted = 0;
        for (int i = 0; i < 3_000; i++) {
            String text = sql.filter();
            SqlExpression expression = SqlExpression.parse(text);
            Formula formula = SqlFormula.of(expression, 32);
            Rule rule = formula.rule();
            Rule opposite = formula.negated().rule();
            extracted += rule.toString().contains("$sql") ? 0 : 1;
            for (int j = 0; j < 10; j++) {
                Map<String, String> attributes = attributes(random);
                MeshEvent event = Events.withAttributes(attributes);
                boolean expected = Boolean.TRUE.equals(expression.evaluate(event::attribute));
                matched += expected ? 1 : 0;
                assertThat(Answers.of(rule, event))
                        .as("seed %s: %s of %s, taken for %s", seed, text, attributes, rule)
                        .isEqualTo(Outcome.of(expected));
                assertThat(Answers.of(opposite, event))
                        .as("seed %s: not %s of %s, taken for %s", seed, text, attributes, opposite)
                        .isEqualTo(Outcome.of(!expected));
            }
        }
        assertThat(matched).as("answers that are true").isGreaterThan(3_000);
        assertThat(extracted).as("expressions without a residual").isGreaterThan(500);
    }

    private static Map<String, String> attributes(Random random) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : RandomSql.ATTRIBUTES) {
            String value = RandomSql.TEXTS.get(random.nextInt(RandomSql.TEXTS.size()));
            if ((name.equals("type") || random.nextInt(4) > 0) && !value.isEmpty()) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    private static Rule rule(String sql) {
        return Selected.rule("{sql: \"" + sql.replace("\\", "\\\\") + "\"}");
    }
}
