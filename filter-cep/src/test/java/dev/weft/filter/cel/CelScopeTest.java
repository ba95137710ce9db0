package dev.weft.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.config.Location;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Events;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an expression can say of the events that steps of a pattern took. */
class CelScopeTest {

    private static final Scope SCOPE = Scope.EVENT
            .withStep("failed", 3, 3)
            .withStep("asked", 1, 1)
            .withStep("maybe", 0, 1)
            .withValue("prev", Scope.Kind.EVENT)
            .withValue("key", Scope.Kind.TEXT)
            .withValue("deadline", Scope.Kind.TIMESTAMP)
            .without("entered", "a step that comes later");

    private static final MeshEvent NOW = event("now", "10.0.0.9", 5);

    private static final Map<String, Object> BOUND = Map.of(
            "failed",
            List.of(event("a", "10.0.0.1", 1), event("b", "10.0.0.2", 2), event("c", "10.0.0.1", 4)),
            "asked",
            List.of(event("q", "10.0.0.3", 10)),
            "maybe",
            List.of(),
            "prev",
            event("q", "10.0.0.3", 10),
            "key",
            "ann",
            "deadline",
            Instant.parse("2026-01-05T09:00:00Z"));

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            data.ip != failed[last].data.ip              | true
            failed[0].data.ip == failed[2].data.ip       | true
            failed[1].id                                 | "b"
            asked.data.n + data.n                        | 15
            asked[last].data.n                           | 10
            count(failed)                                | 3
            count(maybe)                                 | 0
            size(failed)                                 | 3
            sum(failed.data.n)                           | 7
            avg(failed.data.n)                           | 2.3333333333333335
            min(failed.data.n)                           | 1
            max(failed.data.ip)                          | "10.0.0.2"
            distinct(failed.data.ip)                     | ["10.0.0.1","10.0.0.2"]
            count(distinct(failed.data.ip))              | 2
            sum(failed.map(f, f.data.n * 2))             | 14
            sum([1, 2.5])                                | 3.5
            failed.exists(f, f.data.ip == data.ip)       | false
            failed.all(failed, failed.data.n < 5)        | true
            prev.data.n > data.n                         | true
            time - failed[0].time == duration("1h")      | true
            key                                          | "ann"
            deadline < time                              | true
            has(asked.data.n)                            | true
            event.source                                 | "/tests"
            """)
    void namesWhatStepsTook(String expression, String value) {
        assertThat(value(expression).ask(NOW, NOW.data(), BOUND::get).value()).hasToString(value);
    }

    @ParameterizedTest(name = "{0} fails: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            maybe[0].data.n       | the step maybe has no such event | true
            avg(maybe.data.n)     | avg of no values                 | true
            sum(failed.data.none) | failed.data.none is missing      | true
            sum(failed.data.ip)   | sum cannot be applied to string  | false
            sum(asked.data)       | sum cannot be applied to map     | false
            """)
    void failsWithoutAnException(String expression, String why, boolean missing) {
        CelAnswer answer = value(expression).ask(NOW, NOW.data(), BOUND::get);
        assertThat(answer.failure()).isEqualTo(why);
        assertThat(answer.isMissing()).isEqualTo(missing);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            failed.data.ip == 'x' | found "failed.data" of a step that can take several events at character 7 of "failed.data.ip == 'x'", expected failed[0], failed[last], or a function of all of them such as count(failed)
            failed[3].data.ip == 'x' | found "failed[3]" of a step that takes at most 3 events at character 8 of "failed[3].data.ip == 'x'", expected an index from 0 to 2, or last
            asked[1].id == 'x' | found "asked[1]" of a step that takes one event at character 7 of "asked[1].id == 'x'", expected asked
            entered.data.ip == 'x' | found "entered", a step that comes later, at character 1 of "entered.data.ip == 'x'", expected one of failed, asked, maybe, prev, key, deadline
            faild[0].id == 'x' | found unknown name "faild" at character 1 of "faild[0].id == 'x'", expected one of failed, asked, maybe, prev, key, deadline, id, source, specversion, type, datacontenttype, dataschema, subject, data, event, time; an extension of that name is event.faild. Did you mean "failed"?
            other.data.ip == 'x' | found unknown name "other" at character 1 of "other.data.ip == 'x'", expected one of failed, asked, maybe, prev, key, deadline, id, source, specversion, type, datacontenttype, dataschema, subject, data, event, time; an extension of that name is event.other
            conut(failed) > 1 | found unknown function "conut" at character 6 of "conut(failed) > 1", expected one of count, sum, avg, min, max, distinct, all, bool, bytes, contains, double, duration, dyn, endsWith, exists, exists_one, existsOne, filter, getDate, getDayOfMonth and 18 more. Did you mean "count"?
            """)
    void namesEachMistake(String expression, String message) {
        assertThat(mistakes(expression, SCOPE)).containsExactly(message.trim());
    }

    @Test
    void knowsNoEventWhereThereIsNone() {
        assertThat(mistakes("count(failed) > 2 && type == 'x'", SCOPE.withoutEvent()))
                .singleElement()
                .asString()
                .isEqualTo("found unknown name \"type\" at character 22 of \"count(failed) > 2 && type == 'x'\","
                        + " expected one of failed, asked, maybe, prev, key, deadline");
    }

    @Test
    void knowsNoAggregatesWhereThereAreNoSteps() {
        assertThat(Cel.mistakes("count(data.items) > 1"))
                .singleElement()
                .asString()
                .startsWith("found unknown function \"count\"");
    }

    @Test
    void saysWhatItWantsOfTheEventsItNames() {
        CelExpression expression = value("data.now > failed[last].data.ip || count(failed) > asked.data['n'].x"
                + " || prev.time < deadline || maybe.exists(m, m.id == '1')");
        assertThat(expression.wantedPaths()).containsExactly(List.of("now"));
        assertThat(expression.attributes()).isEmpty();
        assertThat(expression.wantedOfNames())
                .isEqualTo(Map.of(
                        "failed", List.of(List.of("data", "ip")),
                        "asked", List.of(List.of("data", "n", "x")),
                        "prev", List.of(List.of("time")),
                        "deadline", List.of(List.of()),
                        "maybe", List.of(List.of())));
    }

    @Test
    void travelsWithItsScope() throws IOException, ClassNotFoundException {
        CelExpression sent = value("sum(failed.data.n) + asked.data.n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        CelExpression arrived =
                (CelExpression) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(arrived).isEqualTo(sent);
        assertThat(arrived.ask(NOW, MissingNode.getInstance(), BOUND::get).value())
                .hasToString("17");
    }

    private static CelExpression value(String text) {
        Problems problems = new Problems();
        return CelExpression.value(text, scalar(text), SCOPE, problems)
                .orElseThrow(() -> new AssertionError(problems.inReadingOrder()));
    }

    private static List<String> mistakes(String text, Scope scope) {
        Problems problems = new Problems();
        CelExpression.condition(scalar(text), scope, problems);
        return problems.inReadingOrder().stream()
                .map(Problem::message)
                .map(message -> message.replace("job.yaml:3:9: $.when: ", ""))
                .toList();
    }

    private static Scalar scalar(String text) {
        return new Scalar(new Location("job.yaml", 3, 9), "$.when", text, text);
    }

    private static MeshEvent event(String id, String ip, int n) {
        String time = id.equals("now") ? "2026-01-05T10:00:00Z" : "2026-01-05T09:00:00Z";
        return Events.of(
                "logins",
                Map.of("id", id, "time", time),
                "application/json",
                "{\"ip\": \"" + ip + "\", \"n\": " + n + "}");
    }
}
