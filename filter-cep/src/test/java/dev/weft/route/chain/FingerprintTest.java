package dev.weft.route.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.filter.Events;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1                  | 1.00               | same
            10                 | 1e1                | same
            0.0                | -0                 | same
            1e999999           | 10e999998          | same
            {"a":1,"b":2}      | {"b":2.0,"a":1}    | same
            "a\\u00e9"         | "aé"               | same
            1                  | "1"                | different
            true               | "true"             | different
            null               | "null"             | different
            []                 | {}                 | different
            [1,2]              | [2,1]              | different
            [[1],2]            | [[1,2]]            | different
            ["ab"]             | ["a","b"]          | different
            {"a":{"b":1}}      | {"a":{},"b":1}     | different
            9007199254740993   | 9007199254740992   | different
            "\\ud800"          | "\\ud801"          | different
            """)
    void valuesAreTheSameWhenTheyAreTheSameJson(String one, String other, String what) {
        assertThat(of(one).equals(of(other))).isEqualTo(what.equals("same"));
    }

    @Test
    void valuesDoNotRunTogether() {
        JsonNode a = json("\"a\"");
        JsonNode ab = json("\"ab\"");
        JsonNode b = json("\"b\"");
        JsonNode ba = json("\"ba\"");

        assertThat(new Fingerprint().add(List.of(a, ba)).text())
                .isNotEqualTo(new Fingerprint().add(List.of(ab, a)).text());
        assertThat(new Fingerprint().add(List.of(a)).text())
                .isNotEqualTo(new Fingerprint().add(List.of(a, b)).text());
    }

    /** State holds these texts, so the bytes that are hashed never change. */
    @Test
    void isTheSameInEveryVersionOfWeft() {
        String json = "[1.50, \"Zoë\", true, false, null, {\"b\": [], \"a\": {}}]";

        assertThat(new Fingerprint().add("question").add(List.of(json(json))).text())
                .isEqualTo("9dae4b12b99acd5ac37fc6eab1c16633");
    }

    @Test
    void startsAnewAfterEachText() {
        Fingerprint reused = new Fingerprint();
        String first = reused.add("a").text();

        assertThat(reused.add("a").text()).isEqualTo(first);
    }

    private static String of(String json) {
        return new Fingerprint().add(List.of(json(json))).text();
    }

    /** As the mesh reads a payload: with every digit. */
    private static JsonNode json(String json) {
        return Events.withPayload(json).data();
    }
}
