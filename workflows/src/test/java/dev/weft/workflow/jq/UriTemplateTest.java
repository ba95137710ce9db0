package dev.weft.workflow.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

    /** The variables of RFC 6570, section 3.2, and a few more. */
    private static final String DATA =
            "{\"var\":\"value\",\"hello\":\"Hello World!\",\"path\":\"/foo/bar\",\"empty\":\"\","
                    + "\"n\":42,\"f\":1.5,\"yes\":true,\"nothing\":null,\"list\":[1],\"u\":\"ü\",\"a.b\":\"dotted\"}";

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "{var}, value",
        "{hello}, Hello%20World%21",
        "O{empty}X, OX",
        "O{undef}X, OX",
        "O{nothing}X, OX",
        "http://h/{n}/{f}/{yes}, http://h/42/1.5/true",
        "http://h/{path}/here, http://h/%2Ffoo%2Fbar/here",
        "http://h/{u}, http://h/%C3%BC",
        "{a.b}, dotted",
        "http://h/?q=1, http://h/?q=1",
    })
    void expandsEachNameToOneSafeText(String template, String uri) throws Exception {
        assertThat(UriTemplate.parse(template).orElseThrow().expand(new ObjectMapper().readTree(DATA)))
                .isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{a", "{}", "{+a}", "{a,b}", "{a*}", "{a:3}", "{$context}", "{a{b}}"})
    void isNoTemplateWithAnythingButNamesInBraces(String text) {
        assertThat(UriTemplate.parse(text)).isEmpty();
    }

    @Test
    void hasNoPlaceForStructures() throws Exception {
        var data = new ObjectMapper().readTree(DATA);
        assertThatThrownBy(() -> UriTemplate.parse("/{list}").orElseThrow().expand(data))
                .isInstanceOf(JqFailure.class)
                .hasMessage("/{list}: {list} is to be text, a number or a boolean, found ARRAY");
    }
}
