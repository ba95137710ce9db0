package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOST", "kafka", "PORT", "9092", "EMPTY", "", "NESTED", "${HOST}", "YES", "true", "MONEY", "$1\\2");

    @ParameterizedTest(name = "{0} reads as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${HOST} | \"kafka\"",
                "'${HOST}' | \"kafka\"",
                "${HOST}:${PORT} | \"kafka:9092\"",
                "${NONE:localhost:9092} | \"localhost:9092\"",
                "${HOST:localhost:9092} | \"kafka\"",
                "'${NONE:}' | \"\"",
                "'${EMPTY:x}' | \"\"",
                "${EMPTY} | null",
                "${PORT} | the number 9092",
                "'${PORT}' | \"9092\"",
                "${NONE:5} | the number 5",
                "${YES} | the boolean true",
                "1${PORT} | \"19092\"",
                "${NESTED} | \"${HOST}\"",
                "${MONEY} | \"$1\\2\"",
                "$${HOST} | \"${HOST}\"",
                "$$${HOST} | \"$${HOST}\"",
                "${data.x} | \"${data.x}\"",
                "${$.x} | \"${$.x}\"",
                "${env:HOST} | \"${env:HOST}\"",
                "$${data.x} | \"$${data.x}\"",
                "${host} | \"${host}\"",
                "${HOST | \"${HOST\"",
                "$HOST | \"$HOST\"",
            })
    void fillsInUpperCaseNamesAndNothingElse(String text, String described) {
        assertThat(read(text, Substitution.from(ENVIRONMENT))).isEqualTo(described);
    }

    @Test
    void leavesKeysAsTheyAre() {
        Problems problems = new Problems();
        Node root = YamlReader.read("f", "'${HOST}': x", Substitution.from(ENVIRONMENT), problems)
                .orElseThrow();
        assertThat(((Mapping) root).names()).containsExactly("${HOST}");
    }

    @Test
    void noneLeavesEverythingAsItIs() {
        assertThat(read("${HOST} $${HOST}", Substitution.none())).isEqualTo("\"${HOST} $${HOST}\"");
    }

    private static String read(String text, Substitution substitution) {
        Problems problems = new Problems();
        Node node = YamlReader.read("f", text, substitution, problems).orElseThrow();
        assertThat(problems.inReadingOrder()).isEmpty();
        return node.described();
    }
}
