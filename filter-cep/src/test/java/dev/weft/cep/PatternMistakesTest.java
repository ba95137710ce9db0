package dev.weft.cep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that can be made in a pattern, in {@code mistakes.txt}, and what is said of it. */
class PatternMistakesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysWhatIsWrongAndWhatWouldBeRight(Case each) {
        WrittenPatterns written = WrittenPatterns.of(each.yaml());
        assertThat(written.messages()).isEqualTo(each.messages()).isNotEmpty();
    }

    @Test
    void leavesOutJustThePatternWithTheMistake() {
        String right =
                "- { id: b, partitionBy: k, within: 1m, sequence: [{ step: s, sql: \"x = 'y'\" }], emit: { type: t } }";
        assertThat(WrittenPatterns.of("- {}\n" + right).patterns())
                .extracting(Pattern::id)
                .containsExactly("b");
    }

    /** A mistake with the messages that follow it, each after {@code ! }. */
    record Case(String name, String yaml, List<String> messages) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = PatternMistakesTest.class.getResourceAsStream("mistakes.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== ")).skip(1).map(PatternMistakesTest::read).toList().stream();
        }
    }

    private static Case read(String block) {
        List<String> lines = block.lines().toList();
        List<String> yaml =
                lines.stream().skip(1).filter(line -> !line.startsWith("! ")).toList();
        List<String> messages = lines.stream()
                .filter(line -> line.startsWith("! "))
                .map(line -> line.substring(2))
                .toList();
        return new Case(lines.get(0), String.join("\n", yaml), messages);
    }

    /** Writes the messages anew, to be read. */
    public static void main(String[] args) throws IOException {
        StringBuilder all = new StringBuilder();
        cases().forEach(each -> {
            all.append("=== ")
                    .append(each.name())
                    .append('\n')
                    .append(each.yaml())
                    .append('\n');
            WrittenPatterns.of(each.yaml())
                    .messages()
                    .forEach(message -> all.append("! ").append(message).append('\n'));
        });
        Files.writeString(Path.of(args[0]), all);
    }
}
