package dev.weft.job.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.config.Checked;
import dev.weft.job.imports.Note.Kind;
import dev.weft.route.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMeshImportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": ["a", "b"]}                              | where: { type: [a, b] }
            {"source": [5, true, null]}                       | where: { source: ["5", "true", { exists: false }] }
            {"subject": [{"suffix": ".jpg"}]}                 | where: { subject: [{ suffix: .jpg }] }
            {"data": {"a": {"b": ["x", 5, true]}}}            | where: { data: { a: { b: [x, 5, true] } } }
            {"data": {"a.b": ["x"]}}                          | where: { data: { a.b: [x] } }
            {"data": {"a": [{"numeric": [">", 5]}]}}          | where: { data: { a: [{ numeric: [">", 5] }] } }
            {"data": {"a": [{"numeric": ["<", 9, ">=", 5]}]}} | where: { data: { a: [{ numeric: ["<", 9, ">=", 5] }] } }
            {"data": {"a": [{"numeric": ["!=", 5]}]}}         | where: { data: { a: [{ anything-but: 5 }] } }
            {"data": {"a": [{"numeric": [">", 1, "!=", 5]}]}} | where: { data: { a: [{ all: [{ numeric: [">", 1] }, { anything-but: 5 }] }] } }
            {"data": {"a": [{"anything-but": "x"}]}}          | where: { data: { a: [{ exists: false }, { anything-but: x }] } }
            {"data": {"a": [{"anything-but": {"prefix": "x"}}]}} | where: { data: { a: [{ exists: false }, { anything-but: { prefix: x } }] } }
            {"type": [{"anything-but": ["x", 5]}]}            | where: { type: [{ exists: false }, { anything-but: [x, "5"] }] }
            {"data": {"a": [{"exists": true}]}}               | where: { data: { a: [{ exists: true }] } }
            {"tenant": ["a"]}                                 | where: { tenant: [a] }
            {}                                                | ``
            """)
    void conditionsBecomeFilters(String condition, String selects) {
        assertThat(Meshed.of(condition(condition)).selection()).isEqualTo(selects);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                       | :2:15: | an empty condition takes every event
            {"tenant": ["a"]}                        | :2:26: | EventMesh refuses conditions on extensions
            {"data": {"a": ["5"]}}                   | :2:31: | EventMesh compares text, so "5" is also the number 5
            {"data": {"a": ["true"]}}                | :2:31: | EventMesh compares text, so "5" is also the number 5
            {"data": {"a": [5]}}                     | :2:31: | matches numbers by value
            {"data": {"a": [true]}}                  | :2:31: | matches the boolean only
            {"data": {"a": ["null"]}}                | :2:31: | also takes a field that is missing for null
            {"data": {"a": [null]}}                  | :2:31: | also takes a field that is missing for null
            {"data": {"a": [{"numeric": [">", 5]}]}} | :2:31: | also lets pass what is missing or no number
            {"data": {"a": [{"exists": true}]}}      | :2:31: | for EventMesh {exists: true} is always so
            {"data": {"a": [{"exists": false}]}}     | :2:31: | for EventMesh {exists: true} is always so
            {"data": {"a": [{"anything-but": "x"}]}} | :2:31: | EventMesh lets a missing field pass
            {"data": {"a": [{"anything-but": "x"}]}} | :2:48: | compares text, so "5" excludes the number 5 too
            {"data": {"a": [{"prefix": "1"}]}}       | :2:42: | also looks at numbers
            {"data": {"a": [{"prefix": ""}]}}        | :2:42: | also looks at numbers
            {"data": {"a": ["x"]}}                   | :2:24: | lets an array without such an element pass
            """)
    void whatEventMeshAnswersOtherwiseIsTold(String condition, String place, String said) {
        assertThat(Meshed.of(condition(condition)).imported().notes())
                .filteredOn(note -> note.kind() == Kind.CHANGED)
                .extracting(Note::message)
                .anySatisfy(message ->
                        assertThat(message).startsWith("filter.json" + place).contains(said));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"data": {"n": "x"}}                             | a value without a list, which EventMesh accepts and never matches
            {"type": [{"prefix": "a", "suffix": "z"}]}       | several operators in one mapping: EventMesh asks the first and ignores the rest
            {"data": {"a": [{"anything-but": ["x", 5]}]}}    | anything-but takes texts or numbers here, and not both
            {"data": {"a": [{"anything-but": true}]}}        | anything-but takes texts or numbers here, and not both
            """)
    void whatNoFilterHereCanSayIsNotCarriedOver(String condition, String said) {
        Meshed meshed = Meshed.of(condition(condition));

        assertThat(meshed.said(Kind.LOST)).singleElement().asString().startsWith(said);
        assertThat(meshed.routes()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "a"}                    | :2:24: $[0].condition.type: found "a", expected a list of alternatives: ["a"]
            {"$or": []}                      | :2:16: $[0].condition.$or: found "$or", expected an attribute or data
            {"data": {"a": [{"wildcard": "x"}]}} | :2:32: $[0].condition.data.a[0].wildcard: found unknown operator "wildcard", expected one of prefix
            {"data": {"a": []}}              | :2:30: $[0].condition.data.a: found an empty list
            5                                | :2:15: $[0].condition: found the number 5, expected a condition
            """)
    void mistakesAreShownWhereTheyStand(String condition, String message) {
        assertThat(Meshed.messages(condition(condition)))
                .singleElement()
                .asString()
                .startsWith("filter.json" + message);
    }

    @Test
    void keysOfTheDocumentationAreRefusedAsEventMeshDoesNotReadThem() {
        Checked<Imported> checked = imported("""
                [{"topic": "a", "filterPattern": {"type": ["x"]}}]""");

        assertThat(Meshed.messages(checked))
                .containsExactly(
                        "filter.json:1:34: $[0].filterPattern: found filterPattern, which EventMesh's documentation names and its"
                                + " code does not read, expected condition");
    }

    @Test
    void conditionsAndTransformersOfATopicMakeOneRoute() {
        Meshed meshed = Meshed.of(EventMeshImport.read(
                List.of(
                        new SourceFile(
                                "filter.json", "[{\"topic\": \"shop.orders\", \"condition\": {\"type\": [\"a\"]}}]"),
                        new SourceFile(
                                "transformer.json",
                                "[{\"topic\": \"shop.orders\", \"transformerParam\": {\"type\": \"constant\", \"value\": \"x\"}}]")),
                Ends.OF_THE_SOURCE));

        assertThat(meshed.routes()).extracting(Route::name).containsExactly("shop-orders");
        assertThat(meshed.transform()).isEqualTo("data: x");
        assertThat(meshed.imported().job("shop"))
                .contains("shop-orders: { topic: shop.orders } # the topic shop.orders");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "template", "template": "v=${n}"                | "v=a \\"b\\" ${m}"
            "template", "template": "v=${o}"                | "v={\\"q\\":[1,2]}"
            "template", "template": "v=${gone}."            | "v=."
            "template", "template": "v=${zz} ${zz:-dflt}"   | "v=${zz} dflt"
            "template", "template": "v=$${n} $${zz}"        | "v=${n} ${zz}"
            "template", "template": "${c} of ${t}"          | "const of shop.order"
            "template", "template": "${n:-x}"               | "a \\"b\\" ${m}"
            "template", "template": "{\\"n\\": \\"${n}\\", \\"o\\": ${o}, \\"g\\": ${gone}}" | {"n":"a \\"b\\" ${m}","o":{"q":[1,2]},"g":null}
            "template", "template": "{ not JSON ${t}"       | "{ not JSON shop.order"
            "constant"                                      | {"n":"$.data.n","m":"$.data.secret","o":"$.data.o","gone":"$.data.gone","t":"$.type","c":"const"}
            """)
    void transformersDeliver(String typeAndTemplate, String delivered) throws Exception {
        String variables = """
                {"n":"$.data.n","m":"$.data.secret","o":"$.data.o","gone":"$.data.gone","t":"$.type","c":"const"}""";
        JsonNode event = JSON.readTree("""
                {"specversion": "1.0", "id": "1", "source": "/shop", "type": "shop.order",
                 "datacontenttype": "application/json",
                 "data": {"n": "a \\"b\\" ${m}", "secret": "SECRET", "o": {"q": [1, 2]}}}""");
        Meshed meshed = Meshed.of(imported("[{\"topic\": \"a\", \"transformerParam\": {\"value\": %s, \"type\": %s}}]"
                .formatted(JSON.getNodeFactory().textNode(variables), typeAndTemplate)));

        assertThat(meshed.delivers(Meshed.structured(event))).isEqualTo(delivered);
    }

    @Test
    void theOriginalIsDeliveredAsItIs() {
        Meshed meshed = Meshed.of(imported("""
                [{"topic": "a", "transformerParam": {"transformerType": "ORIGINAL"}}]"""));

        assertThat(meshed.routes()).extracting(Route::transform).containsOnlyNulls();
    }

    private static Checked<Imported> condition(String condition) {
        return imported("[{\"topic\": \"a\",\n \"condition\": " + condition + "}]");
    }

    private static Checked<Imported> imported(String rules) {
        return EventMeshImport.read(List.of(new SourceFile("filter.json", rules)), Ends.OF_THE_SOURCE);
    }
}
