package dev.weft.job.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.config.Checked;
import dev.weft.job.imports.Note.Kind;
import dev.weft.route.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnativeImportTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            filters: [{ exact: { type: a, source: /b } }]      | filters: [{ exact: { type: a, source: /b } }]
            filters: [{ prefix: { type: a } }, { suffix: { subject: b } }] | filters: [{ prefix: { type: a } }, { suffix: { subject: b } }]
            filters: [{ all: [{ exact: { type: a } }, { not: { prefix: { ext: b } } }] }] | filters: [{ all: [{ exact: { type: a } }, { not: { prefix: { ext: b } } }] }]
            filters: [{ any: [{ exact: { type: a } }, { exact: { type: b } }] }] | filters: [{ any: [{ exact: { type: a } }, { exact: { type: b } }] }]
            filters: [{ cesql: "type LIKE 'a%' AND NOT (ext = 'b')" }] | filters: [{ sql: "type LIKE 'a%' AND NOT (ext = 'b')" }]
            filters: [{ not: { cesql: "EXISTS ext" } }]        | filters: [{ not: { sql: EXISTS ext } }]
            filter: { attributes: { type: a, ext: "" } }       | where: { type: [a], ext: [{ exists: true }] }
            filter: { attributes: {} }                         | ``
            { filters: [], filter: { attributes: { type: a } } } | where: { type: [a] }
            { filters: [{ exact: { type: b } }], filter: { attributes: { type: a } } } | filters: [{ exact: { type: b } }]
            broker: default                                    | ``
            """)
    void filtersAreTakenOver(String spec, String selects) {
        assertThat(Meshed.of(trigger(spec)).selection()).isEqualTo(selects);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            filter: { attributes: { type: "" } }                 | the empty text stands for any value, which must be there
            { filters: [{ exact: { type: b } }], filter: { attributes: { type: a } } } | left out: Knative does not look at filter where there are filters
            filters: [{ not: { prefix: { subject: b } } }]       | prefix of an attribute that is missing is false, and its not is true
            filters: [{ cesql: "NOT (ext = 'b')" }]              | an expression that fails, as by an attribute that is missing, does not match
            filters: [{ exact: { time: "2026-11-21T03:29:00Z" } }] | time is compared as the event writes it
            """)
    void whereKnativesBrokersDisagreeIsTold(String spec, String said) {
        assertThat(Meshed.of(trigger(spec)).said(Kind.CHANGED))
                .anySatisfy(each -> assertThat(each).startsWith(said));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            filters: [{ exact: { type: a }, prefix: { type: b } }] | found 2 keys in one filter: exact, prefix, expected one dialect in each filter
            filters: [{ exakt: { type: a } }]     | found unknown dialect "exakt", expected one of
            filters: [{ exact: { Type: a } }]     | found "Type", expected an attribute's name
            filters: [{ exact: { data: a } }]     | found the payload, expected an attribute's name
            filters: [{ exact: { type: "" } }]    | found "", expected text that is not empty
            filters: [{ exact: { ext: 5 } }]      | found the number 5, expected text, as every attribute is: "5" in quotes
            filters: [{ any: [] }]                | found an empty list, expected a list of at least one filter
            filter: { attributes: { ext: 5 } }    | found the number 5, expected text, as every attribute is: "5" in quotes
            filters: [{ cesql: "type LIKE" }]     | $.spec.filters[0].cesql: found
            filterz: []                           | found unknown key "filterz", expected one of broker
            """)
    void whatKnativeRefusesIsAMistake(String spec, String message) {
        assertThat(Meshed.messages(trigger(spec)))
                .anySatisfy(
                        each -> assertThat(each).startsWith("trigger.yaml:6:").contains(message));
    }

    @Test
    void everyDocumentOfAFileIsRead() {
        Meshed meshed = Meshed.of(imported("""
                # Two triggers, a broker, and a List
                ---
                apiVersion: eventing.knative.dev/v1
                kind: Trigger
                metadata: { name: big, namespace: shop }
                spec: { broker: main, filters: [{ exact: { type: a } }], subscriber: { uri: "http://crm.shop.svc/in" } }
                --- # the next
                apiVersion: eventing.knative.dev/v1
                kind: Broker
                metadata: { name: main }
                ---
                ...
                ---
                apiVersion: v1
                kind: List
                items:
                  - apiVersion: eventing.knative.dev/v1
                    kind: Trigger
                    metadata: { name: big, namespace: lab, annotations: { kafka.eventing.knative.dev/delivery.order: ordered } }
                    spec:
                      brokerRef: { name: main }
                      subscriber: { ref: { apiVersion: v1, kind: Service, name: Audit, namespace: lab } }
                      delivery: { retry: 5, backoffDelay: PT1S }
                    status: {}
                """));

        assertThat(meshed.routes())
                .extracting(Route::name, Route::from, Route::to)
                .containsExactly(
                        tuple("big", List.of("shop-main"), List.of("crm-in")),
                        tuple("big-2", List.of("lab-main"), List.of("audit")));
        assertThat(meshed.imported().notes())
                .extracting(Note::message)
                .containsExactly(
                        "trigger.yaml:3:1: $: left to you: events are written to the channel crm-in; what carries them to"
                                + " http://crm.shop.svc/in, and its replies back, is yours: Weft delivers to Kafka topics",
                        "trigger.yaml:8:1: $: changed: left aside, as it is no Trigger: a Broker",
                        "trigger.yaml:17:5: $.items[0]: left to you: events are written to the channel audit; what carries"
                                + " them to Service lab Audit, with delivery (retry, backoffDelay), and its replies back, is"
                                + " yours: Weft delivers to Kafka topics",
                        "trigger.yaml:19:102: $.items[0].metadata.annotations['kafka.eventing.knative.dev/delivery.order']:"
                                + " changed: delivery order is that of each Kafka partition, always; ordered is not needed");
        assertThat(meshed.imported().job("shop"))
                .contains("shop-main: { topic: knative-broker-shop-main } # the broker shop/main");
    }

    @Test
    void anEventTransformIsNotCarriedOver() {
        Meshed meshed = Meshed.of(imported("""
                apiVersion: eventing.knative.dev/v1alpha1
                kind: EventTransform
                metadata: { name: a }
                spec: { jsonata: { expression: "{}" } }
                """));

        assertThat(meshed.said(Kind.LOST)).singleElement().asString().startsWith("an EventTransform: ");
    }

    @Test
    void aFileOfAnotherKindIsAMistake() {
        assertThat(Meshed.messages(imported("{\"a\": 1}")))
                .containsExactly(
                        "trigger.yaml:1:1: $: found no manifest of Kubernetes, expected apiVersion and kind, such as those of a Trigger");
    }

    private static Checked<Imported> trigger(String spec) {
        String members = spec.startsWith("{") ? spec.substring(1, spec.length() - 1) : spec;
        return imported("""
                apiVersion: eventing.knative.dev/v1
                kind: Trigger
                metadata: { name: t }
                spec: {
                  subscriber: { uri: "http://out" },
                  %s
                }
                """.formatted(members));
    }

    private static Checked<Imported> imported(String manifests) {
        return KnativeImport.read(List.of(new SourceFile("trigger.yaml", manifests)), Ends.OF_THE_SOURCE);
    }
}
