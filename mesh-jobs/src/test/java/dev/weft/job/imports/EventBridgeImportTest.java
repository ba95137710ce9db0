package dev.weft.job.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.config.Checked;
import dev.weft.job.imports.Note.Kind;
import dev.weft.route.Route;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBridgeImportTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"source": ["aws.ec2"]}                       | where: { source: [aws.ec2] }
            {"detail-type": [{"prefix": "EC2 "}]}         | where: { type: [{ prefix: "EC2 " }] }
            {"account": ["42"], "region": ["eu"]}         | where: { account: ["42"], region: [eu] }
            {"detail": {"a": {"b": [1, null, true, "x"]}}} | where: { data: { a: { b: [1, null, true, x] } } }
            {"detail.a.b": [1], "detail": {"a": {"c": [2]}}} | where: { data: { a: { b: [1], c: [2] } } }
            {"detail": {"a\\\\b": ["x\\\\y"]}}            | where: { data: { 'a\\\\b': ['x\\y'] } }
            {"detail": {"a": ["${HOME}", "$${HOME:x}"]}}  | where: { data: { a: ["$${HOME}", "$$${HOME:x}"] } }
            {"detail": {"a": ["NO", "5", "null", "", "é"]}} | where: { data: { a: ["NO", "5", "null", "", "é"] } }
            {"$or": [{"source": ["a"]}, {"detail": {"b": [1]}}]} | where: { $or: [{ source: [a] }, { data: { b: [1] } }] }
            {"detail": {"$or": [{"a": [1]}, {"b": [2]}]}} | where: { data: { $or: [{ a: [1] }, { b: [2] }] } }
            {"source": [{"anything-but": 5}]}             | where: { source: [{ exists: true }] }
            {"source": ["a", 5, null, {"numeric": [">", 1]}]} | where: { source: [a] }
            {"version": ["0"], "source": ["a"]}           | where: { source: [a] }
            """)
    void patternsBecomeFilters(String pattern, String where) {
        assertThat(selection(pattern, Envelope.attributes())).isEqualTo(where);
    }

    @Test
    void theWholeEventCanBeThePayload() {
        String pattern = """
                {"source": ["a"], "resources": ["arn"], "detail": {"b": [1]}}""";

        assertThat(selection(pattern, Envelope.payload()))
                .isEqualTo("where: { data: { source: [a], resources: [arn], detail: { b: [1] } } }");
    }

    @Test
    void eachFieldCanBeElsewhere() {
        Envelope envelope = Envelope.attributes()
                .with("resources", new Envelope.Place.Attribute("subject"))
                .with("account", new Envelope.Place.Payload(List.of("meta", "account")))
                .with("detail", new Envelope.Place.Payload(List.of("body")));
        String pattern = """
                {"resources": ["arn"], "account": ["42"], "detail": {"b": [1]}}""";

        assertThat(selection(pattern, envelope))
                .isEqualTo("where: { subject: [arn], data: { meta: { account: [\"42\"] }, body: { b: [1] } } }");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"detail": {"a": [5], "$or": [{"a": [1]}, {"b": [2]}]}} | this field is asked both inside and outside of $or. EventBridge silently lets the inner list replace the outer one; say it once, in the alternatives of $or that mean it
            {"resources": ["arn"]}   | resources has no place in a CloudEvent; say where your events have it, as in --map resources=data.resources
            {"version": ["1"]}       | version has no place in a CloudEvent; say where your events have it, as in --map version=data.version
            {"source": [5]}          | nothing of this list can match text, so the rule matches nothing
            {"source": {"a": ["b"]}} | source is text and has no fields, so this matches nothing
            """)
    void whatNoFilterHereCanSayIsNotCarriedOver(String pattern, String said) {
        Meshed meshed = Meshed.of(imported(pattern));

        assertThat(meshed.said(Kind.LOST)).containsExactly(said);
        assertThat(meshed.routes()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"detail": {"a": [300]}}                          | :1:19: | AWS's documentation says that EventBridge compares them as written
            {"detail": {"a": ["10.0.0.1"]}}                   | :1:19: | 10.0.0.01
            {"detail": {"a": [{"cidr": "0.0.0.0/0"}]}}        | :1:28: | its own family only
            {"detail": {"a": [{"cidr": "10.0.0.0/8"}]}}       | :1:28: | ::ffff:10.0.0.1
            {"detail": {"a": [{"equals-ignore-case": "k"}]}}  | :1:19: | the Kelvin sign
            {"detail": {"a": [{"suffix": {"equals-ignore-case": "k"}}]}} | :1:19: | the Kelvin sign
            {"detail": {"a": [{"exists": false}], "b": [1]}}  | :1:18: | asked of the whole event
            {"detail": {"a.b": ["x"]}}                        | :1:13: | dots in a name nest here
            {"source": ["a", 5]}                              | :1:18: | left out: the value of this field is text
            """)
    void whatAnswersDifferentlyIsTold(String pattern, String place, String said) {
        assertThat(Meshed.of(imported(pattern)).imported().notes())
                .filteredOn(note -> note.kind() == Kind.CHANGED)
                .extracting(Note::message)
                .anySatisfy(message ->
                        assertThat(message).startsWith("rule.json" + place).contains(said));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"sources": ["a"], "detail": {}}       | :1:2: $.sources: found the field "sources", which no EventBridge event has, expected one of | Did you mean "source"?
            {"source": "a"}                        | :1:12: $.source: found "a", expected a list of alternatives                                   |
            {"source": [{"prefx": "a"}]}           | :1:14: $.source[0].prefx: found unknown operator "prefx"                                      | Did you mean "prefix"?
            {"source": ["a"], "source": ["b"]}     | :1:19: $.source: found the key "source" a second time                                         |
            {"detail.a": [1], "detail": {"a": [2]}} | :1:30: $.detail.a: found the field a a second time                                           |
            [1]                                    | :1:1: $: found a list, expected a rule of EventBridge                                         |
            {"Name": "x"}                          | :1:1: $: found a rule without a pattern, expected EventPattern                                |
            {"Name": "x", "EventPatern": {}}       | :1:15: $.EventPatern: found unknown key "EventPatern"                                         | Did you mean "EventPattern"?
            """)
    void mistakesAreShownWhereTheyStand(String pattern, String found, String rest) {
        assertThat(Meshed.messages(imported(pattern)))
                .anySatisfy(message ->
                        assertThat(message).startsWith("rule.json" + found).contains(rest == null ? "" : rest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Name\": \"big\", \"EventPattern\": \"{\\\"source\\\": [\\\"a\\\"]}\", \"State\": \"ENABLED\"}",
                "{\"Rules\": [{\"Name\": \"big\", \"EventPattern\": {\"source\": [\"a\"]}}]}",
                "{\"Type\": \"AWS::Events::Rule\", \"Properties\": {\"Name\": \"big\", \"EventPattern\": {\"source\": [\"a\"]}}}",
                "{\"Resources\": {\"Big\": {\"Type\": \"AWS::Events::Rule\", \"Properties\": {\"EventPattern\": {\"source\": [\"a\"]}}}}}",
                "Resources:\n  Big:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: { source: [a] }",
                "{\n\t\"Name\": \"big\",\n\t\"EventPattern\": {\n\t\t\"source\": [\"a\"]\n\t}\n}"
            })
    void rulesAreFoundInWhateverToolsPrint(String file) {
        Imported imported = imported(file).orElseThrow();

        assertThat(imported.routes()).extracting(ImportedRoute::name).containsExactly("big");
        assertThat(Meshed.line(imported.routes().get(0).selects())).isEqualTo("where: { source: [a] }");
    }

    @Test
    void mistakesInAPatternWithinATextAreShownWhereTheyStand() {
        String inJson = """
                {"EventPattern": "{\\"source\\": [\\"\\u0061\\", {\\"prefx\\": \\"b\\"}]}", "Name": "x"}""";
        String inYaml = """
                Name: x
                EventPattern: |
                  {
                    "source": [{"prefx": "b"}]
                  }
                """;

        assertThat(Meshed.messages(imported(inJson)))
                .singleElement()
                .asString()
                .startsWith("rule.json:1:46: $.EventPattern.source[1].prefx:");
        assertThat(Meshed.messages(imported(inYaml)))
                .singleElement()
                .asString()
                .startsWith("rule.json:4:17: $.EventPattern.source[0].prefx:");
    }

    @Test
    void targetsBecomeChannelsAndThoseThatGetTheSameShareARoute() {
        String rule = """
                {"Name": "BigOrders", "EventBusName": "arn:aws:events:eu:42:event-bus/shop", "Description": "seen: by people",
                 "EventPattern": {"source": ["a"]}}""";
        String targets = """
                {"Targets": [
                  {"Id": "1", "Arn": "arn:aws:sqs:eu:42:Billing_Queue", "RetryPolicy": {"MaximumRetryAttempts": 3}},
                  {"Id": "2", "Arn": "arn:aws:events:eu:42:api-destination/crm/0a-1b"},
                  {"Id": "three", "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}, "InputPath": "$.detail.order"},
                  {"Id": "4", "Arn": "arn:aws:sqs:eu:42:four", "Input": "{\\"a\\": [1, \\"${b}\\"]}"},
                  {"Id": "5", "Arn": "arn:aws:sqs:eu:42:five", "InputPath": "$.detail"}
                ]}""";

        Meshed meshed = Meshed.of(EventBridgeImport.read(
                List.of(new SourceFile("rule.json", rule), new SourceFile("targets.json", targets)),
                Envelope.attributes(),
                Ends.OF_THE_SOURCE));

        assertThat(meshed.routes())
                .extracting(Route::name, Route::from, Route::to)
                .containsExactly(
                        tuple("big-orders-billing-queue", List.of("shop"), List.of("billing-queue", "crm", "five")),
                        tuple("big-orders-three", List.of("shop"), List.of("three")),
                        tuple("big-orders-four", List.of("shop"), List.of("four")));
        assertThat(meshed.imported().fragment())
                .contains("data: \"${data.order}\"", "data: { a: [1, \"$${b}\"] }", "description: \"seen: by people\"");
        assertThat(meshed.said(Kind.OPEN))
                .contains(
                        "events are written to the channel billing-queue; what carries them to"
                                + " arn:aws:sqs:eu:42:Billing_Queue, with RetryPolicy, is yours: Weft delivers to Kafka topics");
    }

    @Test
    void aScheduleIsNotCarriedOverAndADisabledRuleIsLeftOut() {
        Meshed schedule = Meshed.of(imported("""
                {"Name": "nightly", "ScheduleExpression": "rate(1 day)"}"""));
        Meshed disabled = Meshed.of(imported("""
                {"Name": "off", "State": "DISABLED", "EventPattern": {"source": ["a"]}}"""));

        assertThat(schedule.said(Kind.LOST))
                .containsExactly("a schedule: Weft routes events and makes none by the clock");
        assertThat(disabled.said(Kind.CHANGED)).containsExactly("the rule off is disabled, so it is left out");
        assertThat(disabled.routes()).isEmpty();
    }

    @Test
    void hostileFilesAreRefusedOrImportedWithinBounds() {
        String deep = "{\"detail\": " + "{\"a\": ".repeat(500) + "[1]" + "}".repeat(500) + "}";
        String long100k = "{\"detail\": {\"a\": [\"" + "x y ".repeat(25_000) + "\"]}}";
        String path = "{\"Name\": \"a\", \"EventPattern\": {\"source\": [\"a\"]}, \"Targets\": [{\"Id\": \"1\","
                + " \"Arn\": \"b\", \"InputPath\": \"$['" + "a\\\\'".repeat(20_000) + "']\"}]}";
        String template = "{\"Name\": \"a\", \"EventPattern\": {\"source\": [\"a\"]}, \"Targets\": [{\"Id\": \"1\","
                + " \"Arn\": \"b\", \"InputTransformer\": {\"InputTemplate\": \"" + "[".repeat(50_000) + "\"}}]}";

        assertThat(Meshed.messages(imported(deep))).singleElement().asString().contains("at most 100 levels");
        assertThat(Meshed.of(imported(long100k)).routes()).hasSize(1);
        assertThat(Meshed.messages(imported(path))).singleElement().asString().contains("expected a JSON path");
        assertThat(Meshed.messages(imported(template)))
                .singleElement()
                .asString()
                .contains("more than 90 levels");
    }

    @Test
    void channelsCanBeGiven() {
        Meshed meshed = Meshed.of(EventBridgeImport.read(
                List.of(new SourceFile("rule.json", "{\"source\": [\"a\"]}")),
                Envelope.attributes(),
                new Ends(Optional.of("orders"), Optional.of("big-orders"))));

        assertThat(meshed.routes())
                .extracting(Route::from, Route::to)
                .containsExactly(tuple(List.of("orders"), List.of("big-orders")));
    }

    private static String selection(String pattern, Envelope envelope) {
        Meshed meshed = Meshed.of(
                EventBridgeImport.read(List.of(new SourceFile("rule.json", pattern)), envelope, Ends.OF_THE_SOURCE));
        assertThat(meshed.routes()).hasSize(1);
        return meshed.selection();
    }

    private static Checked<Imported> imported(String pattern) {
        return EventBridgeImport.read(
                List.of(new SourceFile("rule.json", pattern)), Envelope.attributes(), Ends.OF_THE_SOURCE);
    }
}
