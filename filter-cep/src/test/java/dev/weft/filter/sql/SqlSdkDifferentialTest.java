package dev.weft.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.sql.EvaluationException;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.Parser;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random expressions about random events, answered by us and by the SDK of the CloudEvents project. {@code -Dweft.seed=N}
 * tries other cases than the usual, {@code -Dweft.fuzz=N} so many expressions instead of 4,000.
 */
class SqlSdkDifferentialTest {

    private static final int EVENTS = 5;

    @Test
    void answersAsTheSdkDoes() throws Exception {
        long seed = Long.getLong("weft.seed", 20261121);
        int expressions = Integer.getInteger("weft.fuzz", 4_000);
        System.out.println("CESQL differential test: seed " + seed + ", " + expressions + " expressions");
        Random random = new Random(seed);
        RandomSql sql = new RandomSql(random);
        Map<String, Integer> tally = new TreeMap<>();
        for (int i = 0; i < expressions; i++) {
            String text = random.nextBoolean() ? sql.filter() : sql.expression();
            SqlExpression ours = SqlExpression.parse(text);
            Expression theirs = Parser.parseDefault(text);
            assertThat(SqlExpression.parse(ours.toString())).as(text).isEqualTo(ours);
            for (int j = 0; j < EVENTS; j++) {
                Map<String, String> attributes = attributes(random);
                String expected = theirs(theirs, attributes);
                String answer = ours(ours, attributes);
                String difference = answer.equals(expected) ? "" : difference(text, answer, expected);
                tally.merge(difference.isEmpty() ? "same " + kind(answer) : difference, 1, Integer::sum);
                if (difference.equals("unknown")) {
                    System.out.println("DIFF " + text + " | " + attributes + " | ours " + answer + " | theirs " + expected);
                }
            }
        }
        System.out.println(tally);
        assertThat(tally).doesNotContainKey("unknown");
    }

    private static String kind(String answer) {
        return answer.startsWith("error") ? "error" : "value";
    }

    private static String difference(String text, String ours, String theirs) {
        return "unknown";
    }

    private static String ours(SqlExpression expression, Map<String, String> attributes) {
        Object value = expression.evaluate(attributes::get);
        return value instanceof Failure failure ? "error " + failure.kind() : value.getClass().getSimpleName() + " " + value;
    }

    private static String theirs(Expression expression, Map<String, String> attributes) {
        CloudEventBuilder event = CloudEventBuilder.v1().withId("1").withSource(URI.create("/sdk")).withType("x");
        attributes.forEach((name, value) -> {
            switch (name) {
                case "type" -> event.withType(value);
                case "subject" -> event.withSubject(value);
                default -> event.withExtension(name, value);
            }
        });
        CloudEvent built = event.build();
        try {
            Object value = expression.tryEvaluate(EvaluationRuntime.getDefault(), built);
            return value.getClass().getSimpleName() + " " + value;
        } catch (EvaluationException e) {
            return "error " + e.getKind();
        }
    }

    private static Map<String, String> attributes(Random random) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : RandomSql.ATTRIBUTES) {
            String value = RandomSql.TEXTS.get(random.nextInt(RandomSql.TEXTS.size()));
            if (name.equals("type") || (random.nextInt(4) > 0 && !value.isEmpty())) {
                attributes.put(name, value.isEmpty() ? "a" : value);
            }
        }
        return attributes;
    }
}
