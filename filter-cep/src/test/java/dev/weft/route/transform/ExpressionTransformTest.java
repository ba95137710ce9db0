package dev.weft.route.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import dev.weft.filter.Events;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms that calculate: CEL within templates, and JSONata. */
class ExpressionTransformTest {

    private static final String ORDER = """
            {"id":"o-1","amount":120,"price":12.50,"note":null,"who":{"name":"Ann \\"A\\""},
             "items":[{"sku":"A","n":1},{"sku":"B","n":3}]}""";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            "${= data.amount * 2}"                                 => 240
            "${= data.amount > 100 ? 'big' : 'small'}"             => "big"
            "${= data.who }"                                       => {"name":"Ann \\"A\\""}
            "${= data.items.map(i, i.sku) }"                       => ["A","B"]
            "${={'a': {'b': data.id + '}'}} }"                     => {"a":{"b":"o-1}"}}
            "${= r'\\\\d' + \\"}\\" }"                             => "\\\\d}"
            "${= data.note }"                                      => null
            "${= region.startsWith('e') && !has(event.subject)}"   => true
            {sum: "${= data.amount + 1}", by: "${data.who.name}"}  => {"sum":121,"by":"Ann \\"A\\""}
            "order ${= data.id } of ${= string(data.amount) }"     => "order o-1 of 120"
            "<${= data.items[0] }>"                                => "<{\\"sku\\":\\"A\\",\\"n\\":1}>"
            {a: "${= data.no}", b: ["${= data.items[7].sku}", 1]}  => {"b":[1]}
            "$${= data.id}"                                        => "${= data.id}"
            """)
    void anExpressionStandsWhereAVariableMay(String template, String payload) {
        assertThat(made("data: " + template)).isEqualTo(payload);
    }

    @Test
    void anExpressionMakesAttributesToo() {
        MeshEvent made = event(Transforms.of(
                "set: { subject: '${= data.id + \"/\" + string(size(data.items)) }', tier: '${= data.amount }' }",
                ORDER));
        assertThat(made.attribute("subject")).isEqualTo("o-1/2");
        assertThat(made.attribute("tier")).isEqualTo("120");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            data: "${= data.id / 2 }"                     => ${=data.id / 2} fails: / cannot be applied to (string, int)
            data: "${= 1 / (data.amount - 120) }"         => ${=1 / (data.amount - 120)} fails: division by zero
            text: "<${= int(data.id) }>"                  => ${=int(data.id)} fails: int has no result for this string
            { data: "${= data.no }", missing: fail }      => ${=data.no} has no value: an attribute or a field that it names is missing
            data: "${= [1.0 / 0.0] }"                     => ${=[1.0 / 0.0]} fails: JSON cannot hold the number Infinity
            jsonata: "id * 2"                             => the JSONata expression fails: The left side of the ... operator must evaluate to a number (JSONata's T2001)
            jsonata: "$number(id)"                        => the JSONata expression fails: a function cannot be applied to its arguments
            jsonata: "$error(id)"                         => the JSONata expression fails: it calls $error at character 7
            jsonata: "function($x) { $x }"                => the JSONata expression fails: its value is, or holds, a function
            { jsonata: no, missing: fail }                => the JSONata expression has no value: what it asks for is not there
            """)
    void whatCannotBeCalculatedNamesTheExpressionAndNothingOfThePayload(String transform, String detail) {
        assertThat(Transforms.of(transform, ORDER)).isEqualTo(new Transformed.Failed(detail));
    }

    @Test
    void onlyTheFieldsThatExpressionsNameAreNeeded() {
        Transformed made = Transforms.of("data: '${= data.amount }'", "{\"amount\": 1, \"amount2\": ");
        assertThat(made)
                .isInstanceOfSatisfying(
                        Transformed.Failed.class,
                        failed -> assertThat(failed.detail())
                                .startsWith(
                                        "${=data.amount} cannot be read: the payload is not the JSON it says it is"));
        assertThat(Transforms.of("set: { subject: '${= type + \"!\" }' }", "{\"amount\": "))
                .isInstanceOf(Transformed.Done.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            $                                              => {"id":"o-1","amount":120,"price":12.50,"note":null,"who":{"name":"Ann \\"A\\""},"items":[{"sku":"A","n":1},{"sku":"B","n":3}]}
            {'order': id, 'skus': items.sku, 'no': none}   => {"order":"o-1","skus":["A","B"]}
            items[n > 1].sku                               => "B"
            $sum(items.n) * amount                         => 480
            price                                          => 12.50
            price * 2                                      => 25
            note                                           => null
            {'null': note}                                 => {"null":null}
            $event.type & ' ' & $event.region              => "test eu"
            items.{sku: n}                                 => [{"A":1},{"B":3}]
            $join(items.sku, '-')                          => "A-B"
            $replace(id, 'o-', '#')                        => "#1"
            $pad(id, -5, '0')                              => "00o-1"
            $string(who)                                   => "{\\"name\\":\\"Ann \\\\\\"A\\\\\\"\\"}"
            $map(items, function($i) { $i.n + 1 })         => [2,4]
            $contains(id, 'o') ? amount / 2 : 0            => 60
            ($a := 6; /* halves */ amount / $a / 2)        => 10
            """)
    void jsonataMakesThePayload(String expression, String payload) {
        assertThat(made("jsonata: \"" + expression + "\"")).isEqualTo(payload);
    }

    @Test
    void nothingIsNoPayload() {
        assertThat(event(Transforms.of("jsonata: none", ORDER)).payload()).isNull();
        assertThat(made("{ jsonata: none, missing: 'null' }")).isEqualTo("null");
    }

    @Test
    void jsonataSeesAnEventWithoutPayload() {
        MeshEvent event = Events.withAttributes(Map.of("region", "eu"));
        Transformed made = Transforms.of("jsonata: \"{'r': $event.region, 'd': $}\"", event);
        assertThat(payload(made)).isEqualTo("{\"r\":\"eu\"}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            ($f := function($x) { 1 + $f($x) }; $f(1))                          => it calls itself, or is nested, too deeply
            ($f := function($x) { $f($x + 1) }; $f(1))                          => it takes more than 200,000 steps
            $map([1..1000], function($i) { $map([1..1000], function($j) { $i * $j }) })  => it takes more than 200,000 steps
            $reduce([1..60], function($a, $i) { $a & $a }, 'x')                 => it makes a text of more than 100000 characters
            $reduce([1..60], function($a, $i) { $append($a, $a) }, [1, 2])      => it makes a list of more than 1,000,000 elements
            $pad('', 1000000000)                                                => it makes a text of more than 100000 characters
            $string($reduce([1..40], function($a, $i) { [[$a], [$a]] }, 1))         => it takes more than 200,000 steps
            $reduce([1..40], function($a, $i) { [[$a], [$a]] }, 1)                  => it takes more than 200,000 steps
            $replace($pad('', 9999, 'a'), 'a', $pad('', 9999, 'b'))             => it makes a text of more than 100000 characters
            $join([1..9999].('aaaaaaaaaaaaaaaaaaaaaaaaaa'))                     => it makes a text of more than 100000 characters
            """)
    void jsonataIsBounded(String expression, String why) {
        assertThat(Transforms.of("jsonata: \"" + expression + "\"", ORDER))
                .isEqualTo(new Transformed.Failed("the JSONata expression fails: " + why));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            data: "${= data.id + }"      => t.yaml:1:7: $.data: found the end at character 10 of "data.id +", expected more of a CEL expression
            data: "${= size(daat) }"     => t.yaml:1:7: $.data: found unknown name "daat" at character 6 of "size(daat)", expected one of id, source, specversion, type, datacontenttype, dataschema, subject, data, event, time; an extension of that name is event.daat. Did you mean "data"?
            data: "${= data.id"          => t.yaml:1:7: $.data: found "${= data.id" without its }, expected ${attribute} (lower-case letters and digits), ${data}, a path such as ${data.items[0].sku} or ${data['odd name']}, or ${= and a CEL expression}; $${ stands for ${ itself
            data: "${= }"                => t.yaml:1:7: $.data: found an empty expression, expected a CEL expression
            jsonata: "items["            => t.yaml:1:10: $.jsonata: found "Expected "]" before end of expression" at character 6, expected a JSONata expression
            jsonata: "$now()"            => t.yaml:1:10: $.jsonata: found the function $now at character 1, expected what follows from the event alone, such as $event.time: an event may be read again after a failure
            jsonata: "{'a': $eval(id)}"  => t.yaml:1:10: $.jsonata: found the function $eval at character 7, expected an expression that is written out: text of an event is never evaluated
            jsonata: "$match(id, /o+/)"  => t.yaml:1:10: $.jsonata: found a regular expression at character 12, expected text to look for, or matches in a CEL expression: a regular expression here may take for ever
            jsonata: ""                  => t.yaml:1:10: $.jsonata: found an empty expression, expected a JSONata expression
            jsonata: 5                   => t.yaml:1:10: $.jsonata: found the number 5, expected a JSONata expression, in quotes
            { data: 1, jsonata: a }      => t.yaml:1:12: $.jsonata: found jsonata beside data, expected one of data, text and jsonata
            { jsonata: a, contentType: a/b } => t.yaml:1:15: $.contentType: found "a/b" for jsonata, expected a JSON content type, or text
            """)
    void mistakesAreSaidWithTheirPlace(String transform, String message) {
        assertThat(Transforms.mistakes(transform)).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'/a/'", "a/b", "(a)/b/c", "$x/2/$y", "`/a/`", "[1]/2/3", "/* $now() */ a", "'$eval(x)'"})
    void whatOnlyLooksUnboundedIsTaken(String expression) {
        assertThat(Transforms.mistakes("jsonata: \"" + expression + "\"")).isEmpty();
    }

    @Test
    void anExpressionNestedWithoutEndIsRefused() {
        assertThat(Transforms.mistakes("jsonata: \"" + "(".repeat(19_000) + "\""))
                .singleElement()
                .asString()
                .startsWith("t.yaml:1:10: $.jsonata: found ");
    }

    @Test
    void aTransformMakesTheSameAfterItTravelled() throws Exception {
        Transform sent = Transforms.read("{ set: { subject: '${= data.id }' }, jsonata: '{\"n\": $count(items)}' }");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        Transform arrived =
                (Transform) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(arrived).isEqualTo(sent).hasSameHashCodeAs(sent);
        MeshEvent made = event(new Transformer(arrived, Transforms.MOST_BYTES).apply(Transforms.event(ORDER)));
        assertThat(made.attribute("subject")).isEqualTo("o-1");
        assertThat(new String(Objects.requireNonNull(made.payload()), StandardCharsets.UTF_8))
                .isEqualTo("{\"n\":2}");
    }

    private static String made(String transform) {
        return payload(Transforms.of(transform, ORDER));
    }

    private static String payload(Transformed transformed) {
        return new String(Objects.requireNonNull(event(transformed).payload()), StandardCharsets.UTF_8);
    }

    private static MeshEvent event(Transformed transformed) {
        assertThat(transformed).isInstanceOf(Transformed.Done.class);
        return ((Transformed.Done) transformed).event();
    }
}
