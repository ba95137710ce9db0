package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessionTest {

    private static final String RUNNING = """
            id: p
            version: 2
            partitionBy: source
            within: 10m
            sequence:
              - { step: a, where: { type: [A] }, times: 2 }
              - { step: b, where: { type: [B] }, when: "data.n > sum(a.data.n)" }
            emit: { type: found }
            """;

    @ParameterizedTest(name = "{0} becomes {1}: can be kept {2}")
    @CsvSource(delimiter = '|', textBlock = """
            type: [A]           | type: [A, C]              | true
            sum(a.data.n)       | 2 * sum(a.data.n)         | true
            type: found         | type: seen                | true
            sum(a.data.n)       | sum(a.data.m)             | false
            step: b             | step: c                   | false
            times: 2            | times: 3                  | false
            within: 10m         | within: 9m                | false
            partitionBy: source | partitionBy: subject      | false
            """)
    void keepsPartialMatchesThatMeanTheSame(String from, String to, boolean keeps) {
        Pattern next =
                WrittenPatterns.one(RUNNING.replace(from, to).replace("version: 2", "version: 3\nonUpdate: keep"));
        List<String> messages = messages(next);
        if (keeps) {
            assertThat(messages).isEmpty();
        } else {
            assertThat(messages)
                    .containsExactly(
                            "pattern p: found onUpdate: keep with other steps, times or kept fields than version 2"
                                    + " has, expected drop or drain: what began under the old version would be read as something"
                                    + " else");
        }
    }

    @Test
    void doesNotKeepWhatAnotherEngineRemembers() {
        String next = RUNNING.replace("version: 2", "version: 3\nonUpdate: keep\nemission: leftmost");
        assertThat(messages(WrittenPatterns.one(next))).hasSize(1);
    }

    @Test
    void refusesAVersionThatDoesNotGrow() {
        assertThat(messages(WrittenPatterns.one(RUNNING.replace("type: [A]", "type: [C]"))))
                .containsExactly("pattern p: found version 2, expected a version from 3: it is not what version 2 was");
    }

    @Test
    void letsAPatternBeSwitchedOffAsItIs() {
        assertThat(messages(WrittenPatterns.one(RUNNING + "enabled: false\n"))).isEmpty();
    }

    private static List<String> messages(Pattern next) {
        return Succession.problems(WrittenPatterns.one(RUNNING), next);
    }
}
