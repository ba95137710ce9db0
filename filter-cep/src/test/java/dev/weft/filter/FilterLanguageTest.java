package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables that define the language: {@code fields.txt} and {@code patterns.txt} beside this class's package. */
class FilterLanguageTest {

    private record Row(String text, List<String> cells) {

        Outcome expected() {
            return Outcome.valueOf(cells.get(cells.size() - 1).toUpperCase(Locale.ROOT));
        }
    }

    @TestFactory
    Stream<DynamicTest> oneField() throws IOException {
        return rows("fields.txt")
                .map(row -> DynamicTest.dynamicTest(row.text(), () -> {
                    Rule rule = Written.rule("{\"data\":{\"a\":" + row.cells().get(0) + "}}");
                    holds(row, rule, Events.withPayload(row.cells().get(1)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> wholeEvents() throws IOException {
        return rows("patterns.txt")
                .map(row -> DynamicTest.dynamicTest(row.text(), () -> {
                    Rule rule = Written.rule(row.cells().get(0));
                    holds(row, rule, event(row.cells().get(1), row.cells().get(2)));
                }));
    }

    /** Explaining is matching, watched: it must say the same, and so must the rule when read back from its own text. */
    private static void holds(Row row, Rule rule, MeshEvent event) {
        assertThat(Answers.of(rule, event)).as("matching").isEqualTo(row.expected());
        assertThat(Answers.explained(rule, event).outcome()).as("explaining").isEqualTo(row.expected());
        assertThat(Written.rule(rule.toString())).as("read back").isEqualTo(rule);
        assertThat(Answers.of(Written.rule(rule.toString()), event))
                .as("read back")
                .isEqualTo(row.expected());
    }

    private static MeshEvent event(String attributes, String payload) {
        Map<String, String> all = new LinkedHashMap<>();
        if (!attributes.equals("-")) {
            for (String attribute : attributes.split(";")) {
                all.put(attribute.split("=")[0], attribute.split("=")[1]);
            }
        }
        return payload.equals("-")
                ? Events.withAttributes(all)
                : Events.of("shop.orders", all, "application/json", payload);
    }

    private static Stream<Row> rows(String file) throws IOException {
        InputStream in = Objects.requireNonNull(FilterLanguageTest.class.getResourceAsStream(file), file);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(FilterLanguageTest::row).toList().stream();
        }
    }

    private static Row row(String line) {
        List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
        return new Row(String.join(" | ", cells), cells);
    }
}
