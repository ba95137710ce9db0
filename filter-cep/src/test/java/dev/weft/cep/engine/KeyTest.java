package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.filter.Events;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTest {

    @ParameterizedTest(name = "{0} and {1} are the same key: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            [1]                  | [1.0]                | true
            [100]                | [1e2]                | true
            [1]                  | ["1"]                | false
            ["a/b", "c"]         | ["a", "b/c"]         | false
            [{"a": 1, "b": [2]}] | [{"b": [2], "a": 1}] | true
            ["a", "b"]           | ["b", "a"]           | false
            """)
    void isTheSameForTheSameJson(String one, String other, boolean same) {
        assertThat(key(one).json().equals(key(other).json())).isEqualTo(same);
    }

    @Test
    void saysItsValuesToPeople() {
        assertThat(key("[\"acme\", 7, true]").text()).isEqualTo("acme/7/true");
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "1200.50, 1200.5", "1e3, 1000", "0, 0", "1e40, 1E+40", "1e1000000, 1E+1000000"})
    void saysNumbersAsPeopleWriteThem(String number, String text) {
        assertThat(key("[" + number + "]").text()).isEqualTo(text);
    }

    private static Key key(String values) {
        List<JsonNode> all = new ArrayList<>();
        Events.withPayload(values).data().forEach(all::add);
        return Key.of(all);
    }
}
