package dev.weft.route.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                     | t.yaml:1:1: $: found nothing that changes an event, expected at least one of set, remove, data, text, jsonata
            missing: omit                          | t.yaml:1:1: $: found nothing that changes an event, expected at least one of set, remove, data, text, jsonata
            set: {}                                | t.yaml:1:6: $.set: found an empty mapping, expected at least one attribute with its new value
            set: { Type: a }                       | t.yaml:1:8: $.set.Type: found "Type", expected an attribute's name: lower-case letters and digits. Did you mean "type"?
            set: { data: a }                       | t.yaml:1:8: $.set.data: found "data", expected an attribute; the payload is replaced by data beside set
            set: { specversion: '1.0' }            | t.yaml:1:8: $.set.specversion: found the attribute specversion, expected another: it is always 1.0
            set: { datacontenttype: a/b }          | t.yaml:1:8: $.set.datacontenttype: found the attribute datacontenttype, expected contentType beside data or text
            set: { n: 5 }                          | t.yaml:1:11: $.set.n: found the number 5, expected text, in quotes
            set: { n: }                            | t.yaml:1:10: $.set.n: found null, expected text
            set: { subject: '' }                   | t.yaml:1:17: $.set.subject: found "", which is empty, expected a value the attribute subject can have
            set: { time: noon }                    | t.yaml:1:14: $.set.time: found "noon", which is not an RFC 3339 timestamp, expected a value the attribute time can have
            remove: [type]                         | t.yaml:1:10: $.remove[0]: found the attribute type, expected another: every event has it
            remove: [datacontenttype]              | t.yaml:1:10: $.remove[0]: found the attribute datacontenttype, expected another: it says what the payload is
            remove: [Subject]                      | t.yaml:1:10: $.remove[0]: found "Subject", expected an attribute's name: lower-case letters and digits. Did you mean "subject"?
            { set: { a: b }, remove: [a] }         | t.yaml:1:27: $.remove[0]: found the attribute a, which is set too, expected an attribute to be set or removed once
            { data: 1, text: a }                   | t.yaml:1:12: $.text: found text beside data, expected one of data, text and jsonata
            { set: { a: b }, contentType: a/b }    | t.yaml:1:18: $.contentType: found contentType without a payload, expected data, text or jsonata beside it
            { data: 1, contentType: text/plain }   | t.yaml:1:12: $.contentType: found "text/plain" for data, expected a JSON content type, or text
            { text: a, contentType: a/x+json }     | t.yaml:1:12: $.contentType: found "a/x+json" for text, expected data, which is always valid JSON
            { text: a, contentType: plain }        | t.yaml:1:25: $.contentType: found "plain", expected a media type, such as text/plain
            text: 5                                | t.yaml:1:7: $.text: found the number 5, expected a text template, in quotes
            data:                                  | t.yaml:1:6: $.data: found nothing, expected a JSON template; null if the payload is to be null
            { data: 1, missing: drop }             | t.yaml:1:21: $.missing: found "drop", expected one of omit, null, fail
            { data: 1, missing: fial }             | t.yaml:1:21: $.missing: found "fial", expected one of omit, null, fail. Did you mean "fail"?
            { data: 1, mising: fail }              | t.yaml:1:12: $.mising: found unknown key "mising", expected one of set, remove, data, text, jsonata, contentType, missing. Did you mean "missing"?
            data: { "${data.a}": 1 }               | t.yaml:1:9: $.data['${data.a}']: found the name "${data.a}", expected a name without ${: variables stand in values
            """)
    void everyMistakeIsSaidWithItsPlace(String transform, String message) {
        assertThat(Transforms.mistakes(transform)).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ${dat.id}           | "${dat.id}"                      | ${data.id}
            ${date['a b']}      | "${date['a b']}"                 | ${data['a b']}
            ${Type}             | "${Type}"                        | ${type}
            ${orderId}          | "${orderId}"                     |
            ${type.x}           | "${type.x}"                      |
            ${}                 | "${}"                            |
            ${ type }           | "${ type }"                      |
            ${data.}            | "${data.}"                       |
            ${data.a..b}        | "${data.a..b}"                   |
            ${data[x]}          | "${data[x]}"                     |
            ${data[-1]}         | "${data[-1]}"                    |
            ${data[1234567890]} | "${data[1234567890]}"            |
            ${data['a}          | "${data['a}"                     |
            ${data.a b}         | "${data.a b}"                    |
            ${$.a}              | "${$.a}"                         |
            ${env:SECRET}       | "${env:SECRET}"                  |
            a ${data.b          | "${data.b" without its }         |
            """)
    void whatBeginsLikeAVariableIsOne(String text, String found, String meant) {
        String hint = meant == null ? "" : ". Did you mean \"" + meant + "\"?";

        assertThat(Transforms.mistakes("data: \"" + text + "\""))
                .containsExactly("t.yaml:1:7: $.data: found " + found
                        + ", expected ${attribute} (lower-case letters and digits), ${data}, a path such as"
                        + " ${data.items[0].sku} or ${data['odd name']}, or ${= and a CEL expression}; $${ stands for ${ itself"
                        + hint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ data: 1, missing: null }",
                "{ data: 1, missing: 'null' }",
                "data: null",
                "data: {}",
                "text: ''",
                "{ data: 1, contentType: application/vnd.shop+json }",
                "{ text: a, contentType: 'text/html; charset=UTF-8' }",
                "remove: [subject, time, dataschema, partnerid]",
                "set: { dataschema: 'urn:a', id: '${id}-1' }"
            })
    void whatIsRightIsTaken(String transform) {
        assertThat(Transforms.mistakes(transform)).isEmpty();
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        assertThat(Transforms.mistakes("{ set: { A: '${b.c}' }, data: ['${', { a: '${D}' }], missing: x }"))
                .hasSize(5);
    }
}
