package dev.weft.job.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Checked;
import dev.weft.job.imports.Note.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input transformers deliver what EventBridge's documentation says of them, or better where that is broken JSON. */
class InputTransformerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT = """
            {"version": "0", "id": "e-1", "detail-type": "Pump changed", "source": "plant", "account": "42",
             "time": "2026-11-21T03:29:00Z", "region": "eu-west-1", "resources": [],
             "detail": {"pump-id": "p7", "state": "ON", "load": 12.5, "ok": true, "parts": [{"no": 1}, {"no": 2}],
                        "quote": "a \\"b\\" \\\\ ${data.load} <state>", "nothing": null, "odd name": "x"}}
            """;
    private static final String PATHS = """
            {"pump": "$.detail.pump-id", "state": "$.detail.state", "load": "$.detail.load", "ok": "$.detail.ok",
             "parts": "$.detail.parts", "second": "$.detail.parts[1].no", "quote": "$.detail.quote",
             "null": "$.detail.nothing", "gone": "$.detail.gone", "when": "$.time", "kind": "$.detail-type",
             "version": "$.version", "detail": "$.detail", "all": "$", "odd": "$.detail['odd name']"}
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "pump <pump> is <state>"                | "pump p7 is ON"
            "pump \\"<pump>\\" is <state>"          | "pump \\"p7\\" is ON"
            {"pump": <pump>, "state": <state>}      | {"pump":"p7","state":"ON"}
            {"state": "<state>"}                    | {"state":"ON"}
            {"a": [9, <load>, true, null], "b": "c"} | {"a":[9,12.5,true,null],"b":"c"}
            {"load": <load>, "ok": <ok>}            | {"load":12.5,"ok":true}
            {"parts": <parts>, "no": <second>}      | {"parts":[{"no":1},{"no":2}],"no":2}
            {"said": "load <load>, ok <ok>, <parts>"} | {"said":"load 12.5, ok true, [{\\"no\\":1},{\\"no\\":2}]"}
            {"at": <when>, "said": "\\"<pump>\\" on"} | {"at":"2026-11-21T03:29:00Z","said":"\\"p7\\" on"}
            {"quote": <quote>}                      | {"quote":"a \\"b\\" \\\\ ${data.load} <state>"}
            {"said": "it: <quote>"}                 | {"said":"it: a \\"b\\" \\\\ ${data.load} <state>"}
            {"null": <null>}                        | {"null":null}
            {"gone": <gone>, "said": "<gone>."}     | {"said":"."}
            {"kind": <kind>, "version": <version>}  | {"kind":"Pump changed","version":"0"}
            {"rule": <aws.events.rule-name>}        | {"rule":"pumps"}
            {"arn": "is <aws.events.rule-arn>"}     | {"arn":"is arn:aws:events:eu:42:rule/pumps"}
            {"cost": "${x} $5 <b c>"}               | {"cost":"${x} $5 <b c>"}
            {"home": "${HOME} $${HOME:x}"}          | {"home":"${HOME} $${HOME:x}"}
            <load>                                  | 12.5
            <detail>                                | *detail
            {"event": <aws.events.event>}           | {"event":{"version":"0","id":"e-1","detail-type":"Pump changed","source":"plant","account":"42","time":"2026-11-21T03:29:00Z","region":"eu-west-1"}}
            {"odd": <odd>}                          | {"odd":"x"}
            {"said": "costs $<load>, $$<pump>"}     | {"said":"costs $12.5, $$p7"}
            pump <pump>: <quote>                    | pump p7: a "b" \\ ${data.load} <state>
            """)
    void templatesDeliver(String template, String delivered) throws Exception {
        Meshed meshed = Meshed.of(imported(template));
        JsonNode event = JSON.readTree(EVENT);

        String expected = delivered.equals("*detail") ? event.get("detail").toString() : delivered;
        assertThat(meshed.delivers(Meshed.ofEventBridge(event))).isEqualTo(expected);
    }

    @Test
    void theWholeEventIsPutTogetherAgain() throws Exception {
        JsonNode event = JSON.readTree(EVENT);
        ((ObjectNode) event).remove("resources");

        for (String template : List.of("<all>", "<aws.events.event.json>")) {
            String delivered = Meshed.of(imported(template)).delivers(Meshed.ofEventBridge(event));

            assertThat(JSON.readTree(delivered)).isEqualTo(event);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": <aws.events.event.ingestion-time>} | <aws.events.event.ingestion-time> has nothing like it here; the event's own time is ${time}
            {"a": <several>}                         | $.detail.parts[*].no may lead to several values, and a variable here stands for one
            {"a": <resources>}                       | resources has no place in a CloudEvent; say where your events have it, as in --map resources=data.resources
            {"a": <deep>}                            | $.time.year looks into time, which is an attribute and so text
            """)
    void whatNoTemplateHereCanSayIsNotCarriedOver(String template, String said) {
        String paths = """
                {"load": "$.detail.load", "several": "$.detail.parts[*].no", "resources": "$.resources", "deep": "$.time.year"}
                """;
        Meshed meshed = Meshed.of(imported(template, paths));

        assertThat(meshed.said(Kind.LOST)).containsExactly(said);
        assertThat(meshed.routes()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": <stat>}              | :11:35: | unknown variable <stat>, expected one of pump, state | Did you mean "state"?
            {"a": <pump>,}             | :11:42: | the character }, expected a template of JSON          | JSON
            {"a": "x <aws.events.event.json>"} | :11:35: | <aws.events.event.json> inside of a text, expected it as a value of its own | quotes
            {"<pump>": 1}              | :11:28: | a variable in the name "<pump>"                       | JSON
            {"a": 01}                  | :11:36: | the character 1 in the place of ,                     | JSON
            {"a": 1, "a": 2}           | :11:38: | the name "a" a second time                            | JSON
            ["x                        | :11:31: | a text without its closing quote                      | JSON
            {"a": "x"} y               | :11:42: | more after the end of the value                       | JSON
            """)
    void mistakesInATemplateAreShownWhereTheyStand(String template, String place, String found, String rest) {
        assertThat(Meshed.messages(imported(template)))
                .singleElement()
                .asString()
                .startsWith("rule.json" + place)
                .contains(found)
                .contains(rest);
    }

    private static Checked<Imported> imported(String template) {
        return imported(template, PATHS);
    }

    private static Checked<Imported> imported(String template, String paths) {
        String rule =
                """
                {
                  "Name": "pumps",
                  "Arn": "arn:aws:events:eu:42:rule/pumps",
                  "EventPattern": {"source": ["plant"]},
                  "Targets": [
                    {
                      "Id": "1",
                      "Arn": "arn:aws:sqs:eu:42:out",
                      "InputTransformer": {
                        "InputPathsMap": %s,
                        "InputTemplate": %s
                      }
                    }
                  ]
                }
                """.formatted(paths.replace("\n", " "), JSON.getNodeFactory().textNode(template));
        return EventBridgeImport.read(
                List.of(new SourceFile("rule.json", rule)), Envelope.attributes(), Ends.OF_THE_SOURCE);
    }
}
