package dev.weft.route.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.filter.Events;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformerTest {

    private static final String ORDER = """
            {"id":"o-1","amount":1234567890123456789.10,"n":7,"ok":true,"nothing":null,"odd name":"o","it's":"q",
             "items":[{"sku":"A","tags":["x","y"]},{"sku":"B"}],"who":{"name":"Zoë \\"Z\\" 😀","vip":false}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "${data.id}"                         | "o-1"
            "${data.amount}"                     | 1234567890123456789.10
            "${data.n}"                          | 7
            "${data.ok}"                         | true
            "${data.nothing}"                    | null
            "${data.who}"                        | {"name":"Zoë \\"Z\\" 😀","vip":false}
            "${data.items[0].tags}"              | ["x","y"]
            "${data.items[1].sku}"               | "B"
            "${data['odd name']}"                | "o"
            "${data['it\\'s']}"                  | "q"
            "${data['items'][0]['sku']}"         | "A"
            "${type}"                            | "test"
            "${region}"                          | "eu"
            "${empty}"                           | ""
            {a: {b: ["${data.n}", 1.50, false]}} | {"a":{"b":[7,1.50,false]}}
            {a: null, b: "plain", c: []}         | {"a":null,"b":"plain","c":[]}
            """)
    void aVariableAloneKeepsItsType(String template, String payload) {
        assertThat(made("data: " + template.replace("\\\\", "\\").replace("\\'", "\\\\'"), ORDER))
                .isEqualTo(payload.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            order ${data.id} of ${type}  | order o-1 of test
            ${data.n}${data.ok}          | 7true
            <${data.amount}>             | <1234567890123456789.10>
            <${data.nothing}>            | <>
            <${data.items[0].tags}>      | <["x","y"]>
            ${data.who.name}!            | Zoë "Z" 😀!
            $${data.id} ${data.id}       | ${data.id} o-1
            $$${data.id}                 | $${data.id}
            5 $ and {} and $x            | 5 $ and {} and $x
            <${data.nope}>               | <>
            """)
    void aVariableInALongerTextBecomesText(String template, String text) {
        assertThat(made("text: '" + template + "'", ORDER)).isEqualTo(text);
    }

    @Test
    void textInJsonIsEscaped() {
        assertThat(made("data: { note: 'by ${data.who.name}' }", ORDER))
                .isEqualTo("{\"note\":\"by Zoë \\\"Z\\\" 😀\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            omit | {a: "${data.no}", b: ["${data.no}", 1, "${nope}"], c: "<${data.no}>"} | {"b":[1],"c":"<>"}
            null | {a: "${data.no}", b: ["${data.no}", 1, "${nope}"], c: "<${data.no}>"} | {"a":null,"b":[null,1,null],"c":"<>"}
            null | "${data.no}"                                                          | null
            fail | {a: "${data.n}", b: "${data.nothing}"}                                | {"a":7,"b":null}
            """)
    void whatIsMissingIsTreatedAsTheTransformSays(String missing, String template, String payload) {
        assertThat(made("{ missing: " + missing + ", data: " + template + " }", ORDER))
                .isEqualTo(payload);
    }

    @Test
    void aPayloadThatIsMissingAltogetherIsLeftOut() {
        MeshEvent event = done(Transforms.of("data: '${data.no}'", ORDER));

        assertThat(event.payload()).isNull();
        assertThat(event.attribute("datacontenttype")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${data.items[9]}", "${data.n.x}", "${data.items.sku}", "${data[0]}", "${data.id[0]}"})
    void aPathThatLeadsNowhereIsMissing(String variable) {
        assertThat(made("data: { a: \"" + variable + "\" }", ORDER)).isEqualTo("{}");
    }

    @Test
    void whatLooksLikeAVariableInAnEventIsText() {
        String payload = "{\"a\":\"${data.secret}\",\"secret\":\"S3CRET\"}";

        assertThat(made("data: { alone: '${data.a}', within: '<${data.a}>' }", payload))
                .isEqualTo("{\"alone\":\"${data.secret}\",\"within\":\"<${data.secret}>\"}");
        assertThat(done(Transforms.of("set: { subject: '${data.a}' }", payload)).getSubject())
                .isEqualTo("${data.secret}");
    }

    @Test
    void attributesAreSetAndRemoved() {
        MeshEvent event = done(Transforms.of("""
                set: { type: big, subject: '${data.id}/${data.n}', n: '${data.n}', region: '${data.no}' }
                remove: [empty, absent]""", ORDER));

        assertThat(event.getType()).isEqualTo("big");
        assertThat(event.getSubject()).isEqualTo("o-1/7");
        assertThat(event.attribute("n")).isEqualTo("7");
        assertThat(event.attributeNames()).doesNotContain("region", "empty").contains("datacontenttype");
        assertThat(new String(Objects.requireNonNull(event.payload()), StandardCharsets.UTF_8))
                .as("the payload, byte for byte")
                .isEqualTo(ORDER);
    }

    @Test
    void everyValueIsTakenFromTheEventAsItWas() {
        MeshEvent event =
                done(Transforms.of("{ set: { type: '${source}', source: '${type}' }, data: '${type}' }", "{}"));

        assertThat(event.getType()).isEqualTo("/tests");
        assertThat(event.attribute("source")).isEqualTo("test");
        assertThat(event.data().textValue()).isEqualTo("test");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            { missing: fail, data: '${data.no}' }       | ${data.no} has no value: the event has nothing there in its payload
            { missing: fail, text: 'a ${nope}' }        | ${nope} has no value: the event has no such attribute
            { missing: fail, set: { a: '${nope}' } }    | ${nope} has no value: the event has no such attribute
            set: { type: '${data.no}' }                 | the attribute type would be missing; it is made of ${data.no}
            set: { type: '${data.nothing}' }            | the attribute type would be missing; it is made of ${data.nothing}
            set: { subject: '${empty}' }                | the attribute subject is empty; it is made of ${empty}
            set: { time: '${data.id}' }                 | the attribute time is not an RFC 3339 timestamp; it is made of ${data.id}
            set: { source: 'a ${data.id}' }             | the attribute source is not a URI reference; it is made of a ${data.id}
            set: { a: '${data.control}' }               | the attribute a holds a control character; it is made of ${data.control}
            set: { a: '${data.half}' }                  | the attribute a holds half of a surrogate pair; it is made of ${data.half}
            text: '${data.half}'                        | the text payload holds half of a surrogate pair
            """)
    void aFailureNamesWhatItIsMadeOf(String transform, String detail) {
        String payload = "{\"nothing\":null,\"id\":\"o-1\",\"control\":\"a\\nb\",\"half\":\"\\ud83d\"}";

        assertThat(failure(Transforms.of(transform, payload))).isEqualTo(detail);
    }

    @Test
    void aDamagedPayloadFailsOnlyWhereItIsAskedFor() {
        assertThat(failure(Transforms.of("{ set: { a: '${type}' }, data: '${data.a}' }", "{\"a\":")))
                .startsWith("${data.a} cannot be read: the payload is not the JSON it says it is: ");
        assertThat(done(Transforms.of("{ set: { a: '${type}' } }", "{\"a\":")).attribute("a"))
                .isEqualTo("test");
    }

    @Test
    void ofAPayloadThatIsNotJsonEverythingIsMissing() {
        MeshEvent words = Events.of("orders", Map.of(), "text/plain", "hello");

        assertThat(failure(Transforms.of("{ missing: fail, data: '${data}' }", words)))
                .isEqualTo("${data} has no value: the event has no JSON payload");
        assertThat(done(Transforms.of("data: { a: '${data}', b: 1 }", words))
                        .data()
                        .toString())
                .isEqualTo("{\"b\":1}");
    }

    @Test
    void halfACharacterIsEscapedAgain() {
        assertThat(made("data: ['${data}', ü]", "{\"\\ud83d\":\"\\ude00\"}"))
                .isEqualToIgnoringCase("[{\"\\ud83d\":\"\\ude00\"},\"\\u00fc\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [V, V]", "text: V V", "set: { a: V V }", "set: { a: V, b: V }"})
    void anEventThatGrowsTooLargeIsNotMade(String transform) {
        String payload = "{\"a\":\"" + "x".repeat(60_000) + "\"}";

        assertThat(failure(Transforms.of(transform.replace("V", "\"${data.a}\"").replace("\" \"", " "), payload)))
                .contains("100000");
    }

    @Test
    void aPayloadThatNestsTooDeepIsNotMade() {
        String payload = "[".repeat(1000) + "]".repeat(1000);

        assertThat(failure(Transforms.of("data: ['${data}']", payload))).startsWith("the payload cannot be written");
        assertThat(made("data: '${data}'", payload)).isEqualTo(payload);
    }

    @Test
    void aStructuredEventStaysStructured() {
        WireHeaders headers = new WireHeaders.Builder()
                .add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8))
                .add("traceparent", new byte[] {1})
                .build();
        byte[] json = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"a\":1.0}}"
                .getBytes(StandardCharsets.UTF_8);
        MeshEvent event =
                (MeshEvent) new EventReader(MOST).read(Origin.NONE, new WireRecord(new byte[] {7}, headers, json));

        WireRecord made = done(Transforms.of("{ set: { type: u }, data: { b: '${data.a}' } }", event))
                .wire();

        assertThat(made.key()).containsExactly(7);
        assertThat(made.headers().indexOf("traceparent")).isNotNegative();
        assertThat(new String(Objects.requireNonNull(made.value()), StandardCharsets.UTF_8))
                .contains("\"type\":\"u\"", "\"datacontenttype\":\"application/json\"", "\"data\":{\"b\":1.0}");
    }

    @Test
    void aTransformTravels() throws Exception {
        Transform sent = Transforms.read("""
                { set: { a: 'x ${type}' }, remove: [b], data: { c: ['${data.d[0]}', 1.50, true, null] }, missing: 'null' }""");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(sent);

        Object arrived = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(arrived).isEqualTo(sent).hasSameHashCodeAs(sent);
        assertThat(List.of(Transforms.read("data: 1"), Transforms.read("text: '1'")))
                .doesNotContain(sent);
    }

    private static final int MOST = 1_000_000;

    private static String made(String transform, String payload) {
        byte[] made = done(Transforms.of(transform, payload)).payload();
        return new String(Objects.requireNonNull(made), StandardCharsets.UTF_8);
    }

    private static MeshEvent done(Transformed transformed) {
        assertThat(transformed).isInstanceOf(Transformed.Done.class);
        return ((Transformed.Done) transformed).event();
    }

    private static String failure(Transformed transformed) {
        assertThat(transformed).isInstanceOf(Transformed.Failed.class);
        return ((Transformed.Failed) transformed).detail();
    }
}
