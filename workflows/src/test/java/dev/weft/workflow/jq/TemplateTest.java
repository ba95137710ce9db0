package dev.weft.workflow.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.config.Location;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.host.ThreadTime;
import dev.weft.workflow.jq.Template.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INPUT = "{\"x\":\"Ada\",\"n\":2,\"trap\":\"${ .secret }\",\"secret\":\"s\"}";

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "{a: '${ .x }', b: [1, '${ .n + 1 }', {c: '${.x}'}], d: plain} => {\"a\":\"Ada\",\"b\":[1,3,{\"c\":\"Ada\"}],\"d\":\"plain\"}",
                "'${ {a: .n, \"b}\": \"}\\(.x)\"} }' => {\"a\":2,\"b}\":\"}Ada\"}",
                "'${ .trap }' => \"${ .secret }\"",
                "['${ .trap }'] => [\"${ .secret }\"]",
                "'${ $w }' => \"${ .x }\"",
                "'.x' => \".x\"",
                "'costs $5 {x}' => \"costs $5 {x}\"",
                "[1, 2.5, 9007199254740993, true, null, 1e2] => [1,2.5,9007199254740993,true,null,100]",
            })
    void rendersEachExpressionAndNothingElse(String yaml, String rendered) throws Exception {
        assertThat(render(yaml, Mode.STRICT)).isEqualTo(JSON.readTree(rendered));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "'Hello ${ .x }!' => \"Hello Ada!\"",
                "'${ .x }${ .n }' => \"Ada2\"",
                "'${ .trap }!' => \"${ .secret }!\"",
                "'${ .n }' => 2",
            })
    void writesResultsIntoTextWhereThatIsAllowed(String yaml, String rendered) throws Exception {
        assertThat(render(yaml, Mode.LOOSE)).isEqualTo(JSON.readTree(rendered));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "a: 'Hello ${ .x }!' => w.yaml:1:4: $.a: found \"Hello ${ .x }!\", an expression inside of text, expected one expression, ${ \"Hello \\(.x)!\" }, or evaluate.mode loose",
                "a: '${ .x' => w.yaml:1:4: $.a: found \"${ .x\", in which an expression does not end, expected \"}\" to end it",
                "[1, '${ $c }'] => w.yaml:1:5: $[1]: found the variable $c, which is not there, expected $w. Did you mean \"$w\"?",
                "'${ }' => w.yaml:1:1: $: found nothing, expected an expression in jq",
            })
    void saysWhereAMistakeIs(String yaml, String message) {
        Problems problems = new Problems();
        assertThat(Template.compile(Documents.read(yaml), Set.of("w"), Mode.STRICT, problems))
                .isEmpty();
        assertThat(problems.inReadingOrder().stream().map(Problem::message)).containsExactly(message);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "${ $secrets.x } => true",
                "${ $secrets[\"x\"] } => true",
                "${ \"Bearer \\($secrets.x)\" } => true",
                "${ \"Bearer \" + $secrets.x } => true",
                "${ {a: [$secrets.x], b: (if .y then $secrets.y else .z end)} } => true",
                "${ $secrets } => false",
                "${ $secrets.x | @base64 } => false",
                "${ $secrets.x | length } => false",
                "${ $secrets.x == \"a\" } => false",
                "${ if $secrets.x then 1 else 2 end } => false",
                "${ $secrets.x // 1 } => false",
                "${ $secrets[.a] } => false",
                "${ {($secrets.x): 1} } => false",
                "${ $secrets.x.y } => false",
                "${ .[] | $secrets.x } => false",
            })
    void passesSecretsOnAndDoesNotComputeWithThem(String text, boolean accepted) {
        Problems problems = new Problems();
        Optional<Template> template = Template.compile(
                new Scalar(new Location("w.yaml", 1, 1), "$.with", text, text),
                Set.of("secrets"),
                Mode.STRICT,
                problems);
        assertThat(template.isPresent()).isEqualTo(accepted);
        assertThat(problems.isEmpty()).isEqualTo(accepted);
    }

    @Test
    void reportsEveryMistake() {
        Problems problems = new Problems();
        Template.compile(
                Documents.read("{a: '${ now }', b: ['${ . | }'], c: '${ $d }'}"), Set.of(), Mode.STRICT, problems);
        assertThat(problems.count()).isEqualTo(3);
    }

    @Test
    void rendersToTheSameNodeIfThereIsNothingToCompute() throws Exception {
        Template template = template("{a: [1, {b: text}], c: '${ 1 + 1 }'}", Mode.STRICT);
        assertThat(template.constant()).contains(JSON.readTree("{\"a\":[1,{\"b\":\"text\"}],\"c\":2}"));
        assertThat(render(template)).isSameAs(template.constant().orElseThrow());
    }

    @Test
    void sharesTheConstantPartsOfWhatItRenders() throws Exception {
        Template template = template("{a: [1, {b: text}], c: '${ .n }'}", Mode.STRICT);
        assertThat(render(template).get("a")).isSameAs(render(template).get("a"));
        assertThat(template.constant()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({".n > 1", "${ .n > 1 }", "' ${.n > 1}  '"})
    void takesAnExpressionWithItsBracesAndWithout(String text) throws Exception {
        Optional<Jq> jq = Template.expression(Documents.read("\"" + text + "\""), Set.of(), new Problems());
        assertThat(jq.orElseThrow().test(JSON.readTree(INPUT), Variables.NONE, budget()))
                .isTrue();
    }

    @Test
    void transformsByAnExpressionOrATemplate() throws Exception {
        for (String yaml : List.of(".x", "'${ .x }'")) {
            Template template = Template.transformation(Documents.read(yaml), Set.of(), Mode.STRICT, new Problems())
                    .orElseThrow();
            assertThat(render(template)).isEqualTo(JSON.readTree("\"Ada\""));
        }
        Template template = Template.transformation(
                        Documents.read("y: '${ .x }'"), Set.of(), Mode.STRICT, new Problems())
                .orElseThrow();
        assertThat(render(template)).isEqualTo(JSON.readTree("{\"y\":\"Ada\"}"));
    }

    @Test
    void namesItsVariables() {
        assertThat(template("{a: '${ $w }', b: '${ .x }'}", Mode.STRICT).variables())
                .containsExactly("w");
    }

    private static Template template(String yaml, Mode mode) {
        Problems problems = new Problems();
        Optional<Template> template = Template.compile(Documents.read(yaml), Set.of("w"), mode, problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return template.orElseThrow();
    }

    private static JsonNode render(String yaml, Mode mode) throws Exception {
        return render(template(yaml, mode));
    }

    private static JsonNode render(Template template) throws Exception {
        return template.render(JSON.readTree(INPUT), Variables.of(Map.of("w", JSON.readTree("\"${ .x }\""))), budget());
    }

    private static JqBudget budget() {
        return JqBudget.usual(ThreadTime.or(System::nanoTime));
    }
}
